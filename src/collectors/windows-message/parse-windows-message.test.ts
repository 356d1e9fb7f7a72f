import { describe, expect, it } from 'vitest';
import { parseWindowsMessage } from './parse-windows-message.js';

const parse = (eventId: number, lines: readonly string[]) =>
  Object.fromEntries(parseWindowsMessage(lines.join('\r\n'), eventId));

describe('parseWindowsMessage', () => {
  it.each([
    [
      'a heading gives a label its meaning',
      4624,
      [
        'An account was logged on.',
        '',
        'Subject:',
        '\tAccount Name:\t\t-',
        'Logon Type:\t\t3',
        'New Logon:',
        '\tAccount Name:\t\tbob',
        '\tLogon ID:\t\t0x3E7',
        'Network Information:',
        '\tSource Network Address:\t192.0.2.1',
        '\tSource Port:\t\t50',
      ],
      {
        SubjectUserName: '-',
        LogonType: '3',
        TargetUserName: 'bob',
        TargetLogonId: '0x3e7',
        IpAddress: '192.0.2.1',
        IpPort: '50',
      },
    ],
    [
      'an event has names of its own',
      4634,
      ['Subject :', '\tAccount Name:\tbob'],
      { TargetUserName: 'bob' },
    ],
    [
      'a list goes on in the next lines',
      4672,
      [
        'Subject:',
        '\tAccount Name:\tbob',
        '',
        'Privileges:\t\tSeDebugPrivilege',
        '\t\t\tSeTcbPrivilege',
      ],
      { SubjectUserName: 'bob', PrivilegeList: 'SeDebugPrivilege\r\n\t\t\tSeTcbPrivilege' },
    ],
    [
      'Sysmon has the names already',
      8,
      [
        'CreateRemoteThread detected:',
        'RuleName: -',
        'StartAddress: 0x00AF',
        'GrantedAccess: 0x1FFFFF',
        'SourceImage: C:\\a b.exe',
      ],
      {
        RuleName: '-',
        StartAddress: '0x00AF',
        GrantedAccess: '0x1fffff',
        SourceImage: 'C:\\a b.exe',
      },
    ],
    [
      'a service in the System log',
      7045,
      [
        'A service was installed in the system.',
        '',
        'Service Name:  svc',
        'Service File Name:  C:\\a.exe -x',
        'Service Start Type:  demand start',
        'Service Account:  LocalSystem',
      ],
      {
        ServiceName: 'svc',
        ImagePath: 'C:\\a.exe -x',
        StartType: 'demand start',
        AccountName: 'LocalSystem',
      },
    ],
    [
      'a script, whatever it looks like',
      4104,
      [
        'Creating Scriptblock text (1 of 1):',
        'Path: not this',
        'ScriptBlock ID: nor this',
        '',
        'ScriptBlock ID: 00-11',
        'Path: ',
      ],
      {
        MessageNumber: '1',
        MessageTotal: '1',
        ScriptBlockText: 'Path: not this\r\nScriptBlock ID: nor this',
        ScriptBlockId: '00-11',
        Path: '',
      },
    ],
    [
      'what PowerShell called, and where',
      4103,
      [
        'CommandInvocation(Get-Item): "x"',
        '',
        '',
        'Context:',
        '        Host Name = h',
        '',
        '',
        'User Data:',
        '',
      ],
      { Payload: 'CommandInvocation(Get-Item): "x"', ContextInfo: '        Host Name = h' },
    ],
    ['no message at all', 4688, ['words'], {}],
  ])('%s', (_name, eventId, lines, fields) => {
    expect(parse(eventId, lines)).toEqual(fields);
  });
});

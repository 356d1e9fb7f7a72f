import { windowsEvent } from '../make-event.js';
import { CONTROLLERS, HOUR, MINUTE, type Person, SERVERS, type Site } from './site.js';

const PROGRAMS = [
  [
    'C:\\Windows\\explorer.exe',
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    '"WINWORD.EXE" /n',
  ],
  [
    'C:\\Windows\\explorer.exe',
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
    '"EXCEL.EXE" "Z:\\forecast.xlsx"',
  ],
  [
    'C:\\Windows\\explorer.exe',
    'C:\\Program Files\\Browser\\browser.exe',
    '"browser.exe" https://intranet.example.com',
  ],
  ['C:\\Windows\\System32\\svchost.exe', 'C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe'],
  [
    'C:\\Windows\\System32\\services.exe',
    'C:\\Windows\\System32\\svchost.exe',
    'svchost.exe -k netsvcs -p',
  ],
  [
    'C:\\Windows\\System32\\svchost.exe',
    'C:\\Windows\\System32\\rundll32.exe',
    'rundll32.exe Startupscan.dll,SusRunTask',
  ],
] as const;

/** What an inventory agent runs every hour, and a help desk now and then. */
const INVENTORY = [
  'ipconfig /all',
  'systeminfo',
  'tasklist /svc',
  'netstat -ano',
  'whoami /all',
] as const;

/** A day of processes, shares, files, services and tasks on desks and servers. */
export function addMachines(site: Site, dayMs: number): void {
  const { random, people } = site;
  for (const person of people) {
    for (let run = 0; run < 40; run += 1) {
      const [parent, image, line] = random.pick(PROGRAMS);
      process(site, {
        host: person.host,
        time: dayMs + random.between(8 * 60, 18 * 60) * MINUTE,
        parent,
        image,
        line,
        user: person.name,
      });
    }
    for (let hour = 0; hour < 24; hour += 1)
      for (const [place, line] of INVENTORY.slice(0, 3).entries())
        agentCommand(site, { host: person.host, time: dayMs + hour * HOUR + place * 2_000, line });
    addFiles(site, person, dayMs);
    addShares(site, person, dayMs);
  }
  for (const host of [...SERVERS, ...CONTROLLERS]) {
    for (let hour = 0; hour < 24; hour += 1)
      for (const [place, line] of INVENTORY.entries())
        agentCommand(site, { host: host, time: dayMs + hour * HOUR + place * 2_000, line });
    addUpdates(site, host, dayMs + 3 * HOUR);
  }
}

interface Started {
  readonly host: string;
  readonly time: number;
  readonly parent: string;
  readonly image: string;
  readonly line: string;
  readonly user: string;
}

function process({ add }: Site, { host, time, parent, image, line, user }: Started): void {
  const fields = {
    Image: image,
    ParentImage: parent,
    CommandLine: line,
    User: user,
    LogonId: '0x3e7',
  };
  add(windowsEvent('sysmon', 1, { time, host, user, fields }));
}

function agentCommand(
  site: Site,
  { host, time, line }: Pick<Started, 'host' | 'time' | 'line'>,
): void {
  const image = `C:\\Windows\\System32\\${line.split(' ', 1)[0]}.exe`;
  process(site, {
    host,
    time,
    parent: 'C:\\Program Files\\Inventory\\agent.exe',
    image,
    line,
    user: 'SYSTEM',
  });
}

function addFiles({ add, random }: Site, { host, name }: Person, dayMs: number): void {
  for (let save = 0; save < 30; save += 1)
    add(
      windowsEvent('sysmon', 11, {
        time: dayMs + random.between(8 * 60, 18 * 60) * MINUTE,
        host,
        fields: {
          Image: 'C:\\Program Files\\Office\\WINWORD.EXE',
          TargetFilename: `C:\\Users\\${name}\\Documents\\report-${save}.docx`,
        },
      }),
    );
  const image = 'C:\\Program Files\\Backup\\backup.exe';
  for (let file = 0; file < 150; file += 1) {
    const path = `C:\\Users\\${name}\\Documents\\report-${file}.docx.bak`;
    add(
      windowsEvent('sysmon', 11, {
        time: dayMs + 20 * HOUR + file * 100,
        host,
        fields: { Image: image, TargetFilename: path },
      }),
    );
  }
  for (let file = 0; file < 25; file += 1)
    add(
      windowsEvent('sysmon', 23, {
        time: dayMs + 17 * HOUR + file * 50,
        host,
        fields: {
          Image: 'C:\\Windows\\explorer.exe',
          TargetFilename: `C:\\Users\\${name}\\Documents\\draft-${file}.docx`,
        },
      }),
    );
}

function addShares({ add, random }: Site, { name, address }: Person, dayMs: number): void {
  for (let use = 0; use < 20; use += 1) {
    const time = dayMs + random.between(8 * 60, 18 * 60) * MINUTE;
    const host = random.pick(['FILES01', 'FILES02']);
    const base = { SubjectUserName: name, IpAddress: address };
    add(
      windowsEvent('security', 5140, { time, host, fields: { ...base, ShareName: '\\\\*\\team' } }),
    );
    add(
      windowsEvent('security', 5145, {
        time,
        host,
        fields: { ...base, ShareName: '\\\\*\\IPC$', RelativeTargetName: 'srvsvc' },
      }),
    );
  }
}

/** A night of updates: a service, a task that lives for a moment under Microsoft's folder, software sent by a computer's account. */
function addUpdates({ add, random }: Site, host: string, time: number): void {
  const deploy = { SubjectUserName: 'DEPLOY01$', IpAddress: '192.0.2.80' };
  add(
    windowsEvent('security', 5145, {
      time,
      host,
      fields: {
        ...deploy,
        ShareName: '\\\\*\\ADMIN$',
        RelativeTargetName: 'ccmsetup\\setup.exe',
        AccessMask: '0x2',
      },
    }),
  );
  if (random.chance(0.3))
    add(
      windowsEvent('system', 7045, {
        time: time + MINUTE,
        host,
        fields: {
          ServiceName: 'Example Updater',
          ImagePath: 'C:\\Program Files\\Updater\\updater.exe',
        },
      }),
    );
  const task = '\\Microsoft\\Windows\\UpdateOrchestrator\\Reboot';
  add(
    windowsEvent('security', 4698, {
      time: time + 2 * MINUTE,
      host,
      fields: { TaskName: task, SubjectUserName: 'SYSTEM' },
    }),
  );
  add(
    windowsEvent('security', 4699, {
      time: time + 3 * MINUTE,
      host,
      fields: { TaskName: task, SubjectUserName: 'SYSTEM' },
    }),
  );
}

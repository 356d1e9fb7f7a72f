import { Dice } from './dice.js';

/** A kind of log that is made up, the same on every run: one event a line. */
export interface Lane {
  readonly name: string;
  readonly lines: () => Buffer;
  readonly events: number;
}

const HOSTS: readonly [string, ...string[]] = [
  'dc-1.corp.example.com',
  ...Array.from({ length: 40 }, (_, index) => `ws-${index + 10}.corp.example.com`),
];
const USERS = Array.from({ length: 60 }, (_, index) => `CORP\\user${index + 100}`);
const FOLDERS = [
  'C:\\Windows\\System32',
  'C:\\Windows\\SysWOW64',
  'C:\\Program Files\\Contoso\\Agent',
  'C:\\Program Files (x86)\\Northwind\\Client',
  'C:\\Users\\user117\\AppData\\Local\\Programs\\Editor',
  'C:\\ProgramData\\Fabrikam\\Sync',
] as const;
const PROGRAMS = [
  'svchost.exe',
  'cmd.exe',
  'conhost.exe',
  'powershell.exe',
  'rundll32.exe',
  'taskhostw.exe',
  'backgroundTaskHost.exe',
  'msiexec.exe',
  'editor.exe',
  'agent.exe',
  'sync-client.exe',
  'reg.exe',
  'net.exe',
  'sc.exe',
  'wmiprvse.exe',
  'setup.exe',
] as const;
const ARGUMENTS = [
  '-k netsvcs -p -s Schedule',
  '/c echo %USERNAME% > out.txt',
  '0xffffffff -ForceV1',
  '-NoProfile -File .\\build.ps1 -Configuration Release',
  'shell32.dll,Control_RunDLL timedate.cpl',
  '--type=renderer --lang=en-GB --enable-features=Fast,Slow --channel=18',
  '/i package.msi /qn /norestart',
  'query HKLM\\Software\\Contoso /v Version',
  'use',
  'query type= service state= all',
  '--update --quiet --retry 3',
  '/S /D=C:\\Contoso',
] as const;

function timeOf(index: number): string {
  return new Date(Date.UTC(2026, 0, 5) + index * 137).toISOString();
}

function sysmonHeader(dice: Dice, index: number, eventId: number) {
  return {
    EventTime: timeOf(index),
    Hostname: dice.one(HOSTS),
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    SourceName: 'Microsoft-Windows-Sysmon',
    EventID: eventId,
    RecordNumber: 100_000 + index,
    UtcTime: timeOf(index).replace('T', ' ').replace('Z', ''),
    ProcessGuid: dice.guid(),
    ProcessId: String(1_000 + dice.below(20_000)),
  };
}

function image(dice: Dice): string {
  return `${dice.one(FOLDERS)}\\${dice.one(PROGRAMS)}`;
}

function commandLine(dice: Dice, path: string): string {
  return `"${path}" ${dice.one(ARGUMENTS)} ${dice.hex(6)}`;
}

function processCreation(dice: Dice, index: number): object {
  const [path, parent] = [image(dice), image(dice)];
  return {
    ...sysmonHeader(dice, index, 1),
    Image: path,
    FileVersion: `10.0.${dice.below(30_000)}.1`,
    Description: 'Host Process',
    Product: 'Contoso Suite',
    Company: 'Contoso Ltd.',
    OriginalFileName: path.slice(path.lastIndexOf('\\') + 1),
    CommandLine: commandLine(dice, path),
    User: dice.one(['NT AUTHORITY\\SYSTEM', ...USERS]),
    IntegrityLevel: dice.one(['Medium', 'High', 'System']),
    Hashes: `SHA1=${dice.hex(40).toUpperCase()}`,
    ParentImage: parent,
    ParentCommandLine: commandLine(dice, parent),
  };
}

function registrySet(dice: Dice, index: number): object {
  return {
    ...sysmonHeader(dice, index, 13),
    EventType: 'SetValue',
    Image: image(dice),
    TargetObject: `HKLM\\Software\\Contoso\\Agent\\State\\${dice.hex(8)}\\LastRun`,
    Details: `DWORD (0x${dice.hex(8)})`,
    User: dice.one(['NT AUTHORITY\\SYSTEM', ...USERS]),
    RuleName: '-',
    Category: 'Registry value set (rule: RegistryEvent)',
    Severity: 'INFO',
    SourceModuleType: 'im_msvistalog',
  };
}

function networkConnection(dice: Dice, index: number): object {
  return {
    ...sysmonHeader(dice, index, 3),
    Image: image(dice),
    User: dice.one(['NT AUTHORITY\\NETWORK SERVICE', ...USERS]),
    Protocol: 'tcp',
    Initiated: 'true',
    SourceIp: `192.0.2.${dice.below(250)}`,
    SourcePort: String(49_152 + dice.below(16_000)),
    DestinationIp: `198.51.100.${dice.below(250)}`,
    DestinationHostname: `node-${dice.below(900)}.example.net`,
    DestinationPort: dice.one(['443', '80', '53', '8443']),
    Category: 'Network connection detected (rule: NetworkConnect)',
    Severity: 'INFO',
  };
}

function fileEvent(dice: Dice, index: number): object {
  return {
    UtcTime: timeOf(index).replace('T', ' ').replace('Z', ''),
    Hostname: dice.one(HOSTS),
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 11,
    ProcessGuid: dice.guid(),
    ProcessId: String(1_000 + dice.below(20_000)),
    Image: image(dice),
    TargetFilename: `${dice.one(FOLDERS)}\\cache\\${dice.hex(12)}.tmp`,
    CreationUtcTime: timeOf(index).replace('T', ' ').replace('Z', ''),
    User: dice.one(['NT AUTHORITY\\SYSTEM', ...USERS]),
  };
}

/** A rendered event: nearly all of it is one text. */
function rawEvent(dice: Dice, index: number): object {
  const path = image(dice);
  const message = [
    'A new process has been created.',
    '',
    'Creator Subject:',
    `\tSecurity ID:\t\tS-1-5-21-${dice.below(1e9)}-${dice.below(1e9)}-1104`,
    `\tAccount Name:\t\tuser${dice.below(100)}`,
    '\tAccount Domain:\t\tCORP',
    `\tLogon ID:\t\t0x${dice.hex(6)}`,
    '',
    'Process Information:',
    `\tNew Process ID:\t\t0x${dice.hex(4)}`,
    `\tNew Process Name:\t${path}`,
    '\tToken Elevation Type:\tTokenElevationTypeDefault (1)',
    '\tMandatory Label:\t\tMandatory Label\\Medium Mandatory Level',
    `\tCreator Process ID:\t0x${dice.hex(4)}`,
    `\tCreator Process Name:\t${image(dice)}`,
    `\tProcess Command Line:\t${commandLine(dice, path)}`,
  ].join('\r\n');
  return {
    TimeCreated: timeOf(index),
    Computer: dice.one(HOSTS),
    Channel: 'Security',
    ProviderName: 'Microsoft-Windows-Security-Auditing',
    EventID: dice.one([4688, 4689, 5156, 4663]),
    Message: message,
  };
}

type EventMaker = (dice: Dice, index: number) => object;

function lane(name: string, events: number, makers: readonly [EventMaker, ...EventMaker[]]): Lane {
  return {
    name,
    events,
    lines() {
      const dice = new Dice(0x5eed_1234);
      const lines: string[] = [];
      for (let index = 0; index < events; index += 1)
        lines.push(JSON.stringify(dice.one(makers)(dice, index)));
      return Buffer.from(`${lines.join('\n')}\n`);
    },
  };
}

/** The lanes of the benchmark. */
export const LANES: readonly Lane[] = [
  lane('structured Sysmon', 20_000, [
    processCreation,
    processCreation,
    processCreation,
    registrySet,
    networkConnection,
  ]),
  lane('raw (rendered messages)', 20_000, [rawEvent]),
  lane('Sysmon file events', 20_000, [fileEvent]),
];

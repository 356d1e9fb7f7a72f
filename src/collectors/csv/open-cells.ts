import { isIssue, isRecord, parseJson } from '../../model/index.js';
import { lookUp } from '../route-logsource.js';

type Row = ReadonlyMap<string, string | string[]>;

/**
 * The event's fields that a tool has packed into one cell: EvtxECmd's `Payload` (JSON), Hayabusa's `Details` and
 * `ExtraFieldInfo` (`name: value ¦ …`), Chainsaw's `Event Data` (a line a field). Empty for other tables.
 */
export function openCells(row: Row): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  const payload = row.get('Payload');
  if (typeof payload === 'string' && payload.startsWith('{')) addPayload(payload, fields);
  for (const column of ['ExtraFieldInfo', 'Details']) {
    const cell = row.get(column);
    if (typeof cell === 'string' && row.has('RuleTitle')) addHayabusa(cell, fields);
  }
  const eventData = row.get('Event Data');
  if (typeof eventData === 'string') addLines(eventData, fields);
  const channel = row.get('Channel');
  if (row.has('RuleTitle') && typeof channel === 'string')
    fields.set('Channel', lookUp(HAYABUSA_CHANNELS, channel) ?? channel);
  return fields;
}

/** `{"EventData":{"Data":[{"@Name":"Image","#text":"C:\\a.exe"}]}}` */
function addPayload(text: string, fields: Map<string, unknown>): void {
  const parsed = parseJson(text);
  if (isIssue(parsed) || !isRecord(parsed.value)) return;
  for (const part of Object.values(parsed.value)) {
    if (!isRecord(part)) continue;
    const list: readonly unknown[] = Array.isArray(part['Data']) ? part['Data'] : [part['Data']];
    for (const data of list) addData(data, fields);
    for (const [name, value] of Object.entries(part))
      if (name !== 'Data' && typeof value !== 'object') addOne(fields, name, value);
  }
}

function addData(data: unknown, fields: Map<string, unknown>): void {
  if (typeof data === 'string') addOne(fields, 'Data', data);
  if (!isRecord(data)) return;
  const name = data['@Name'];
  addOne(fields, typeof name === 'string' ? name : 'Data', data['#text'] ?? '');
}

function addOne(fields: Map<string, unknown>, name: string, value: unknown): void {
  if (!fields.has(name) && typeof value !== 'object') fields.set(name, value);
}

function addHayabusa(cell: string, fields: Map<string, unknown>): void {
  for (const part of cell.split(' ¦ ')) {
    const [, name, value] = /^\s*([\w .-]{1,80}): ?([\s\S]*)$/.exec(part) ?? [];
    if (name !== undefined) addOne(fields, lookUp(HAYABUSA_NAMES, name) ?? name, value);
  }
}

function addLines(cell: string, fields: Map<string, unknown>): void {
  for (const line of cell.split('\n')) {
    const [, name, value = ''] = /^\s*'?([\w .-]{1,80}?)'?: ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) addOne(fields, name, value.trim().replace(/^(['"])(.*)\1$/, '$2'));
  }
}

// Source: the abbreviations that Hayabusa's documentation lists.
const HAYABUSA_CHANNELS: Readonly<Record<string, string>> = {
  App: 'Application',
  AppLocker: 'Microsoft-Windows-AppLocker/EXE and DLL',
  BitsCli: 'Microsoft-Windows-Bits-Client/Operational',
  CodeInteg: 'Microsoft-Windows-CodeIntegrity/Operational',
  Defender: 'Microsoft-Windows-Windows Defender/Operational',
  NTLM: 'Microsoft-Windows-NTLM/Operational',
  PwSh: 'Microsoft-Windows-PowerShell/Operational',
  PwShClassic: 'Windows PowerShell',
  Sec: 'Security',
  Sys: 'System',
  Sysmon: 'Microsoft-Windows-Sysmon/Operational',
  TaskSch: 'Microsoft-Windows-TaskScheduler/Operational',
  WMI: 'Microsoft-Windows-WMI-Activity/Operational',
};

const HAYABUSA_NAMES: Readonly<Record<string, string>> = {
  Cmdline: 'CommandLine',
  LID: 'LogonId',
  Loc: 'Location',
  PGUID: 'ProcessGuid',
  PID: 'ProcessId',
  ParentCmdline: 'ParentCommandLine',
  ParentLID: 'ParentLogonId',
  ParentPGUID: 'ParentProcessGuid',
  ParentPID: 'ParentProcessId',
  ParentProc: 'ParentImage',
  Path: 'Path',
  Proc: 'Image',
  ScriptBlock: 'ScriptBlockText',
  SrcIP: 'SourceIp',
  SrcPort: 'SourcePort',
  SrcProc: 'SourceImage',
  Svc: 'ServiceName',
  TgtHost: 'DestinationHostname',
  TgtIP: 'DestinationIp',
  TgtObj: 'TargetObject',
  TgtPort: 'DestinationPort',
  TgtProc: 'TargetImage',
  TgtUser: 'TargetUserName',
};

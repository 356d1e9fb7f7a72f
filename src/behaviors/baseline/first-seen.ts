import type { Behavior, Detector, Sighting } from '../behavior.js';
import { type BoundedMap, createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';

const FIELDS = [
  'ServiceName',
  'ImagePath',
  'ServiceFileName',
  'TaskName',
  'TaskContent',
  'TargetObject',
  'Details',
  'TargetUserName',
  'LogonType',
  'IpAddress',
  'SubjectUserName',
];
const BASELINE_MS = 24 * HOUR_MS;
const LOGONS_KNOWN = 20;

// Where anybody may write, and programs that run what they are told.
const ODD_COMMAND =
  /\\(temp|tmp|users|public|programdata|perflogs|\$recycle\.bin)\\[^"]*\.(exe|dll|ps1|bat|cmd|vbs|js|hta|scr)|\b(powershell|pwsh|mshta|rundll32|regsvr32|wscript|cscript|certutil|bitsadmin)\b|%comspec%|\bcmd(\.exe)? *\/c/;

const LOGON = 'kind of logon';

interface NewThing {
  readonly kind: string;
  readonly name: string;
  readonly command: string;
  readonly techniqueId: string;
}

/** Things that stay, seen for the first time after a day of the host's own history. */
export const firstSeen: Behavior = {
  name: 'first-seen',
  title: 'Service, task, autorun, account or kind of logon seen for the first time',
  techniqueIds: ['T1021.001', 'T1053.005', 'T1078', 'T1136', 'T1543.003', 'T1547.001'],
  level: 'low',
  watches:
    'Windows 7045/4697 (services), 4698/106 (tasks), Sysmon 13 on Run keys, 4720 (accounts), 4624 (types of logon of an account).',
  thresholds:
    'Only after 24 hours of events of the host, once a name on any host. 0.2 alone; 0.5 where the command is a shell or lies where anybody may write. A kind of logon counts after 20 logons of the account and has 0.15.',
  falsePositives:
    'Every new program that is installed: low on purpose, as support for what else is seen.',
  events: [
    { service: 'security', eventIds: [4624, 4697, 4698, 4720] },
    { service: 'system', eventIds: [7045] },
    { service: 'taskscheduler', eventIds: [106] },
    { category: 'registry_set' },
  ],
  start: startFirstSeen,
};

function startFirstSeen(): Detector {
  const known = createBoundedMap<true>(20_000);
  const begun = createBoundedMap<number>(5_000);
  const logons = createBoundedMap<{ count: number; readonly types: Set<string> }>(5_000);
  return {
    take(reading) {
      const { host, timeMs } = reading;
      if (timeMs === undefined) return NONE;
      const startMs = Math.min(begun.get(host) ?? timeMs, timeMs);
      begun.set(host, startMs);
      const thing = reading.eventId === 4624 ? newLogonType(reading, logons) : readThing(reading);
      if (thing === undefined) return NONE;
      const key = `${thing.kind}|${thing.name}`;
      const isKnown = known.get(key) !== undefined;
      known.set(key, true);
      if (isKnown || timeMs - startMs < BASELINE_MS) return NONE;
      return [sightingOf(thing, reading)];
    },
    retained: () => known.size + begun.size + logons.size,
  };
}

function sightingOf({ kind, command, techniqueId }: NewThing, reading: Reading): Sighting {
  const isOdd = ODD_COMMAND.test(command);
  const plain = kind === LOGON ? 0.15 : 0.2;
  return {
    techniqueIds: [techniqueId],
    confidence: isOdd ? 0.5 : plain,
    reason: `${kind} seen for the first time${isOdd ? ', with an odd command' : ''}`,
    evidence: [refer(reading, FIELDS)],
  };
}

function readThing(reading: Reading): NewThing | undefined {
  const found = readAnyThing(reading);
  return found === undefined || found.name === '' ? undefined : found;
}

function readAnyThing(reading: Reading): NewThing | undefined {
  switch (reading.eventId) {
    case 7045:
    case 4697:
      return {
        kind: 'service',
        name: reading.folded('ServiceName'),
        command: reading.folded('ImagePath', 'ServiceFileName'),
        techniqueId: 'T1543.003',
      };
    case 4698:
    case 106:
      return {
        kind: 'task',
        name: withoutIds(reading.folded('TaskName')),
        command: reading.folded('TaskContent'),
        techniqueId: 'T1053.005',
      };
    case 4720:
      return {
        kind: 'account',
        name: reading.folded('TargetUserName'),
        command: '',
        techniqueId: 'T1136',
      };
    default:
      return readAutorun(reading);
  }
}

function readAutorun(reading: Reading): NewThing | undefined {
  const key = reading.folded('TargetObject');
  const name = /\\currentversion\\(run(?:once)?\\.{1,200})$/.exec(key)?.[1];
  if (name === undefined) return undefined;
  return { kind: 'autorun', name, command: reading.folded('Details'), techniqueId: 'T1547.001' };
}

/** Names that carry an id of the user or of the update are one name. */
function withoutIds(name: string): string {
  return name.replace(/\{?[0-9a-f]{8}-[0-9a-f-]{27}\}?|s-1-5-21[-\d]+|\d+/g, '#');
}

function newLogonType(
  reading: Reading,
  logons: BoundedMap<{ count: number; readonly types: Set<string> }>,
): NewThing | undefined {
  const account = reading.folded('TargetUserName');
  const type = reading.text('LogonType');
  if (account === '' || account.endsWith('$') || type.length > 2) return undefined;
  const seen = logons.get(account) ?? { count: 0, types: new Set<string>() };
  const isNew = seen.count >= LOGONS_KNOWN && !seen.types.has(type);
  seen.count += 1;
  if (seen.types.size < 32) seen.types.add(type);
  logons.set(account, seen);
  if (!isNew) return undefined;
  const techniqueId = type === '10' ? 'T1021.001' : 'T1078';
  return { kind: LOGON, name: `${account}|${type}`, command: '', techniqueId };
}

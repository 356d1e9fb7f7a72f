import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { MINUTE_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';

const FIELDS = [
  'LogonType',
  'LogonProcessName',
  'AuthenticationPackageName',
  'SubjectUserName',
  'TargetUserName',
  'TargetOutboundUserName',
  'SourceImage',
  'TargetImage',
  'GrantedAccess',
];
const WINDOW_MS = 5 * MINUTE_MS;
// PROCESS_VM_READ with PROCESS_VM_WRITE: reading credentials needs the first, replacing them both.
const VM_WRITE = 0x20;
const VM_READ = 0x10;

interface Seen {
  readonly timeMs: number;
  readonly reference: EventReference;
}

/** A new session with somebody else's hash: `seclogo` makes the session, a write to LSASS puts the hash in it. */
export const passTheHash: Behavior = {
  name: 'pass-the-hash',
  title: 'New-credentials session with credentials put into LSASS',
  techniqueIds: ['T1550.002'],
  level: 'high',
  watches:
    'Windows 4624 of type 9 by the logon process seclogo, and Sysmon 10: a process that opens LSASS to write its memory.',
  thresholds:
    'Both on one host within 5 minutes (confidence 0.8). The logon alone has 0.35: `runas /netonly` makes the same event.',
  falsePositives:
    'Administrators who use `runas /netonly` every day (low confidence); security agents open LSASS without writing.',
  events: [{ service: 'security', eventIds: [4624] }, { category: 'process_access' }],
  start: startPassTheHash,
};

function startPassTheHash(): Detector {
  const sessions = createBoundedMap<Seen>(1_000);
  const writes = createBoundedMap<Seen>(1_000);
  return {
    take(reading) {
      const { timeMs, host } = reading;
      const isSession = isNewCredentials(reading);
      if (!isSession && !writesLsass(reading)) return NONE;
      const seen = { timeMs: timeMs ?? Number.NaN, reference: refer(reading, FIELDS) };
      const other = (isSession ? writes : sessions).get(host);
      (isSession ? sessions : writes).set(host, seen);
      const isPair = other !== undefined && Math.abs(other.timeMs - seen.timeMs) <= WINDOW_MS;
      if (isPair)
        return [
          sighting(0.8, 'new-credentials logon and a write into LSASS', [
            other.reference,
            seen.reference,
          ]),
        ];
      return isSession ? [sighting(0.35, 'logon of type 9 by seclogo', [seen.reference])] : NONE;
    },
    retained: () => sessions.size + writes.size,
  };
}

function isNewCredentials(reading: Reading): boolean {
  return (
    reading.eventId === 4624 &&
    reading.text('LogonType') === '9' &&
    reading.folded('LogonProcessName') === 'seclogo'
  );
}

function writesLsass(reading: Reading): boolean {
  if (!/\\lsass\.exe$/.test(reading.folded('TargetImage'))) return false;
  const access = Number(reading.text('GrantedAccess'));
  return Number.isInteger(access) && (access & VM_WRITE) !== 0 && (access & VM_READ) !== 0;
}

function sighting(
  confidence: number,
  reason: string,
  evidence: readonly EventReference[],
): Sighting {
  return { techniqueIds: ['T1550.002'], confidence, reason, evidence };
}

import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, MINUTE_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { createSequence } from '../sequence.js';

const FIELDS = [
  'SubjectUserName',
  'TargetUserName',
  'TargetLogonId',
  'LogonType',
  'LogonProcessName',
  'ProcessName',
  'Image',
  'CommandLine',
];
// A person's account; the machine itself makes everybody's logons.
const PERSON = /^S-1-5-21-/;

/** T1134.002: somebody makes a session of another account on the same machine and starts a program in it. */
export const runAsOther: Behavior = {
  name: 'run-as-other',
  title: 'Program started in a session made for another account',
  techniqueIds: ['T1134.002'],
  level: 'medium',
  watches:
    'Windows 4624 whose subject is a person and whose account is another one, and 4688 with the id of that logon on the same host.',
  thresholds:
    'Both within 1 minute, once an hour by pair of accounts. 0.35 through the service of `runas` (seclogo); 0.6 where a program makes the session by itself, as tools do that need no window.',
  falsePositives:
    'Administrators who use `runas` or its menu entry: low; schedulers and agents of other makers.',
  events: [{ service: 'security', eventIds: [4624, 4688] }],
  start: startRunAsOther,
};

function startRunAsOther(): Detector {
  const options = { steps: ['logon', 'process'], windowMs: MINUTE_MS, isOrdered: false };
  const sessions = createSequence({ ...options, fields: FIELDS });
  const told = createBoundedMap<number>(2_000);
  const isNews = (pair: string, timeMs: number): boolean => {
    const last = told.get(pair);
    if (last !== undefined && Math.abs(timeMs - last) < HOUR_MS) return false;
    told.set(pair, timeMs);
    return true;
  };
  return {
    take(reading) {
      const isLogon = reading.eventId === 4624;
      const logonId = reading.folded('TargetLogonId');
      // 0x3e7, 0x3e4, 0x3e5: the machine itself and its services.
      if ((isLogon && !isOfOther(reading)) || /^(0x0|0x3e[3-7])?$/.test(logonId)) return NONE;
      const step = isLogon ? 'logon' : 'process';
      const evidence = sessions.add(reading, { key: `${reading.host}|${logonId}`, step });
      const logon = evidence?.[0]?.fields ?? {};
      const pair = `${reading.host}|${logon['SubjectUserName']}|${logon['TargetUserName']}`;
      return evidence !== undefined && isNews(pair, reading.timeMs ?? 0)
        ? [sightingOf(evidence)]
        : NONE;
    },
    retained: () => sessions.retained() + told.size,
  };
}

function sightingOf(evidence: readonly EventReference[]): Sighting {
  const isService = evidence[0]?.fields['LogonProcessName']?.toLowerCase() === 'seclogo';
  const maker = isService ? 'runas' : 'another program';
  return {
    techniqueIds: ['T1134.002'],
    confidence: isService ? 0.35 : 0.6,
    reason: `a program in a session that ${maker} made for another account`,
    evidence,
  };
}

function isOfOther(reading: Reading): boolean {
  const subject = reading.folded('SubjectUserName');
  const target = reading.folded('TargetUserName');
  const isNamed = subject !== '' && target !== '' && !target.endsWith('$');
  return isNamed && subject !== target && PERSON.test(reading.text('SubjectUserSid'));
}

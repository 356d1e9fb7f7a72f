import type { Behavior, Detector } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';

const FIELDS = ['SubjectUserName', 'SubjectDomainName', 'ObjectType', 'Properties', 'AccessMask'];
// DS-Replication-Get-Changes, -All, -In-Filtered-Set. Source: MS-ADTS §5.1.3.2.1, control access rights.
const REPLICATION =
  /1131f6aa-9c07-11d1-f79f-00c04fc2dcd2|1131f6ad-9c07-11d1-f79f-00c04fc2dcd2|89e95b76-444d-4c62-991a-0facbeda640c/;

/** T1003.006: replication asked for by something that is no domain controller. */
export const dcsync: Behavior = {
  name: 'dcsync',
  title: 'Directory replication by an account that is no domain controller',
  techniqueIds: ['T1003.006'],
  level: 'critical',
  watches: 'Windows 4662 with one of the three replication rights.',
  thresholds:
    "Any request by an account of a person or service, once an hour by account (0.85). Computers do not count: whether one is a domain controller its logs would have to tell, so that an intruder with a computer's account is missed.",
  falsePositives: 'The account of Microsoft Entra Connect and other directory synchronisation.',
  events: [{ service: 'security', eventIds: [4662] }],
  start: startDcsync,
};

function startDcsync(): Detector {
  const told = createBoundedMap<number>(1_000);
  return {
    take(reading) {
      const account = reading.folded('SubjectUserName');
      if (!isReplication(reading) || account === '' || account.endsWith('$')) return NONE;
      const timeMs = reading.timeMs ?? 0;
      const toldMs = told.get(account);
      if (toldMs !== undefined && Math.abs(timeMs - toldMs) < HOUR_MS) return NONE;
      told.set(account, timeMs);
      return [
        {
          techniqueIds: ['T1003.006'],
          confidence: 0.85,
          reason: 'replication by an account of a person or service',
          evidence: [refer(reading, FIELDS)],
        },
      ];
    },
    retained: () => told.size,
  };
}

function isReplication(reading: Reading): boolean {
  return reading.eventId === 4662 && REPLICATION.test(reading.folded('Properties'));
}

import type { Behavior, Detector } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { MINUTE_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import { createSequence } from '../sequence.js';

const FIELDS = [
  'SubjectUserName',
  'TargetUserName',
  'ServicePrincipalNames',
  'ObjectClass',
  'ObjectDN',
  'ObjectType',
  'AccessMask',
  'Properties',
];
// The service class of directory replication, and that of the global catalogue. Source: MS-DRSR §2.2.4.3, MS-ADTS.
const SPN = /e3514235-4b06-11d1-ab04-00c04fc2dcd2\/|(^|\s)gc\//;
// Schema ids of `server` and `nTDSDSA`; rights DS-Install-Replica and DS-Replication-Manage-Topology.
const OBJECTS =
  /bf967a92-0de6-11d0-a285-00aa003049e2|f0f8ffab-1191-11d0-a060-00aa006c33ed|9923a32a-3607-11d2-b9be-0000f87a36b2|1131f6ac-9c07-11d1-f79f-00c04fc2dcd2/;

const STEPS = ['spn', 'server', 'access'] as const;
type Step = (typeof STEPS)[number];

/** T1207: a workstation registered as a domain controller for a moment. */
export const dcshadow: Behavior = {
  name: 'dcshadow',
  title: 'Domain controller registered by a person',
  techniqueIds: ['T1207'],
  level: 'high',
  watches:
    'Windows 4742 that gives a computer the names of a domain controller, 5137 that creates a server or NTDS object among the sites, 4662 on those objects and rights, by one account that is no computer.',
  thresholds:
    'One of the three has 0.5: promoting a controller is rare. Two within 15 minutes have 0.85. Each is told once by account.',
  falsePositives: 'An administrator who promotes a domain controller.',
  events: [{ service: 'security', eventIds: [4662, 4742, 5137] }],
  start: startDcshadow,
};

function startDcshadow(): Detector {
  const pairs = [
    ['spn', 'server'],
    ['spn', 'access'],
    ['server', 'access'],
  ].map((steps) =>
    createSequence({ steps, windowMs: 15 * MINUTE_MS, isOrdered: false, fields: FIELDS }),
  );
  const told = createBoundedMap<true>(1_000);
  return {
    take(reading) {
      const step = stepOf(reading);
      const account = reading.folded('SubjectUserName');
      if (step === undefined || account === '' || account.endsWith('$')) return NONE;
      const complete = pairs
        .map((pair) => pair.add(reading, { key: account, step }))
        .find((evidence) => evidence !== undefined);
      const key = `${account}|${complete === undefined ? step : 'two'}`;
      if (told.get(key) !== undefined) return NONE;
      told.set(key, true);
      return [
        complete === undefined
          ? {
              techniqueIds: ['T1207'],
              confidence: 0.5,
              reason: 'a step of registering a domain controller',
              evidence: [refer(reading, FIELDS)],
            }
          : {
              techniqueIds: ['T1207'],
              confidence: 0.85,
              reason: 'two steps of registering a domain controller',
              evidence: complete,
            },
      ];
    },
    retained: () => told.size + pairs.reduce((sum, pair) => sum + pair.retained(), 0),
  };
}

function stepOf(reading: Reading): Step | undefined {
  if (reading.eventId === 4742)
    return SPN.test(reading.folded('ServicePrincipalNames')) ? 'spn' : undefined;
  if (reading.eventId === 5137) {
    const isServer = /^(server|ntdsdsa)$/.test(reading.folded('ObjectClass'));
    return isServer && /,cn=sites,cn=configuration,/.test(reading.folded('ObjectDN'))
      ? 'server'
      : undefined;
  }
  return OBJECTS.test(`${reading.folded('ObjectType')} ${reading.folded('Properties')}`)
    ? 'access'
    : undefined;
}

import { type BurstRule, burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';

const FIELDS = [
  'SubjectUserName',
  'ObjectType',
  'ObjectName',
  'AccessMask',
  'Properties',
  'IpAddress',
  'RelativeTargetName',
];
// Schema ids of `group` and `user`. Source: MS-ADSC.
const GROUP = 'bf967a9c-0de6-11d0-a285-00aa003049e2';
const USER = 'bf967aba-0de6-11d0-a285-00aa003049e2';

/** A person's account that reads; computers and services do so all day. */
function readerOf(reading: Reading): string | undefined {
  const account = reading.folded('SubjectUserName');
  return account === '' || account.endsWith('$') ? undefined : `${reading.host}|${account}`;
}

function objectRule(options: {
  readonly types: RegExp;
  readonly eventId: number;
  readonly threshold: number;
  readonly techniqueId: string;
  readonly noun: string;
}): BurstRule {
  const { types, eventId, threshold, techniqueId, noun } = options;
  return {
    threshold,
    windowMs: MINUTE_MS,
    confidence: 0.55,
    fields: FIELDS,
    pick(reading) {
      const key = readerOf(reading);
      if (reading.eventId !== eventId || key === undefined) return undefined;
      const type = reading.folded('ObjectType');
      return types.test(type)
        ? { key: `${key}|${noun}`, item: reading.folded('ObjectName') }
        : undefined;
    },
    techniquesOf: () => [techniqueId],
    describe: ({ items }) => `${items.length} ${noun} opened one by one`,
  };
}

/** T1087 and T1069 over SAMR and LDAP, where auditing shows the objects that are opened. */
export const directoryEnumeration = burstBehavior(
  {
    name: 'directory-enumeration',
    title: 'Accounts or groups of the directory read in bulk',
    techniqueIds: ['T1069.001', 'T1069.002', 'T1087.002'],
    level: 'medium',
    watches:
      'Windows 4661 (SAM objects opened), 4662 (directory objects read), 5145 (the samr pipe of many hosts), 1644 (costly LDAP searches), by accounts of persons.',
    thresholds:
      '6 groups or aliases, or 6 users, opened over SAMR in 1 minute; 20 group or user objects read in the directory in 1 minute; the samr pipe of 5 hosts in 5 minutes; 15 different searches in 1 minute. Consoles open the one object that somebody looks at.',
    falsePositives: 'Identity management and inventory that run under a person-like account.',
    events: [
      { service: 'security', eventIds: [4661, 4662, 5145] },
      { channel: /^directory service$/i, eventIds: [1644] },
    ],
  },
  [
    objectRule({
      types: /^sam_(group|alias)$/,
      eventId: 4661,
      threshold: 6,
      techniqueId: 'T1069.002',
      noun: 'groups',
    }),
    objectRule({
      types: /^sam_user$/,
      eventId: 4661,
      threshold: 6,
      techniqueId: 'T1087.002',
      noun: 'accounts',
    }),
    objectRule({
      types: new RegExp(GROUP),
      eventId: 4662,
      threshold: 20,
      techniqueId: 'T1069.002',
      noun: 'group objects',
    }),
    objectRule({
      types: new RegExp(USER),
      eventId: 4662,
      threshold: 20,
      techniqueId: 'T1087.002',
      noun: 'user objects',
    }),
    {
      threshold: 5,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.6,
      fields: FIELDS,
      pick(reading) {
        if (reading.eventId !== 5145 || reading.folded('RelativeTargetName') !== 'samr')
          return undefined;
        const account = reading.folded('SubjectUserName');
        return account.endsWith('$')
          ? undefined
          : { key: `${account}|${reading.folded('IpAddress')}`, item: reading.host };
      },
      techniquesOf: () => ['T1087.002', 'T1069.001'],
      describe: ({ items }) => `the samr pipe of ${items.length} hosts opened from one address`,
    },
    {
      threshold: 15,
      windowMs: MINUTE_MS,
      confidence: 0.5,
      fields: ['Data', 'Client', 'Filter'],
      pick(reading) {
        if (reading.eventId !== 1644) return undefined;
        const filter = reading.folded('Filter', 'Data');
        return { key: `${reading.host}|${reading.folded('Client', 'ClientIP')}`, item: filter };
      },
      techniquesOf: () => ['T1087.002', 'T1069.002'],
      describe: ({ items }) => `${items.length} different costly LDAP searches`,
    },
  ],
);

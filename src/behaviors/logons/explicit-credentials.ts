import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';

const FIELDS = ['SubjectUserName', 'TargetUserName', 'TargetServerName', 'ProcessName'];

function subjectOf(reading: Reading): string | undefined {
  const subject = reading.folded('SubjectUserName');
  const target = reading.folded('TargetUserName');
  // Computers and services log on with stored credentials all day.
  return subject === '' ||
    /\$$/.test(subject) ||
    target === '' ||
    /\$$/.test(target) ||
    subject === target
    ? undefined
    : subject;
}

/** 4648 in numbers: stolen credentials tried out, or used on one machine after another. */
export const explicitCredentials = burstBehavior(
  {
    name: 'explicit-credentials',
    title: 'Explicit credentials used against many targets',
    techniqueIds: ['T1078', 'T1110.003'],
    level: 'medium',
    watches: 'Windows 4648: somebody logs on with credentials other than their own.',
    thresholds:
      'One person against 5 servers in 10 minutes (T1078), or as 5 different accounts (T1110.003). Administrators use one or two other accounts of their own.',
    falsePositives: 'Administration tools that connect to all servers with a second account.',
    events: [{ service: 'security', eventIds: [4648] }],
  },
  [
    {
      threshold: 5,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.45,
      fields: FIELDS,
      pick(reading) {
        const subject = subjectOf(reading);
        const server = reading.folded('TargetServerName');
        if (subject === undefined || server === '' || server === 'localhost') return undefined;
        return { key: `${reading.host}|${subject}`, item: server };
      },
      techniquesOf: () => ['T1078'],
      describe: ({ items }) => `credentials of others used against ${items.length} servers`,
    },
    {
      threshold: 5,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.5,
      fields: FIELDS,
      pick(reading) {
        const subject = subjectOf(reading);
        return subject === undefined
          ? undefined
          : { key: `${reading.host}|${subject}`, item: reading.folded('TargetUserName') };
      },
      techniquesOf: () => ['T1110.003'],
      describe: ({ items }) => `credentials of ${items.length} accounts used by one person`,
    },
  ],
);

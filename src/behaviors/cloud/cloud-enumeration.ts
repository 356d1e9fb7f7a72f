import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import { AWS_FIELDS, principalOf } from './aws-principal.js';

const DENIED = /accessdenied|unauthorizedoperation|not authorized/i;

/** T1580 and T1526: a key tried at one service after another, to see what it opens. */
export const cloudEnumeration = burstBehavior(
  {
    name: 'cloud-enumeration',
    title: 'Many different cloud calls denied, or many services listed',
    techniqueIds: ['T1526', 'T1580'],
    level: 'medium',
    watches:
      'AWS CloudTrail: calls that were denied, and List/Describe/Get calls, by principal and address.',
    thresholds:
      '8 different calls denied in 10 minutes (programs need what they were given; 0.6), or List/Describe/Get calls of 12 services in 5 minutes (the console opens two or three pages in that time; 0.4).',
    falsePositives:
      'Posture scanners and inventory, which list everything every day; a role that was just made.',
    events: [{ service: 'cloudtrail' }],
  },
  [
    {
      threshold: 8,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.6,
      fields: AWS_FIELDS,
      pick: (reading) =>
        DENIED.test(reading.text('errorCode'))
          ? {
              key: principalOf(reading),
              item: `${reading.text('eventSource')}:${reading.text('eventName')}`,
            }
          : undefined,
      describe: ({ items }) => `${items.length} different calls denied`,
    },
    {
      threshold: 12,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.4,
      fields: AWS_FIELDS,
      pick: (reading) =>
        // What a service of AWS does for the account is no one's look around.
        /^(List|Describe|Get)/.test(reading.text('eventName')) &&
        !/\.amazonaws\.com$/.test(reading.text('sourceIPAddress'))
          ? { key: principalOf(reading), item: reading.text('eventSource') }
          : undefined,
      describe: ({ items }) => `${items.length} services listed`,
    },
  ],
);

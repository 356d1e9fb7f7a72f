import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';

const FIELDS = [
  'verb',
  'user.username',
  'sourceIPs',
  'objectRef.resource',
  'objectRef.subresource',
  'objectRef.namespace',
  'objectRef.name',
  'requestURI',
];
// Controllers, nodes and the scheduler read secrets for a living.
const OWN_PARTS = /^system:(kube-|node:|serviceaccount:kube-system:|apiserver|masters)/;

function callerOf(reading: Reading): string | undefined {
  const user = reading.folded('user.username');
  const isDone = /^(101|2\d\d)?$/.test(reading.text('responseStatus.code'));
  return user === '' || OWN_PARTS.test(user) || !isDone ? undefined : user;
}

/** T1552.007 and T1609: secrets read one after another, shells in one pod after another. */
export const kubernetesBurst = burstBehavior(
  {
    name: 'kubernetes-burst',
    title: 'Secrets of many names read, or commands run in many pods',
    techniqueIds: ['T1552.007', 'T1609'],
    level: 'high',
    watches:
      'Kubernetes audit: get and list of secrets, exec and attach into pods, by user that is no part of Kubernetes itself.',
    thresholds:
      '10 different secrets or namespaces in 5 minutes (a program reads its own few), or exec into 4 pods in 10 minutes.',
    falsePositives:
      'Operators that manage secrets for others; an engineer who looks for a fault in every replica.',
    events: [{ product: 'kubernetes' }],
  },
  [
    {
      threshold: 10,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.6,
      fields: FIELDS,
      pick(reading) {
        const user = callerOf(reading);
        const isRead =
          /^(get|list)$/.test(reading.text('verb')) &&
          reading.text('objectRef.resource') === 'secrets';
        if (user === undefined || !isRead) return undefined;
        return {
          key: user,
          item: `${reading.text('objectRef.namespace')}/${reading.text('objectRef.name')}`,
        };
      },
      techniquesOf: () => ['T1552.007'],
      describe: ({ items }) => `${items.length} secrets read`,
    },
    {
      threshold: 4,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.55,
      fields: FIELDS,
      pick(reading) {
        const user = callerOf(reading);
        const isExec = /^(exec|attach)$/.test(reading.text('objectRef.subresource'));
        if (user === undefined || !isExec) return undefined;
        return {
          key: user,
          item: `${reading.text('objectRef.namespace')}/${reading.text('objectRef.name')}`,
        };
      },
      techniquesOf: () => ['T1609'],
      describe: ({ items }) => `commands run in ${items.length} pods`,
    },
  ],
);

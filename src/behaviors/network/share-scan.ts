import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';

/** T1135: the shares of one machine after another. */
export const shareScan = burstBehavior(
  {
    name: 'share-scan',
    title: 'Shares of many machines opened from one address',
    techniqueIds: ['T1135', 'T1021.002'],
    level: 'medium',
    watches:
      'Windows 5140/5145 and Zeek smb_mapping: IPC$ and administrative shares, by account and address.',
    thresholds:
      '6 machines in 5 minutes. IPC$ alone is asked for lists (T1135); ADMIN$ or C$ of as many is use (T1021.002).',
    falsePositives: 'Software distribution, backup and inventory; known by their account.',
    events: [{ service: 'security', eventIds: [5140, 5145] }, { service: 'smb_mapping' }],
  },
  [
    {
      threshold: 6,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.5,
      fields: ['SubjectUserName', 'IpAddress', 'ShareName', 'path'],
      pick(reading) {
        const share = reading.folded('ShareName', 'path');
        const account = reading.folded('SubjectUserName');
        if (account.endsWith('$') || !/\\(ipc|admin|[a-z])\$$/.test(share)) return undefined;
        const isAdmin = !share.endsWith('\\ipc$');
        const target = reading.folded('dst_ip', 'id.resp_h') || reading.host;
        const origin = reading.folded('IpAddress', 'src_ip', 'id.orig_h');
        return { key: `${account}|${origin}|${isAdmin}`, item: `${target}${isAdmin ? '*' : ''}` };
      },
      techniquesOf: ({ items }) => [
        items.every((item) => item.endsWith('*')) ? 'T1021.002' : 'T1135',
      ],
      describe: ({ items }) => `shares of ${items.length} machines`,
    },
  ],
);

import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import { isRemoteAddress } from './remote-address.js';

// Where Windows, Chromium and Firefox keep secrets of users.
const STORES =
  /\\(microsoft\\(credentials|protect|vault|systemcertificates\\my)|(login data|web data|cookies|local state|key[34]\.db|logins\.json|signons\.sqlite))/;

/** T1555: the stores of one user after another, fetched through a share. */
export const credentialFiles = burstBehavior(
  {
    name: 'credential-files',
    title: 'Stores of credentials read through an administrative share',
    techniqueIds: ['T1555', 'T1555.003', 'T1555.004'],
    level: 'high',
    watches: 'Windows 5145: paths of credential stores below C$ opened from another machine.',
    thresholds:
      '4 different paths in 5 minutes. Nobody opens these by hand, and none but their owner needs them.',
    falsePositives: 'Backup and migration of profiles over C$.',
    events: [{ service: 'security', eventIds: [5145] }],
  },
  [
    {
      threshold: 4,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.7,
      fields: ['SubjectUserName', 'IpAddress', 'ShareName', 'RelativeTargetName'],
      pick(reading) {
        const path = reading.folded('RelativeTargetName');
        const isShare = /\\[a-z]\$$/.test(reading.folded('ShareName'));
        if (!isShare || !STORES.test(path) || !isRemoteAddress(reading.folded('IpAddress')))
          return undefined;
        return { key: `${reading.host}|${reading.folded('SubjectUserName')}`, item: path };
      },
      techniquesOf: ({ items }) => {
        const isBrowser = items.some((item) =>
          /login data|cookies|key[34]\.db|logins\.json/.test(item),
        );
        const isWindows = items.some((item) =>
          /\\microsoft\\(credentials|protect|vault)/.test(item),
        );
        return ['T1555', ...(isBrowser ? ['T1555.003'] : []), ...(isWindows ? ['T1555.004'] : [])];
      },
      describe: ({ items }) => `${items.length} paths of credential stores`,
    },
  ],
);

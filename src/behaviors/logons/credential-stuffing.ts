import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import { LOGON_EVENTS, LOGON_FIELDS, readLogon } from './read-logon.js';

const UNKNOWN = '?';

/** T1110.004: pairs of names and passwords from another place, most of whose names nobody here has. */
export const credentialStuffing = burstBehavior(
  {
    name: 'credential-stuffing',
    title: 'Failed logons of many accounts, many of which do not exist',
    techniqueIds: ['T1110.004'],
    level: 'high',
    watches:
      'Failed sign-ins at SSH and cloud services that tell unknown accounts from wrong passwords, by origin.',
    thresholds:
      '20 accounts in 10 minutes of which 8 or more do not exist: sprayers use names from the directory, stuffers names from leaks.',
    falsePositives:
      'Scanners that try common names against SSH: guessing too, though not with leaked pairs.',
    events: LOGON_EVENTS,
  },
  [
    {
      threshold: 20,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.6,
      fields: LOGON_FIELDS,
      pick(reading) {
        const logon = readLogon(reading);
        if (logon === undefined || logon.outcome === 'success' || logon.origin === '')
          return undefined;
        if (logon.scope !== 'ssh' && logon.scope !== 'cloud') return undefined;
        const mark = logon.outcome === 'unknown-account' ? UNKNOWN : '';
        return { key: logon.origin, item: `${mark}${logon.account}` };
      },
      techniquesOf: ({ items }) =>
        items.filter((item) => item.startsWith(UNKNOWN)).length >= 8 ? ['T1110.004'] : [],
      describe: ({ items }) => {
        const unknown = items.filter((item) => item.startsWith(UNKNOWN)).length;
        return `failed logons of ${items.length} accounts from one origin, ${unknown} of which do not exist`;
      },
    },
  ],
);

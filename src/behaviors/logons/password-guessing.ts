import { type BurstRule, burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { LOGON_EVENTS, LOGON_FIELDS, readLogon } from './read-logon.js';

function pick(reading: Reading) {
  const logon = readLogon(reading);
  if (logon === undefined || logon.outcome === 'success') return undefined;
  const { account, origin } = logon;
  // One attempt can be told by two events of different ids: each id is counted on its own.
  const key = `${reading.eventId}|${reading.host}|${origin}|${account}`;
  return { key, item: `${reading.event.source}:${reading.event.record}` };
}

const rule = (threshold: number, windowMs: number, confidence: number): BurstRule => ({
  threshold,
  windowMs,
  confidence,
  fields: LOGON_FIELDS,
  pick,
  describe: ({ items }) => `${items.length} failed logons of one account from one origin`,
});

/** T1110.001: one account, many passwords. */
export const passwordGuessing = burstBehavior(
  {
    name: 'password-guessing',
    title: 'Many failed logons of one account',
    techniqueIds: ['T1110.001'],
    level: 'medium',
    watches:
      'Failed logons of one account from one origin: Windows 4625/4776, Kerberos 4768/4771, OpenSSH, SQL Server, Entra, Okta, AWS console, Microsoft 365, Google.',
    thresholds:
      '5 in 1 minute (faster than a person who mistypes), or 10 in 10 minutes (the lockout threshold that Microsoft and CIS baselines recommend).',
    falsePositives: 'A service or a phone with an old password; a forgotten mapped drive.',
    events: LOGON_EVENTS,
  },
  [rule(5, MINUTE_MS, 0.5), rule(10, 10 * MINUTE_MS, 0.65)],
);

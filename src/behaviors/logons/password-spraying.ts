import { type BurstRule, burstBehavior, HOUR_MS, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { LOGON_EVENTS, LOGON_FIELDS, readLogon } from './read-logon.js';

function pick(reading: Reading) {
  const logon = readLogon(reading);
  if (logon === undefined || logon.outcome === 'success' || logon.origin === '') return undefined;
  return { key: logon.origin, item: logon.account };
}

const rule = (threshold: number, windowMs: number, confidence: number): BurstRule => ({
  threshold,
  windowMs,
  confidence,
  fields: LOGON_FIELDS,
  pick,
  describe: ({ items }) => `failed logons of ${items.length} accounts from one origin`,
});

/** T1110.003: many accounts, few passwords. */
export const passwordSpraying = burstBehavior(
  {
    name: 'password-spraying',
    title: 'Failed logons of many accounts from one origin',
    techniqueIds: ['T1110.003'],
    level: 'high',
    watches: 'The same failed logons as password-guessing, by origin: how many different accounts.',
    thresholds:
      '5 accounts in 1 minute, 10 in 10 minutes, or 25 in 12 hours (slow spraying stays below lockout, not below this). People who mistype share an origin only behind a gateway.',
    falsePositives:
      'A gateway, terminal server or proxy that hides many users behind one address, on the morning after passwords expired.',
    events: LOGON_EVENTS,
  },
  [rule(5, MINUTE_MS, 0.55), rule(10, 10 * MINUTE_MS, 0.7), rule(25, 12 * HOUR_MS, 0.5)],
);

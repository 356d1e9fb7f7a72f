import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { MINUTE_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';
import { LOGON_EVENTS, LOGON_FIELDS, type LogonAttempt, readLogon } from './read-logon.js';

const WINDOW_MS = 10 * MINUTE_MS;
const FAILURES = 5;
const MAX_ORIGINS = 1_000;
const MAX_FAILURES = 32;

interface Failure {
  readonly timeMs: number;
  readonly account: string;
  readonly reference: EventReference;
}

/** T1110 that worked: the success that follows the failures. */
export const guessedLogon: Behavior = {
  name: 'guessed-logon',
  title: 'Logon that succeeded after many that failed',
  techniqueIds: ['T1078', 'T1078.004', 'T1110.001', 'T1110.003'],
  level: 'high',
  watches: 'Successful logons whose origin failed before, for the same account or for many others.',
  thresholds:
    '5 failures of the account, or of 5 accounts, from the same origin within the 10 minutes before (as password-guessing and password-spraying).',
  falsePositives:
    'Somebody who finds the right password at the sixth try; a gateway that hides many users.',
  events: LOGON_EVENTS,
  start: startGuessedLogon,
};

function startGuessedLogon(): Detector {
  const origins = createBoundedMap<Failure[]>(MAX_ORIGINS);
  return {
    take(reading) {
      const logon = readLogon(reading);
      const { timeMs } = reading;
      if (logon === undefined || timeMs === undefined || logon.origin === '') return NONE;
      const failures = origins.get(logon.origin) ?? [];
      if (logon.outcome === 'success') {
        const sighting = concludeSuccess(failures, { logon, reading, timeMs });
        if (sighting === undefined) return NONE;
        origins.delete(logon.origin);
        return [sighting];
      }
      failures.push({ timeMs, account: logon.account, reference: refer(reading, LOGON_FIELDS) });
      if (failures.length > MAX_FAILURES) failures.shift();
      origins.set(logon.origin, failures);
      return NONE;
    },
    retained() {
      let count = origins.size;
      for (const failures of origins.values()) count += failures.length;
      return count;
    },
  };
}

interface Success {
  readonly logon: LogonAttempt;
  readonly reading: Reading;
  readonly timeMs: number;
}

function concludeSuccess(
  failures: readonly Failure[],
  { logon, reading, timeMs }: Success,
): Sighting | undefined {
  const recent = failures.filter((one) => one.timeMs <= timeMs && timeMs - one.timeMs <= WINDOW_MS);
  const own = recent.filter(({ account }) => account === logon.account);
  const accounts = new Set(recent.map(({ account }) => account));
  const isGuessed = own.length >= FAILURES;
  if (!isGuessed && accounts.size < FAILURES) return undefined;
  const account = logon.scope === 'cloud' ? 'T1078.004' : 'T1078';
  const proof = (isGuessed ? own : recent).slice(-4).map(({ reference }) => reference);
  return {
    techniqueIds: [isGuessed ? 'T1110.001' : 'T1110.003', account],
    confidence: isGuessed ? 0.65 : 0.55,
    reason: isGuessed
      ? `logon after ${own.length} failures of the account from the same origin`
      : `logon after failures of ${accounts.size} accounts from the same origin`,
    evidence: [...proof, refer(reading, LOGON_FIELDS)],
  };
}

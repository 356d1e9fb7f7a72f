import type { Behavior, Detector, Sighting } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { refer } from '../refer.js';

const FIELDS = [
  'TargetUserName',
  'TargetDomainName',
  'ServiceName',
  'TicketEncryptionType',
  'IpAddress',
];
// Default of "Maximum lifetime for user ticket renewal": 7 days; a ticket itself lives 10 hours.
const LIFETIME_MS = 10 * HOUR_MS;
/** Accounts whose ticket was seen to be given, before an account without one means anything. */
const KNOWN_ACCOUNTS = 5;

/** T1558.001, faintly: a ticket is used that nobody was seen to give. */
export const forgedTicket: Behavior = {
  name: 'forged-ticket',
  title: 'Ticket used that was not issued, or with a realm that Windows does not write',
  techniqueIds: ['T1558.001'],
  level: 'low',
  watches:
    'Windows 4769 without a 4768 of the account before, and 4769 whose realm is not in capitals.',
  thresholds:
    'Windows writes the realm in capitals; tools write what their user typed (0.45). A missing 4768 counts only where the run holds 10 hours before (the lifetime of a ticket) and 4768 of 5 other accounts, and has 0.15 alone.',
  falsePositives:
    'Logs of one of several domain controllers: the ticket came from another; renewed tickets; Unix clients.',
  events: [{ service: 'security', eventIds: [4768, 4769] }],
  start: startForgedTicket,
};

function startForgedTicket(): Detector {
  const issued = createBoundedMap<number>(10_000);
  const told = createBoundedMap<true>(2_000);
  let firstMs = Number.POSITIVE_INFINITY;
  const isUnissued = (account: string, timeMs: number): boolean =>
    issued.size >= KNOWN_ACCOUNTS &&
    timeMs - firstMs > LIFETIME_MS &&
    issued.get(account) === undefined;
  return {
    take(reading) {
      const { timeMs } = reading;
      const account = reading.folded('TargetUserName').replace(/@.*$/, '');
      if (timeMs === undefined || account === '' || reading.folded('Status') !== '0x0') return NONE;
      firstMs = Math.min(firstMs, timeMs);
      if (reading.eventId === 4768) {
        issued.set(account, timeMs);
        return NONE;
      }
      const hasOddRealm = isOddRealm(reading);
      const unissued = !account.endsWith('$') && isUnissued(account, timeMs);
      if ((!hasOddRealm && !unissued) || told.get(account) !== undefined) return NONE;
      told.set(account, true);
      return [sightingOf(reading, { hasOddRealm, unissued })];
    },
    retained: () => issued.size + told.size,
  };
}

function sightingOf(
  reading: Reading,
  { hasOddRealm, unissued }: { readonly hasOddRealm: boolean; readonly unissued: boolean },
): Sighting {
  const support = unissued ? 0.15 : 0;
  return {
    techniqueIds: ['T1558.001'],
    confidence: hasOddRealm ? 0.45 + support : support,
    reason: hasOddRealm
      ? 'the realm of the ticket is not in capitals'
      : 'no ticket was issued to the account',
    evidence: [refer(reading, FIELDS)],
  };
}

function isOddRealm(reading: Reading): boolean {
  const domain = reading.text('TargetDomainName');
  // A DNS name; NetBIOS names are written as they are.
  return domain.includes('.') && domain !== domain.toUpperCase();
}

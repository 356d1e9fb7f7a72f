import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';

const FIELDS = [
  'TargetUserName',
  'ServiceName',
  'TicketEncryptionType',
  'TicketOptions',
  'IpAddress',
  'Status',
];
// DES and RC4: what can be guessed fast. Source: RFC 3961 and 4757, encryption types.
const WEAK = /^0x(1|3|17|18)$/;

/** The account that asks, and the user-like service it asks for: computers and krbtgt have passwords that nobody guesses. */
function readRequest(reading: Reading) {
  const account = reading.folded('TargetUserName');
  const service = reading.folded('ServiceName');
  const isOfService = service !== '' && !service.endsWith('$') && !service.startsWith('krbtgt');
  const isDone = /^(0x0)?$/.test(reading.folded('Status'));
  if (!isOfService || !isDone || account === '' || /\$(@|$)/.test(account)) return undefined;
  return { key: account, item: service };
}

/** T1558.003: tickets for many service accounts, to guess their passwords offline. */
export const kerberoasting = burstBehavior(
  {
    name: 'kerberoasting',
    title: 'Service tickets for many service accounts',
    techniqueIds: ['T1558.003'],
    level: 'high',
    watches: 'Windows 4769: successful requests of one account for services that run as users.',
    thresholds:
      '3 services with DES or RC4 in 5 minutes, or 8 with any encryption: a person works with one or two such services, and current clients ask for AES. One RC4 ticket has 0.4.',
    falsePositives:
      'Old services that know RC4 only, used by old clients; vulnerability scanners with credentials.',
    events: [{ service: 'security', eventIds: [4769] }],
  },
  [
    {
      threshold: 1,
      windowMs: MINUTE_MS,
      quietMs: 1_440 * MINUTE_MS,
      confidence: 0.4,
      fields: FIELDS,
      pick: (reading) => {
        const request = readRequest(reading);
        return request !== undefined && WEAK.test(reading.folded('TicketEncryptionType'))
          ? request
          : undefined;
      },
      describe: () => 'a ticket of a service account with weak encryption',
    },
    {
      threshold: 3,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.8,
      fields: FIELDS,
      pick: (reading) =>
        WEAK.test(reading.folded('TicketEncryptionType')) ? readRequest(reading) : undefined,
      describe: ({ items }) => `weakly encrypted tickets of ${items.length} service accounts`,
    },
    {
      threshold: 8,
      windowMs: 5 * MINUTE_MS,
      confidence: 0.6,
      fields: FIELDS,
      pick: readRequest,
      describe: ({ items }) => `tickets of ${items.length} service accounts`,
    },
  ],
);

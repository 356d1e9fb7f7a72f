import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';

const FIELDS = ['TargetUserName', 'PreAuthType', 'TicketEncryptionType', 'IpAddress', 'Status'];
const WEAK = /^0x(1|3|17|18)$/;

function pickTicket(reading: Reading) {
  const account = reading.folded('TargetUserName');
  const isDone = reading.folded('Status') === '0x0';
  if (!isDone || reading.text('PreAuthType') !== '0' || account === '' || account.endsWith('$'))
    return undefined;
  return { key: reading.folded('IpAddress'), item: account };
}

/** T1558.004: tickets of accounts without pre-authentication, to guess their passwords offline. */
export const asrepRoasting = burstBehavior(
  {
    name: 'asrep-roasting',
    title: 'Tickets without pre-authentication',
    techniqueIds: ['T1558.004'],
    level: 'high',
    watches:
      'Windows 4768 with PreAuthType 0: anybody may ask for these and guess at the password that encrypts them.',
    thresholds:
      'Two accounts from one address in 10 minutes, or one with DES or RC4: Windows clients pre-authenticate and ask for AES, so a request is rarely a client.',
    falsePositives:
      'Old Unix clients of accounts whose pre-authentication was switched off for them.',
    events: [{ service: 'security', eventIds: [4768] }],
  },
  [
    {
      threshold: 1,
      windowMs: MINUTE_MS,
      confidence: 0.6,
      fields: FIELDS,
      pick: (reading) =>
        WEAK.test(reading.folded('TicketEncryptionType')) ? pickTicket(reading) : undefined,
      describe: () => 'a weakly encrypted ticket without pre-authentication',
    },
    {
      threshold: 2,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.8,
      fields: FIELDS,
      pick: pickTicket,
      describe: ({ items }) => `tickets of ${items.length} accounts without pre-authentication`,
    },
  ],
);

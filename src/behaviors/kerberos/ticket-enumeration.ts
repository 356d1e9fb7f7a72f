import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';

/** A person's account that asks for tickets of very many computers at once: sessions and shares looked at one by one. */
export const ticketEnumeration = burstBehavior(
  {
    name: 'ticket-enumeration',
    title: 'Service tickets for many computers in a minute',
    techniqueIds: ['T1018', 'T1087.002'],
    level: 'medium',
    watches: 'Windows 4769: requests of one account from one address for services of computers.',
    thresholds:
      '8 computers in 1 minute: signing in needs the domain controller, the file server and a few more; collectors of sessions ask for every computer.',
    falsePositives: 'Monitoring and inventory that run under a person-like account.',
    events: [{ service: 'security', eventIds: [4769] }],
  },
  [
    {
      threshold: 8,
      windowMs: MINUTE_MS,
      confidence: 0.5,
      fields: ['TargetUserName', 'ServiceName', 'IpAddress'],
      pick(reading) {
        const account = reading.folded('TargetUserName');
        const service = reading.folded('ServiceName');
        if (account === '' || /\$(@|$)/.test(account) || !service.endsWith('$')) return undefined;
        return { key: `${account}|${reading.folded('IpAddress')}`, item: service };
      },
      describe: ({ items }) => `tickets for ${items.length} computers`,
    },
  ],
);

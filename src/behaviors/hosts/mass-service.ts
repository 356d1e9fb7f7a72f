import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';

const SHELL = /%comspec%|\b(cmd|powershell|pwsh|mshta|rundll32|regsvr32|cscript|wscript)\b/;

/** One service after another, each a piece of something. */
export const massService = burstBehavior(
  {
    name: 'mass-service',
    title: 'Many services installed in a few minutes',
    techniqueIds: ['T1543.003', 'T1569.002'],
    level: 'high',
    watches: 'Windows 7045 and 4697 by host.',
    thresholds:
      '10 different services in 10 minutes whose programs are shells or the like, or 25 of any kind: an installer brings a few.',
    falsePositives: 'Setting up a server; large suites of drivers.',
    events: [
      { service: 'system', eventIds: [7045] },
      { service: 'security', eventIds: [4697] },
    ],
  },
  [10, 25].map((threshold) => ({
    threshold,
    windowMs: 10 * MINUTE_MS,
    confidence: threshold === 10 ? 0.75 : 0.5,
    fields: ['ServiceName', 'ImagePath', 'ServiceFileName'],
    pick(reading) {
      const command = reading.folded('ImagePath', 'ServiceFileName');
      if (threshold === 10 && !SHELL.test(command)) return undefined;
      return { key: reading.host, item: reading.folded('ServiceName') };
    },
    describe: ({ items }) => `${items.length} services installed`,
  })),
);

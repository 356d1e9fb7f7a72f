import { burstBehavior, MINUTE_MS } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { PROCESS_FIELDS, readProcess } from './read-process.js';

/** T1685.005 and T1685.006: one log after another is emptied. */
export const logsCleared = burstBehavior(
  {
    name: 'logs-cleared',
    title: 'Several logs cleared in a few minutes',
    techniqueIds: ['T1685.005', 'T1685.006'],
    level: 'high',
    watches:
      'Windows 1102 and 104 by the log that they name; processes that remove, empty or shred files below /var/log.',
    thresholds:
      '3 different logs in 10 minutes on one host. One log is cleared by hand when it is full or before a test; all of them to hide.',
    falsePositives: 'Preparing an image of a machine.',
    events: [
      { service: 'security', eventIds: [1102] },
      { service: 'system', eventIds: [104] },
      { category: 'process_creation', product: 'linux' },
    ],
  },
  [
    {
      threshold: 3,
      windowMs: 10 * MINUTE_MS,
      confidence: 0.85,
      fields: ['Channel', 'SubjectUserName', ...PROCESS_FIELDS],
      pick(reading) {
        const log =
          reading.event.logsource.product === 'linux'
            ? clearedFile(reading)
            : clearedChannel(reading);
        return log === undefined ? undefined : { key: reading.host, item: log };
      },
      techniquesOf: (_surge, { event }) => [
        event.logsource.product === 'linux' ? 'T1685.006' : 'T1685.005',
      ],
      describe: ({ items }) => `${items.length} logs cleared`,
    },
  ],
);

function clearedChannel(reading: Reading): string {
  // 104 is written to System and names the log that was cleared among its own data.
  return reading.eventId === 1102
    ? 'security'
    : reading.folded('UserData.Channel', 'LogFileCleared.Channel', 'BackupPath', 'Channel');
}

function clearedFile(reading: Reading): string | undefined {
  const process = readProcess(reading);
  if (process === undefined || !/^(rm|shred|truncate|unlink|cp|dd|ln|tee)$/.test(process.program))
    return undefined;
  return /\/var\/log\/[\w./-]+/.exec(process.args)?.[0];
}

import type { Behavior, Detector } from '../behavior.js';
import { MINUTE_MS, NONE } from '../burst-behavior.js';
import { createSequence } from '../sequence.js';

const FIELDS = ['TaskName', 'SubjectUserName', 'TaskContent', 'UserContext'];

/** A task that was made to run something once, as another account or on another machine. */
export const temporaryTask: Behavior = {
  name: 'temporary-task',
  title: 'Scheduled task created and deleted within minutes',
  techniqueIds: ['T1053.005'],
  level: 'high',
  watches: 'Windows 4698 and 4699, TaskScheduler 106 and 141, of one task.',
  thresholds: 'Within 5 minutes: tasks are made to run later and again.',
  falsePositives:
    'Installers that run a step as another account; Windows Update does so under \\Microsoft\\, which is left out.',
  events: [
    { service: 'security', eventIds: [4698, 4699] },
    { service: 'taskscheduler', eventIds: [106, 141] },
  ],
  start: startTemporaryTask,
};

function startTemporaryTask(): Detector {
  const lives = createSequence({
    steps: ['created', 'deleted'],
    windowMs: 5 * MINUTE_MS,
    isOrdered: true,
    fields: FIELDS,
  });
  return {
    take(reading) {
      const task = reading.folded('TaskName');
      if (task === '' || task.startsWith('\\microsoft\\')) return NONE;
      const isCreated = reading.eventId === 4698 || reading.eventId === 106;
      const step = isCreated ? 'created' : 'deleted';
      const evidence = lives.add(reading, { key: `${reading.host}|${task}`, step });
      if (evidence === undefined) return NONE;
      return [
        {
          techniqueIds: ['T1053.005'],
          confidence: 0.65,
          reason: 'created and deleted within minutes',
          evidence,
        },
      ];
    },
    retained: () => lives.retained(),
  };
}

import type { Behavior, Detector } from '../behavior.js';
import { createBoundedMap } from '../bounded-map.js';
import { createBurst } from '../burst.js';
import { HOUR_MS, MINUTE_MS, NONE } from '../burst-behavior.js';
import type { Reading } from '../reading.js';
import { DISCOVERY_COMMANDS } from './discovery-commands.table.js';
import { PROCESS_FIELDS, type ProcessStart, readProcess } from './read-process.js';

const THRESHOLD = 4;
/** In so many hours before, a command of a host is its routine. */
const ROUTINE_HOURS = 3;

/** What an intruder does first: look around, with one command after another. */
export const discoveryBurst: Behavior = {
  name: 'discovery-burst',
  title: 'Many different discovery commands in a few minutes',
  techniqueIds: [...new Set(DISCOVERY_COMMANDS.map(({ techniqueId }) => techniqueId))].sort(),
  level: 'medium',
  watches:
    'Processes of commands that only look (net, whoami, ipconfig, systeminfo, nltest, tasklist, id, uname, ps …), by host and user.',
  thresholds:
    '4 different techniques in 5 minutes; each that was seen is named. A command that the host ran in 3 different hours before is its routine and does not count.',
  falsePositives: 'An administrator who looks for a fault; inventory scripts on their first day.',
  events: [{ category: 'process_creation' }, { service: 'auditd' }],
  start: startDiscoveryBurst,
};

interface Routine {
  hours: number;
  lastHour: number;
}

function startDiscoveryBurst(): Detector {
  const burst = createBurst({
    windowMs: 5 * MINUTE_MS,
    threshold: THRESHOLD,
    fields: PROCESS_FIELDS,
  });
  const routines = createBoundedMap<Routine>(5_000);
  return {
    take(reading) {
      const process = readProcess(reading);
      const techniqueId = process === undefined ? undefined : techniqueOf(process);
      if (process === undefined || techniqueId === undefined) return NONE;
      if (isRoutine(routines, reading, process)) return NONE;
      const surge = burst.add(reading, {
        key: `${reading.host}|${process.user}`,
        item: techniqueId,
      });
      if (surge === undefined) return NONE;
      return [
        {
          techniqueIds: surge.items,
          confidence: 0.55,
          reason: `commands of ${surge.items.length} discovery techniques`,
          evidence: surge.evidence,
        },
      ];
    },
    retained: () => burst.retained() + routines.size,
  };
}

function techniqueOf({ program, args }: ProcessStart): string | undefined {
  return DISCOVERY_COMMANDS.find(
    (command) =>
      command.programs.includes(program) &&
      (command.args?.test(args) ?? true) &&
      !(command.unless?.test(args) ?? false),
  )?.techniqueId;
}

function isRoutine(
  routines: ReturnType<typeof createBoundedMap<Routine>>,
  reading: Reading,
  { program, parent, args }: ProcessStart,
): boolean {
  if (reading.timeMs === undefined) return false;
  const hour = Math.floor(reading.timeMs / HOUR_MS);
  const key = `${reading.host}|${parent}|${program}|${args}`;
  const routine = routines.get(key) ?? { hours: 0, lastHour: hour };
  if (routine.lastHour !== hour) {
    routine.hours += 1;
    routine.lastHour = hour;
  }
  routines.set(key, routine);
  return routine.hours >= ROUTINE_HOURS;
}

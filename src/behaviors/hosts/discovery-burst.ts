import type { Behavior, Detector, Sighting } from '../behavior.js';
import { type BoundedMap, createBoundedMap } from '../bounded-map.js';
import { createBurst } from '../burst.js';
import { HOUR_MS, MINUTE_MS, NONE } from '../burst-behavior.js';
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
    '4 different techniques in 5 minutes; each that was seen is named. A command that the host runs in 4 different hours is its routine and does not count, so that the burst is told at the end of the run.',
  falsePositives: 'An administrator who looks for a fault; inventory scripts on their first day.',
  events: [{ category: 'process_creation' }, { service: 'auditd' }],
  start: startDiscoveryBurst,
};

interface Routine {
  hours: number;
  lastHour: number;
}

/** A burst that may yet turn out to be routine. */
interface Pending {
  readonly sighting: Sighting;
  readonly commands: readonly string[];
}

const MAX_PENDING = 500;

function startDiscoveryBurst(): Detector {
  const burst = createBurst({
    windowMs: 5 * MINUTE_MS,
    threshold: THRESHOLD,
    fields: PROCESS_FIELDS,
  });
  const routines = createBoundedMap<Routine>(5_000);
  const commands = createBoundedMap<string>(5_000);
  const pending: Pending[] = [];
  return {
    take(reading) {
      const process = readProcess(reading);
      const techniqueId = process === undefined ? undefined : techniqueOf(process);
      if (process === undefined || techniqueId === undefined) return NONE;
      const { program, parent, args, user } = process;
      const command = `${reading.host}|${parent}|${program}|${args}`;
      if (countHour(routines, command, reading.timeMs)) return NONE;
      const key = `${reading.host}|${user}`;
      commands.set(`${key}|${techniqueId}`, command);
      const surge = burst.add(reading, { key, item: techniqueId });
      if (surge === undefined) return NONE;
      pending.push({
        sighting: {
          techniqueIds: surge.items,
          confidence: 0.55,
          reason: `commands of ${surge.items.length} discovery techniques`,
          evidence: surge.evidence,
        },
        commands: surge.items.flatMap((item) => commands.get(`${key}|${item}`) ?? []),
      });
      const overflow = pending.length > MAX_PENDING ? pending.shift() : undefined;
      return overflow === undefined ? NONE : [overflow.sighting];
    },
    // Inventory of the first hours is known for what it is only later.
    finish: () =>
      pending
        .filter((one) => one.commands.every((command) => !isRoutine(routines.get(command))))
        .map(({ sighting }) => sighting),
    retained: () => burst.retained() + routines.size + commands.size + pending.length,
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

function isRoutine(routine: Routine | undefined): boolean {
  return routine !== undefined && routine.hours >= ROUTINE_HOURS;
}

/** Whether the command was a routine of its host before this hour. */
function countHour(
  routines: BoundedMap<Routine>,
  command: string,
  timeMs: number | undefined,
): boolean {
  if (timeMs === undefined) return false;
  const hour = Math.floor(timeMs / HOUR_MS);
  const routine = routines.get(command) ?? { hours: 0, lastHour: hour };
  if (routine.lastHour !== hour) {
    routine.hours += 1;
    routine.lastHour = hour;
  }
  routines.set(command, routine);
  return isRoutine(routine);
}

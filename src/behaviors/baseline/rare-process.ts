import type { Behavior, Detector, EventReference, Sighting } from '../behavior.js';
import { type BoundedMap, createBoundedMap } from '../bounded-map.js';
import { HOUR_MS, NONE } from '../burst-behavior.js';
import { PROCESS_FIELDS, type ProcessStart, readProcess } from '../hosts/read-process.js';
import { refer } from '../refer.js';

const MIN_PROCESSES = 1_000;
const MIN_SPAN_MS = 24 * HOUR_MS;
const MIN_CHILDREN = 30;
const MAX_SIGHTINGS = 20;
const LONG_COMMAND = 800;

/** Programs that run what they are told → technique. */
const TECHNIQUE_OF_PROGRAM: ReadonlyMap<string, string> = new Map([
  ['powershell', 'T1059.001'],
  ['pwsh', 'T1059.001'],
  ['cmd', 'T1059.003'],
  ['bash', 'T1059.004'],
  ['sh', 'T1059.004'],
  ['dash', 'T1059.004'],
  ['wscript', 'T1059.005'],
  ['cscript', 'T1059.005'],
  ['python', 'T1059.006'],
  ['python3', 'T1059.006'],
  ['mshta', 'T1218.005'],
  ['regsvr32', 'T1218.010'],
  ['rundll32', 'T1218.011'],
]);

interface Pair {
  count: number;
  readonly techniqueId: string;
  readonly reference: EventReference;
}

/** What a run of days holds once: a program that started an interpreter only then, a command far longer than the others. */
export const rareProcess: Behavior = {
  name: 'rare-process',
  title: 'Interpreter started by a program that never does, or with a command of odd length',
  techniqueIds: [...new Set([...TECHNIQUE_OF_PROGRAM.values(), 'T1027.010'])].sort(),
  level: 'low',
  watches:
    'Process starts: pairs of parent and child, and lengths of command lines, against the whole run; told at its end.',
  thresholds:
    'Only in runs of 1,000 processes over 24 hours. A pair seen once whose parent started 30 others (0.3); a command seen once of 800 characters and 10 times the mean of its program (0.35). At most 20 in a run.',
  falsePositives: 'Rare is not bad: yearly scripts, a helpdesk call. Low on purpose.',
  events: [{ category: 'process_creation' }],
  start: startRareProcess,
};

interface State {
  readonly pairs: BoundedMap<Pair>;
  readonly children: BoundedMap<{ count: number }>;
  readonly lengths: BoundedMap<{ count: number; sum: number }>;
  readonly long: BoundedMap<{
    count: number;
    readonly length: number;
    readonly program: string;
    readonly reference: EventReference;
  }>;
}

function startRareProcess(): Detector {
  const state: State = {
    pairs: createBoundedMap<Pair>(5_000),
    children: createBoundedMap<{ count: number }>(5_000),
    lengths: createBoundedMap<{ count: number; sum: number }>(1_000),
    long: createBoundedMap(200),
  };
  let processes = 0;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    take(reading) {
      const process = readProcess(reading);
      if (process === undefined || reading.timeMs === undefined) return NONE;
      processes += 1;
      firstMs = Math.min(firstMs, reading.timeMs);
      lastMs = Math.max(lastMs, reading.timeMs);
      count(state.children, process.parent);
      const techniqueId = TECHNIQUE_OF_PROGRAM.get(process.program);
      if (techniqueId !== undefined)
        remember(state, { process, techniqueId, reference: () => refer(reading, PROCESS_FIELDS) });
      return NONE;
    },
    finish: () =>
      processes < MIN_PROCESSES || lastMs - firstMs < MIN_SPAN_MS ? NONE : conclude(state),
    retained: () => state.pairs.size + state.children.size + state.lengths.size + state.long.size,
  };
}

function count(map: BoundedMap<{ count: number }>, key: string): void {
  const entry = map.get(key) ?? { count: 0 };
  entry.count += 1;
  map.set(key, entry);
}

interface Started {
  readonly process: ProcessStart;
  readonly techniqueId: string;
  readonly reference: () => EventReference;
}

function remember(
  { pairs, lengths, long }: State,
  { process, techniqueId, reference }: Started,
): void {
  const { program, parent, commandLine } = process;
  const key = `${parent}|${program}`;
  const pair = pairs.get(key) ?? { count: 0, techniqueId, reference: reference() };
  pair.count += 1;
  pairs.set(key, pair);
  const { length } = commandLine;
  const sizes = lengths.get(program) ?? { count: 0, sum: 0 };
  sizes.count += 1;
  sizes.sum += length;
  lengths.set(program, sizes);
  if (length < LONG_COMMAND) return;
  const same = `${program}|${commandLine}`;
  const seen = long.get(same) ?? { count: 0, length, program, reference: reference() };
  seen.count += 1;
  long.set(same, seen);
}

function conclude({ pairs, children, lengths, long }: State): readonly Sighting[] {
  const sightings: Sighting[] = [];
  for (const [key, pair] of pairs.entries()) {
    const siblings = children.get(key.slice(0, key.lastIndexOf('|')))?.count ?? 0;
    if (pair.count !== 1 || siblings < MIN_CHILDREN || key.startsWith('|')) continue;
    const reason = `the only time among ${siblings} processes of its parent`;
    sightings.push({
      techniqueIds: [pair.techniqueId],
      confidence: 0.3,
      reason,
      evidence: [pair.reference],
    });
  }
  for (const { count: times, length, program, reference } of long.values()) {
    const sizes = lengths.get(program) ?? { count: 0, sum: 0 };
    if (
      times !== 1 ||
      sizes.count < MIN_CHILDREN ||
      length * sizes.count < 10 * (sizes.sum - length)
    )
      continue;
    const reason = `a command of ${length} characters, once`;
    sightings.push({
      techniqueIds: ['T1027.010'],
      confidence: 0.35,
      reason,
      evidence: [reference],
    });
  }
  return sightings.slice(0, MAX_SIGHTINGS);
}

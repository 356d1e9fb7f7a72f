/** Times of the pair queries over a whole shipped catalogue, after load; rows of npm run bench:attack. Needs dist. */
import { spawnSync } from 'node:child_process';
import { type KnowledgeBase, openShipped } from '../src/attack/index.js';
import { type RelatedMap, relateAll, relatedObjects } from '../src/attack/lookup.js';
import { RELATION_PAIRS } from '../src/attack/relation-pairs.table.js';
import { median } from './environment.js';

export interface PairQueryRow {
  readonly what: string;
  /** Wall time. */
  readonly ms: number;
  /** CPU time of all threads, the garbage collector's among them: what stays comparable on a machine that others use. */
  readonly cpuMs: number;
  /** Pairs that were found: a time without the same count is no comparison. */
  readonly count: number;
}

const RUNS = 7;
const VERSION = '18.1';

const size = (related: RelatedMap): number =>
  [...related.values()].reduce((sum, list) => sum + list.length, 0);

/** Every pair, both ways: 22 maps. */
export function relateEverything(knowledgeBase: KnowledgeBase): number {
  // The table pairs the ends; only its union of literals is too wide for the compiler.
  const relate = relateAll as (base: KnowledgeBase, of: string, partner: string) => RelatedMap;
  return RELATION_PAIRS.reduce(
    (sum, { source, target }) =>
      sum +
      size(relate(knowledgeBase, source, target)) +
      size(relate(knowledgeBase, target, source)),
    0,
  );
}

const OF_TECHNIQUE = [
  'group',
  'software',
  'campaign',
  'mitigation',
  'parent-technique',
  'sub-technique',
  'data-component',
  'detection-strategy',
  'asset',
] as const;

/** Every active technique, one look-up for each of its nine partners. */
function lookUpEveryTechnique(knowledgeBase: KnowledgeBase): number {
  let count = 0;
  for (const { stixId } of knowledgeBase.ofKind('technique')) {
    for (const partner of OF_TECHNIQUE)
      count += relatedObjects(knowledgeBase, stixId, partner).length;
  }
  return count;
}

const QUERIES: readonly {
  readonly what: string;
  readonly ask: (knowledgeBase: KnowledgeBase) => number;
}[] = [
  { what: 'all 22 maps of pairs', ask: relateEverything },
  {
    what: 'group → techniques with inheritance, one map',
    ask: (base) => size(relateAll(base, 'group', 'technique')),
  },
  { what: 'every technique → everything, 691 × 9 look-ups', ask: lookUpEveryTechnique },
];

function timed(
  ask: (knowledgeBase: KnowledgeBase) => number,
  knowledgeBase: KnowledgeBase,
): Omit<PairQueryRow, 'what'> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const count = ask(knowledgeBase);
  const elapsedMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { ms: elapsedMs, cpuMs: (user + system) / 1000, count };
}

const open = (): KnowledgeBase => openShipped({ version: VERSION });

/** The first run of a process, in a process of its own, of what ships: dist. */
function coldRun(): Omit<PairQueryRow, 'what'> {
  const args = ['bench/pair-queries-cold.mjs', VERSION];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(stdout) as Omit<PairQueryRow, 'what'>;
}

function toRow(what: string, runs: readonly Omit<PairQueryRow, 'what'>[]): PairQueryRow {
  return {
    what,
    ms: median(runs.map(({ ms }) => ms)),
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    count: runs[0]?.count ?? 0,
  };
}

/**
 * Medians of 7 runs, wall and CPU time in milliseconds, the opening of the catalogue left out. Wall time counts the others on the
 * machine; CPU time of a cold process counts the threads of the garbage collector, which work beside it.
 *
 * First of a process: nothing compiled, no object or relation parsed before. Fresh catalogue: opened anew for each run,
 * so that objects and relations are parsed in the time. Again: on a catalogue that has been asked before; nothing is
 * remembered but the parsed objects and relations.
 */
export function benchPairQueries(): readonly PairQueryRow[] {
  const runs = Array.from({ length: RUNS });
  const cold = toRow('all 22 maps of pairs, first of a process', runs.map(coldRun));
  const warm = QUERIES.flatMap(({ what, ask }) => {
    const asked = open();
    ask(asked);
    return [
      toRow(
        `${what}, fresh catalogue`,
        runs.map(() => timed(ask, open())),
      ),
      toRow(
        `${what}, again`,
        runs.map(() => timed(ask, asked)),
      ),
    ];
  });
  return [cold, ...warm];
}

if (process.argv[1] === import.meta.filename) console.table(benchPairQueries());

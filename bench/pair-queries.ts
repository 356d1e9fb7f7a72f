/** Times of the pair queries over a whole shipped catalogue, after load; rows of npm run bench:attack. */
import { spawnSync } from 'node:child_process';
import { type KnowledgeBase, openShipped } from '../src/attack/index.js';
import { type RelatedMap, relateAll, relatedObjects } from '../src/attack/lookup.js';
import { RELATION_PAIRS } from '../src/attack/relation-pairs.table.js';
import { median } from './environment.js';

export interface PairQueryRow {
  readonly what: string;
  readonly ms: number;
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
  const start = performance.now();
  const count = ask(knowledgeBase);
  return { ms: performance.now() - start, count };
}

const open = (): KnowledgeBase => openShipped({ version: VERSION });

/** The first run of a process, in a process of its own. */
function coldRun(index: number): Omit<PairQueryRow, 'what'> {
  const args = ['--import', 'tsx', import.meta.filename, `--cold=${index}`];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(stdout) as Omit<PairQueryRow, 'what'>;
}

/**
 * Wall times in milliseconds, the opening of the catalogue left out.
 *
 * `first`: median of 7 processes, nothing compiled or parsed before; `fresh`: median of 7 catalogues opened anew in
 * one process; `again`: median of 7 on a catalogue that has been asked before.
 */
export function benchPairQueries(): readonly PairQueryRow[] {
  const runs = Array.from({ length: RUNS });
  return QUERIES.flatMap(({ what, ask }, index) => {
    const asked = open();
    ask(asked);
    const series = {
      'first of a process': runs.map(() => coldRun(index)),
      'fresh catalogue': runs.map(() => timed(ask, open())),
      again: runs.map(() => timed(ask, asked)),
    };
    return Object.entries(series).map(([when, results]) => ({
      what: `${what}, ${when}`,
      ms: median(results.map(({ ms }) => ms)),
      count: results[0]?.count ?? 0,
    }));
  });
}

const cold = process.argv.find((argument) => argument.startsWith('--cold='));
if (cold !== undefined) {
  const query = QUERIES[Number(cold.slice('--cold='.length))];
  if (query !== undefined) console.log(JSON.stringify(timed(query.ask, open())));
} else if (process.argv[1] === import.meta.filename) {
  console.table(benchPairQueries());
}

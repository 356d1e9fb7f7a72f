/**
 * npm run bench:sigma [-- --write] [--worst SECONDS] [--stream BYTES]: events a second that the Sigma engine matches, on
 * one core, cold starts and memory.
 *
 * Needs ../shared/data. The lanes are made up by bench/sigma-lanes.ts; the real events are those of Security-Datasets.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { jsonCollector } from '../src/collectors/index.js';
import { JsonLineEvents, type LineBytes } from '../src/collectors/json-lines/json-line-events.js';
import {
  type CompiledRule,
  compileRuleSet,
  createRuleEngine,
  logsourceApplies,
  prepareRules,
  type RuleEngine,
  type RuleSetImage,
  readRules,
  viewEvent,
} from '../src/sigma/index.js';
import { environmentLine, median } from './environment.js';
import { LANES } from './sigma-lanes.js';
import { searchWorstEvent } from './sigma-worst.js';
import { writeSection } from './write-section.js';

const SIGMA = '../shared/data/sigma';
const DATASETS = '../shared/data/security-datasets/windows';
const ALL = ['rules', 'rules-emerging-threats', 'rules-threat-hunting'];
const RUNS = 5;
const WARM_UPS = 3;
const NAIVE_SAMPLE = 300;

interface LoadedSet {
  readonly rules: readonly CompiledRule[];
  readonly image: RuleSetImage;
  readonly engine: RuleEngine;
}

function loadSet(folders: readonly string[]): LoadedSet {
  const texts = folders.flatMap((folder) =>
    readdirSync(join(SIGMA, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yml'))
      .map((name) => readRules(readFileSync(join(SIGMA, folder, name), 'utf8'), { source: name })),
  );
  const { rules } = prepareRules(texts);
  const image = compileRuleSet(rules.map(({ rule }) => rule));
  const logsources = rules.map(({ rule }) => rule.logsource);
  return { rules, image, engine: createRuleEngine(image, logsources) };
}

/** Events of Security-Datasets as lines: those of files that fit in memory together. */
function realLines(): Buffer {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const name of readdirSync(DATASETS, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.zip') || size > 80_000_000) continue;
    const files = unzipSync(readFileSync(join(DATASETS, name)), {
      filter: ({ name: inner, originalSize }) =>
        inner.endsWith('.json') && originalSize < 12_000_000,
    });
    for (const bytes of Object.values(files)) {
      parts.push(bytes, Buffer.from('\n'));
      size += bytes.length;
    }
  }
  return Buffer.concat(parts);
}

function* linesOf(bytes: Buffer): Generator<LineBytes> {
  let [start, number] = [0, 1];
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (end > start) yield { bytes, start, end, number };
    number += 1;
    start = end + 1;
  }
}

interface Measured {
  readonly events: number;
  readonly matches: number;
}

function parseOnly(bytes: Buffer): Measured {
  let events = 0;
  for (const { start, end } of linesOf(bytes))
    if (typeof JSON.parse(bytes.toString('utf8', start, end)) === 'object') events += 1;
  return { events, matches: 0 };
}

function matchLines(bytes: Buffer, { engine }: LoadedSet): Measured {
  const lines = new JsonLineEvents('bench');
  let [events, matches] = [0, 0];
  for (const line of linesOf(bytes)) {
    const event = lines.make(line);
    if (event === undefined) continue;
    events += 1;
    matches += engine.match(event).length;
  }
  return { events, matches };
}

async function matchCollected(bytes: Buffer, { engine }: LoadedSet): Promise<Measured> {
  let [events, matches] = [0, 0];
  for await (const batch of jsonCollector.read({ source: 'bench', chunks: piecesOf(bytes) }))
    for (const event of batch.events) {
      events += 1;
      matches += engine.match(event).length;
    }
  return { events, matches };
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 262_144) yield bytes.subarray(at, at + 262_144);
}

/** The rules one by one on a few events: what the engine is compared with. */
function matchNaively(bytes: Buffer, { rules }: LoadedSet): Measured {
  const lines = new JsonLineEvents('bench');
  let [events, matches] = [0, 0];
  for (const line of linesOf(bytes)) {
    const event = lines.make(line);
    if (event === undefined) continue;
    events += 1;
    const view = viewEvent(event);
    for (const { rule, matches: holds } of rules)
      if (logsourceApplies(rule.logsource, event.logsource) && holds(view)) matches += 1;
    if (events === NAIVE_SAMPLE) break;
  }
  return { events, matches };
}

type Work = () => Measured | Promise<Measured>;

/** Median events a second of CPU, the measurements interleaved; counts must not move. */
async function measure(works: readonly Work[]): Promise<readonly string[]> {
  const rates = works.map((): number[] => []);
  const counts = new Map<Work, string>();
  for (let run = 0; run < WARM_UPS + RUNS; run += 1)
    for (const [index, work] of works.entries()) {
      const before = process.cpuUsage();
      const { events, matches } = await work();
      const { user, system } = process.cpuUsage(before);
      const count = `${events}/${matches}`;
      if ((counts.get(work) ?? count) !== count) throw new Error('the number of matches moved');
      counts.set(work, count);
      if (run >= WARM_UPS) rates[index]?.push((events / (user + system)) * 1e6);
    }
  return rates.map((own) => `${Math.round(median(own) / 100) / 10}k`);
}

async function laneRow(name: string, bytes: Buffer, set: LoadedSet): Promise<string> {
  const counted = matchLines(bytes, set);
  const [parse, lines, collected] = await measure([
    () => parseOnly(bytes),
    () => matchLines(bytes, set),
    () => matchCollected(bytes, set),
  ]);
  const [naive] = await measure([() => matchNaively(bytes, set)]);
  const size = Math.round(bytes.length / Math.max(1, counted.events));
  return `| ${name} | ${size} | ${set.rules.length} | ${parse} | **${lines}** | ${collected} | ${naive} | ${counted.events}/${counted.matches} |`;
}

interface ColdStart {
  readonly ms: number;
  readonly cpuMs: number;
}

function medianStart(starts: readonly ColdStart[]): string {
  const wall = Math.round(median(starts.map(({ ms }) => ms)));
  return `${wall} ms, ${Math.round(median(starts.map(({ cpuMs }) => cpuMs)))} ms of CPU`;
}

async function coldStarts(streamBytes: number): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const child = join(folder, 'child.mjs');
  await build({
    entryPoints: ['bench/sigma-child.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: child,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  const folders = ALL.map((name) => join(process.cwd(), SIGMA, name));
  const start = (...args: readonly string[]): unknown =>
    JSON.parse(execFileSync(process.execPath, [child, ...args], { encoding: 'utf8' }));
  const cold = (cache: string) => start('cold', cache, ...folders) as ColdStart;
  const fromYaml = Array.from({ length: 3 }, (_, run) => cold(join(folder, `fresh-${run}`)));
  const cached = Array.from({ length: 5 }, () => cold(join(folder, 'fresh-0')));
  const rows = [
    `| cold start to first match, all rules, from YAML (pack written) | ${medianStart(fromYaml)} |`,
    `| the same, from the cached pack | ${medianStart(cached)} |`,
  ];
  if (streamBytes > 0) {
    const file = join(folder, 'lanes.json');
    writeFileSync(file, Buffer.concat(LANES.map((lane) => lane.lines())));
    const { peakMb, events, cpuSeconds } = start(
      'stream',
      join(folder, 'fresh-0'),
      String(streamBytes),
      file,
      ...folders,
    ) as { peakMb: number; events: number; cpuSeconds: number };
    rows.push(
      `| peak RSS, all rules, ${streamBytes / 1e9} GB of the lanes through the collector (${events} events, ${Math.round(cpuSeconds)} s of CPU) | ${Math.round(peakMb)} MB |`,
    );
  }
  rmSync(folder, { recursive: true });
  return rows;
}

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(name);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}

if (!existsSync(SIGMA) || !existsSync(DATASETS))
  throw new Error('bench:sigma needs ../shared/data');
/**
 * In a process of its own and bundled, as the product is: what other lanes left in caches and compiled code, and what tsx adds
 * to functions, would slow it down.
 */
async function lanesInChildren(): Promise<readonly string[]> {
  // Below node_modules, so that packages are found.
  const bundle = 'node_modules/.cache/portolan-bench/sigma.mjs';
  await build({
    entryPoints: ['bench/sigma.ts'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: bundle,
    logLevel: 'error',
  });
  return [...LANES, undefined].map((_, index) =>
    execFileSync(process.execPath, [bundle, '--lane', String(index)], { encoding: 'utf8' }).trim(),
  );
}

const lane = option('--lane', -1);
if (lane >= 0) {
  const made = LANES[lane];
  console.log(
    made === undefined
      ? await laneRow('real events (Security-Datasets)', realLines(), loadSet(ALL))
      : await laneRow(made.name, made.lines(), loadSet(['rules'])),
  );
  process.exit();
}
const rows = await lanesInChildren();
const all = loadSet(ALL);
const worst = searchWorstEvent(all.rules, all.image, option('--worst', 30));
const starts = await coldStarts(option('--stream', 1e9));
const section = `| events, one core, CPU time | bytes | rules | JSON.parse alone | **lines to matches** | through the collector | rules one by one | events/matches |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

| | |
| --- | --- |
${starts.join('\n')}
| slowest event of at most 64 KiB that a search of ${worst.tried} found ("${worst.title}", ${worst.logsource}): first time, then | ${worst.firstMs.toFixed(1)} ms, ${worst.medianMs.toFixed(1)} ms of CPU |

${environmentLine('SigmaHQ rules and Security-Datasets as in ../shared/data')}; medians of ${RUNS} after ${WARM_UPS} to warm up.`;
console.log(section);
if (process.argv.includes('--write')) writeSection('sigma', section);

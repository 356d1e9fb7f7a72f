import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBehaviorRunner } from '../src/behaviors/index.js';
import { detectCollector, type Event, type Logsource, openLogs } from '../src/collectors/index.js';
import {
  compileRuleSet,
  createRuleEngine,
  loadRules,
  type RuleLogsource,
  type SigmaRule,
} from '../src/sigma/index.js';
import { makeBenign } from './log-quality-benign.js';
import type { LabelledUnit } from './log-quality-corpora.js';

/** A set of rules, or the behaviours, whose matches are kept together. */
export interface EvidencePack {
  readonly name: 'own' | 'sigmahq' | 'behaviors';
  /** Empty for behaviours. */
  readonly rules: readonly SigmaRule[];
  /** Hash of the rules' texts. */
  readonly version: string;
}

/** What a pack found in a unit. */
export interface UnitMatches {
  readonly events: number;
  /** In order; `place` is the event's, from 0 over all files of the unit. */
  readonly matches: readonly PackMatch[];
  /** Each logsource of the events once. */
  readonly logsources: readonly Pick<Logsource, 'product' | 'categories' | 'services'>[];
}

export interface PackMatch {
  /** Id of the rule. */
  readonly key: string;
  readonly place: number;
  readonly host: string;
  readonly time: string | undefined;
  /** Of behaviours, which say it for each match; undefined: what the rule's tags say. */
  readonly techniqueIds?: readonly string[];
  readonly confidence?: number;
  readonly level?: string;
}

// Beside Portolan's own rules lie the events that test them.
const RULE_FILE = /(?<!\.events)\.ya?ml$/i;
const CODE = ['src/sigma', 'src/collectors'];
const CACHE = join(tmpdir(), 'portolan-log-quality');

export function ruleKey({ id, at }: SigmaRule): string {
  return id?.toLowerCase() ?? `${at.source}:${at.line}`;
}

export function loadRulePack(name: EvidencePack['name'], folders: readonly string[]): EvidencePack {
  const files = folders.flatMap((folder) =>
    filesBelow(folder).filter((file) => RULE_FILE.test(file)),
  );
  const byKey = new Map<string, SigmaRule>();
  const hash = createHash('sha256');
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    hash.update(text);
    for (const { rule } of loadRules(text, { source: file }).rules)
      if (!byKey.has(ruleKey(rule)) && rule.status !== 'unsupported')
        byKey.set(ruleKey(rule), rule);
  }
  return { name, rules: [...byKey.values()], version: hash.digest('hex').slice(0, 16) };
}

/** The behaviours that ship; their code is their version. */
export function behaviorPack(): EvidencePack {
  return { name: 'behaviors', rules: [], version: hashFiles(['src/behaviors']) };
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function hashFiles(folders: readonly string[]): string {
  const hash = createHash('sha256');
  const files = folders.flatMap(filesBelow).filter((file) => !file.endsWith('.test.ts'));
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Runs a pack over units; answers from a folder of temporary files where code, rules and logs are those of an earlier run.
 */
export async function matchUnits(
  units: readonly LabelledUnit[],
  pack: EvidencePack,
): Promise<readonly UnitMatches[]> {
  const folder = join(CACHE, `2-${pack.name}-${pack.version}-${hashFiles(CODE)}`);
  mkdirSync(folder, { recursive: true });
  let match: ((unit: LabelledUnit) => Promise<UnitMatches>) | undefined;
  const found: UnitMatches[] = [];
  for (const unit of units) {
    const stamps = stampOf(unit);
    const kept = join(folder, `${createHash('sha256').update(stamps).digest('hex')}.json`);
    if (!existsSync(kept)) {
      match ??= createUnitMatcher(pack);
      // Whole or not at all: another run may read it.
      const started = `${kept}.${process.pid}`;
      writeFileSync(started, JSON.stringify(await match(unit)));
      renameSync(started, kept);
    }
    found.push(JSON.parse(readFileSync(kept, 'utf8')) as UnitMatches);
  }
  return found;
}

function stampOf({ paths, seed }: LabelledUnit): string {
  if (seed !== undefined)
    return `${seed} ${hashFiles(['test/behaviors', 'bench/log-quality-benign.ts'])}`;
  return paths.map(fileStamp).join('\n');
}

function fileStamp(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}

function createUnitMatcher(pack: EvidencePack): (unit: LabelledUnit) => Promise<UnitMatches> {
  if (pack.name === 'behaviors') return matchBehaviors;
  const logsources: readonly RuleLogsource[] = pack.rules.map(({ logsource }) => logsource);
  const engine = createRuleEngine(compileRuleSet(pack.rules), logsources);
  const keys = pack.rules.map(ruleKey);
  return (unit) =>
    gather(unit, (event, place) =>
      engine
        .match(event)
        .map((rule) => ({ key: keys[rule] ?? '', place, host: hostOf(event), time: event.time })),
    );
}

async function matchBehaviors(unit: LabelledUnit): Promise<UnitMatches> {
  const runner = createBehaviorRunner();
  type Match = ReturnType<typeof runner.push>[number];
  const toMatch = (
    { ruleId, techniqueIds, confidence, level, time, host, user, evidence }: Match,
    place: number,
  ) => ({
    key: ruleId,
    place,
    host: host ?? user ?? evidence.at(-1)?.source ?? '',
    time,
    techniqueIds,
    confidence,
    level,
  });
  const found = await gather(unit, (event, place) =>
    runner.push(event).map((match) => toMatch(match, place)),
  );
  const last = runner.finish().map((match, index) => toMatch(match, found.events + index));
  return { ...found, matches: [...found.matches, ...last] };
}

async function gather(
  unit: LabelledUnit,
  match: (event: Event, place: number) => readonly PackMatch[],
): Promise<UnitMatches> {
  const matches: PackMatch[] = [];
  const logsources = new Map<string, UnitMatches['logsources'][number]>();
  let events = 0;
  for await (const event of eventsOf(unit)) {
    matches.push(...match(event, events));
    const { product, categories, services } = event.logsource;
    logsources.set(`${product}|${categories}|${services}`, { product, categories, services });
    events += 1;
  }
  return { events, matches, logsources: [...logsources.values()] };
}

/** As `portolan map` names the subject of a match. */
function hostOf({ host, user, source }: Event): string {
  return host ?? user ?? source;
}

async function* eventsOf({ paths, seed }: LabelledUnit): AsyncGenerator<Event> {
  if (seed === undefined) yield* readEvents(paths);
  else for (const event of makeBenign(seed)) yield { kind: 'event', ...event };
}

async function* readEvents(paths: readonly string[]): AsyncGenerator<Event> {
  for (const path of paths)
    for await (const log of openLogs(path)) {
      if (log.kind === 'issue') continue;
      const { source, file } = log;
      const { chunks, modified } = file;
      const collector = detectCollector(source, file.head);
      if (collector === undefined) await chunks[Symbol.asyncIterator]().return?.();
      else
        for await (const { events } of collector.read({ source, chunks, modified })) yield* events;
    }
}

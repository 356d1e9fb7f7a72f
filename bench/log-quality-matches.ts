import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectCollector, type Event, openLogs } from '../src/collectors/index.js';
import {
  type CompiledRule,
  type EventLogsource,
  loadRules,
  logsourceApplies,
  viewEvent,
} from '../src/sigma/index.js';
import type { LabelledUnit } from './log-quality-corpora.js';

/** A set of rules whose matches are kept together. */
export interface RulePack {
  readonly name: 'own' | 'sigmahq';
  readonly rules: readonly CompiledRule[];
  /** Hash of the rules' texts. */
  readonly version: string;
}

/** What the rules of a pack found in a unit. */
export interface UnitMatches {
  readonly events: number;
  /** Key of the rule → places (from 0) of the events on which it fired, over all files of the unit. */
  readonly places: Readonly<Record<string, readonly number[]>>;
  /** Hosts of the events on which any rule fired, by place. */
  readonly hosts: Readonly<Record<string, string>>;
}

// Beside Portolan's own rules lie the events that test them.
const RULE_FILE = /(?<!\.events)\.ya?ml$/i;
const CODE = ['src/sigma', 'src/collectors'];
const CACHE = join(tmpdir(), 'portolan-log-quality');

/** Names a rule in the cache. */
export function ruleKey({ rule }: CompiledRule): string {
  return rule.id ?? `${rule.at.source}:${rule.at.line}`;
}

export function loadRulePack(name: RulePack['name'], folders: readonly string[]): RulePack {
  const files = folders.flatMap((folder) =>
    filesBelow(folder).filter((file) => RULE_FILE.test(file)),
  );
  const byKey = new Map<string, CompiledRule>();
  const hash = createHash('sha256');
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    hash.update(text);
    for (const rule of loadRules(text, { source: file }).rules)
      if (!byKey.has(ruleKey(rule)) && rule.rule.status !== 'unsupported')
        byKey.set(ruleKey(rule), rule);
  }
  return { name, rules: [...byKey.values()], version: hash.digest('hex').slice(0, 16) };
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** Hash of the code that reads logs and runs rules: a change makes the cache old. */
export function codeVersion(): string {
  const hash = createHash('sha256');
  for (const file of CODE.flatMap(filesBelow)) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Runs a pack over units; answers from the cache where code, rules and file are those of an earlier run.
 *
 * @param version of the code, see `codeVersion`.
 */
export async function matchUnits(
  units: readonly LabelledUnit[],
  pack: RulePack,
  version: string,
): Promise<readonly UnitMatches[]> {
  const folder = join(CACHE, `${pack.name}-${pack.version}-${version}`);
  mkdirSync(folder, { recursive: true });
  const found: UnitMatches[] = [];
  for (const unit of units) {
    const id = createHash('sha256').update(unit.paths.map(fileStamp).join('\n')).digest('hex');
    const kept = join(folder, `${id.slice(0, 24)}.json`);
    if (!existsSync(kept)) {
      const matches = await matchUnit(unit, pack);
      writeFileSync(kept, JSON.stringify(matches));
    }
    found.push(JSON.parse(readFileSync(kept, 'utf8')) as UnitMatches);
  }
  return found;
}

function fileStamp(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}

async function matchUnit(unit: LabelledUnit, pack: RulePack): Promise<UnitMatches> {
  const applicable = createApplicable(pack.rules);
  const places: Record<string, number[]> = {};
  const hosts: Record<string, string> = {};
  let place = 0;
  for await (const event of readEvents(unit.paths)) {
    const view = viewEvent(event);
    for (const rule of applicable(event.logsource))
      if (rule.matches(view)) {
        const key = ruleKey(rule);
        places[key] ??= [];
        places[key].push(place);
        hosts[place] = event.host ?? '';
      }
    place += 1;
  }
  return { events: place, places, hosts };
}

/** All events of some files, archives read through. */
export async function* readEvents(paths: readonly string[]): AsyncGenerator<Event> {
  for (const path of paths)
    for await (const log of openLogs(path)) {
      if (log.kind === 'issue') continue;
      const { source, file } = log;
      const { chunks, modified } = file;
      const collector = detectCollector(source, file.head);
      if (collector === undefined) continue;
      for await (const { events } of collector.read({ source, chunks, modified })) yield* events;
    }
}

function createApplicable(
  rules: readonly CompiledRule[],
): (logsource: EventLogsource) => readonly CompiledRule[] {
  const byLogsource = new Map<string, readonly CompiledRule[]>();
  return (logsource) => {
    const { product, categories, services } = logsource;
    const key = JSON.stringify([product, categories, services]);
    const known = byLogsource.get(key);
    if (known !== undefined) return known;
    const found = rules.filter(({ rule }) => logsourceApplies(rule.logsource, logsource));
    byLogsource.set(key, found);
    return found;
  };
}

import { type KnowledgeBase, openKnowledgeBase, openShipped } from '../attack/index.js';
import {
  detectCollector,
  type Event,
  listFiles,
  type OpenLog,
  openLogs,
} from '../collectors/index.js';
import { AppError, type Issue } from '../model/index.js';
import { SIGMA_LEVELS, type SigmaLevel } from '../sigma/index.js';
import { DEFAULT_MIN_CONFIDENCE } from './map-confidence.js';
import { createRuleMatcher, type RuleMatch, type RuleMatcher } from './map-matcher.js';
import type { MapCoverage, MapOutcome, MappedFile } from './map-result.js';
import { loadRuleSet, type RuleSet } from './map-rules.js';
import { createTagReader } from './map-tags.js';
import { createMatchTally, type MatchTally } from './map-tally.js';

export interface MapOptions {
  /** Files and folders of logs. */
  readonly paths: readonly string[];
  /** Folders or files of Sigma rules, beside Portolan's own. Default none. */
  readonly rules?: readonly string[] | undefined;
  /** Whether Portolan's own rules run. Default true. */
  readonly ownRules?: boolean | undefined;
  /** Default the newest that ships. */
  readonly attackVersion?: string | undefined;
  /** Rules of a lower level do not run. Default all run. */
  readonly minLevel?: SigmaLevel | undefined;
  /** 0..1; techniques below are counted and not listed. Default 0.25. */
  readonly minConfidence?: number | undefined;
  /** Called for every match, in the order of files, events and rules. */
  readonly onMatch?: ((match: RuleMatch) => void) | undefined;
  /** Called after each file and now and then within. */
  readonly onProgress?: ((progress: MapProgress) => void) | undefined;
}

/** How far a run is. */
export interface MapProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly events: number;
  readonly bytes: number;
}

/** How many Issues the result lists. */
const LISTED_ISSUES = 100;
/** How many are kept at all; the rest is counted. */
const KEPT_ISSUES = 1_000;

/**
 * Reads logs, runs Sigma rules over their events and says which techniques the events show, with the events as evidence.
 * The same input gives the same result.
 *
 * @throws AppError `USAGE` without paths; `NOT_FOUND` for an ATT&CK version that is not there; `SOURCE_UNREADABLE` when
 *   no rule could be loaded or none of the paths could be read.
 */
export async function mapEvents(options: MapOptions): Promise<MapOutcome> {
  if (options.paths.length === 0) throw new AppError('USAGE', 'expected a file or folder of logs');
  const knowledgeBase = openVersion(options.attackVersion);
  const ruleSet = await loadRuleSet({
    paths: options.rules ?? [],
    ownRules: options.ownRules ?? true,
    minLevel: options.minLevel ?? 'informational',
  });
  if (ruleSet.rules.length === 0)
    throw new AppError('SOURCE_UNREADABLE', `no rule to run: ${firstReason(ruleSet.issues)}`);
  const run = await readAll(options, { knowledgeBase, ruleSet });
  return toOutcome(run, { knowledgeBase, ruleSet, options });
}

/**
 * A level of Sigma, any case.
 *
 * @throws AppError `USAGE` for any other word.
 */
export function parseLevel(text: string): SigmaLevel {
  const level = SIGMA_LEVELS.find((one) => one === text.toLowerCase());
  if (level !== undefined) return level;
  throw new AppError(
    'USAGE',
    `expected a level (${SIGMA_LEVELS.join(', ')}), found ${JSON.stringify(text.slice(0, 60))}`,
  );
}

function openVersion(version: string | undefined): KnowledgeBase {
  return version === undefined ? openShipped() : openKnowledgeBase({ version });
}

function firstReason([first]: readonly Issue[]): string {
  return first === undefined ? 'the folders hold no Sigma rule' : first.message;
}

interface Setting {
  readonly knowledgeBase: KnowledgeBase;
  readonly ruleSet: RuleSet;
}

/** What a run has gathered; changes while it runs. */
interface Run {
  readonly tally: MatchTally;
  readonly matcher: RuleMatcher;
  readonly files: MappedFile[];
  readonly issues: Issue[];
  issueCount: number;
  bytes: number;
  /** Rule title → matches, for rules that name no technique. */
  readonly withoutTechnique: Map<string, number>;
  /** Logsource → events, for events that no rule is about. */
  readonly uncovered: Map<string, number>;
}

async function readAll(options: MapOptions, { knowledgeBase, ruleSet }: Setting): Promise<Run> {
  const { files, issues } = await listFiles(options.paths);
  if (files.length === 0)
    throw new AppError(
      'SOURCE_UNREADABLE',
      `nothing to read: ${unreadableReason(issues, options)}`,
    );
  const run: Run = {
    tally: createMatchTally(knowledgeBase),
    matcher: createRuleMatcher(ruleSet.rules),
    files: [],
    issues: [],
    issueCount: 0,
    bytes: 0,
    withoutTechnique: new Map(),
    uncovered: new Map(),
  };
  addIssues(run, [...ruleSet.issues, ...issues]);
  const tagsOf = createTagReader(knowledgeBase);
  const techniquesOf = new Map(ruleSet.rules.map(({ rule }) => [rule, tagsOf(rule)]));
  for (const { issues: tagIssues } of techniquesOf.values()) addIssues(run, tagIssues);
  let events = 0;
  const take = (event: Event): boolean => {
    events += 1;
    for (const match of run.matcher.match(event)) {
      const techniques = techniquesOf.get(match.compiled.rule);
      if (techniques === undefined || techniques.techniqueIds.length === 0)
        count(run.withoutTechnique, match.compiled.rule.title);
      else run.tally.add(match, techniques);
      options.onMatch?.(match);
    }
    return run.matcher.isCovered(event);
  };
  for (const [filesDone, file] of files.entries()) {
    const progress = (bytes: number): void =>
      options.onProgress?.({
        files: files.length,
        filesDone: bytes === 0 ? filesDone + 1 : filesDone,
        events,
        bytes: run.bytes + bytes,
      });
    await readOne(run, file, { take, progress });
    progress(0);
  }
  return run;
}

function unreadableReason(issues: readonly Issue[], { paths }: MapOptions): string {
  const [first] = issues;
  return first === undefined
    ? `${paths.join(', ')} holds no file`
    : `${first.at?.source ?? ''} ${first.message}`;
}

function addIssues(run: Run, issues: readonly Issue[]): void {
  run.issueCount += issues.length;
  run.issues.push(...issues.slice(0, Math.max(0, KEPT_ISSUES - run.issues.length)));
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

interface Listener {
  /** Takes an event; whether any rule is about it. */
  readonly take: (event: Event) => boolean;
  readonly progress: (bytesOfFile: number) => void;
}

/** Reads a file, or each log in an archive. */
async function readOne(run: Run, path: string, listener: Listener): Promise<void> {
  try {
    for await (const log of openLogs(path)) {
      if (log.kind === 'issue') addIssues(run, [log]);
      else await readLog(run, log, listener);
    }
  } catch (error) {
    addIssues(run, [unreadable(path, error)]);
    const none = { format: undefined, events: 0, coveredEvents: 0 };
    run.files.push({ source: path, ...none, issueCount: 1 });
  }
}

async function readLog(run: Run, { source, file }: OpenLog, listener: Listener): Promise<void> {
  const before = run.issueCount;
  const seen = { events: 0, covered: 0 };
  const collector = detectCollector(source, file.head);
  const format = collector?.name;
  const { chunks, modified } = file;
  if (collector !== undefined)
    for await (const batch of collector.read({ source, chunks, modified })) {
      addIssues(run, batch.issues);
      for (const event of batch.events) takeEvent(run, event, { seen, listener });
      listener.progress(file.bytesRead());
    }
  addIssues(run, file.issues);
  addIssues(run, fileIssues(source, { format, isEmpty: file.head.length === 0, seen }));
  run.bytes += file.bytesRead();
  run.files.push({
    source,
    format,
    events: seen.events,
    coveredEvents: seen.covered,
    issueCount: run.issueCount - before,
  });
}

interface Seen {
  events: number;
  covered: number;
}

function takeEvent(
  run: Run,
  event: Event,
  { seen, listener }: { readonly seen: Seen; readonly listener: Listener },
): void {
  seen.events += 1;
  if (listener.take(event)) seen.covered += 1;
  else count(run.uncovered, describeLogsource(event));
}

/** What is wrong with a file as a whole. */
function fileIssues(
  source: string,
  file: { readonly format: string | undefined; readonly isEmpty: boolean; readonly seen: Seen },
): readonly Issue[] {
  const issue = (code: Issue['code'], message: string): Issue[] => [
    { kind: 'issue', code, message, at: { source } },
  ];
  if (file.isEmpty) return issue('LOG_UNRECOGNISED', 'holds nothing to read');
  if (file.format === undefined)
    return issue('LOG_UNRECOGNISED', 'holds no log of a format that is known');
  if (file.seen.events === 0) return issue('LOG_UNRECOGNISED', 'holds no event that can be read');
  if (file.seen.covered > 0) return [];
  const message = `no loaded rule is about the logsource of any of its ${file.seen.events} events`;
  return issue('LOG_UNCOVERED', message);
}

function unreadable(source: string, error: unknown): Issue {
  // Faults of ours must not look like those of a file.
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  const code = 'code' in error ? String(error.code) : '';
  const message = `cannot be read (${code})`;
  return { kind: 'issue', code: 'FILE_UNREADABLE', message, at: { source } };
}

/** A logsource for people; the log's own names where Sigma has none. */
function describeLogsource({ logsource }: Event): string {
  const { product, categories, services, channel, provider, eventId } = logsource;
  const place = [product, categories[0], services[0] ?? channel ?? provider]
    .filter((part) => part !== undefined)
    .join('/');
  if (place === '') return 'unknown logsource';
  return eventId === undefined ? place : `${place}, event id ${eventId}`;
}

interface OutcomeContext extends Setting {
  readonly options: MapOptions;
}

function toOutcome(run: Run, { knowledgeBase, ruleSet, options }: OutcomeContext): MapOutcome {
  const minConfidence = options.minConfidence ?? DEFAULT_MIN_CONFIDENCE;
  const all = run.tally.techniques();
  const techniques = all.filter(({ confidence }) => confidence >= minConfidence);
  const coverage: MapCoverage = {
    files: run.files,
    unusedLogsources: run.matcher.unusedLogsources(),
    uncoveredLogsources: mostFirst(run.uncovered).map(([logsource, events]) => ({
      logsource,
      events,
    })),
    matchesWithoutTechnique: mostFirst(run.withoutTechnique).map(([title, matches]) => ({
      title,
      matches,
    })),
    belowThreshold: all.length - techniques.length,
    belowMinLevel: ruleSet.belowMinLevel,
    minConfidence,
  };
  return {
    result: {
      attackVersion: knowledgeBase.version,
      input: {
        files: run.files.length,
        events: run.files.reduce((sum, { events }) => sum + events, 0),
        bytes: run.bytes,
        issueCount: run.issueCount,
      },
      issues: run.issues.slice(0, LISTED_ISSUES),
      rules: {
        loaded: ruleSet.rules.length,
        applicable: run.matcher.applicableCount(),
        skipped: ruleSet.skipped,
      },
      techniques,
    },
    coverage,
    tactics: knowledgeBase.tactics.map(({ shortname, name }) => ({ shortname, name })),
    namedTactics: new Map(
      techniques.map(({ techniqueId }) => [techniqueId, run.tally.namedTactics(techniqueId)]),
    ),
    subjects: run.tally.subjects(techniques.map(({ techniqueId }) => techniqueId)),
    mappings: techniques.flatMap(({ techniqueId }) => run.tally.mappings(techniqueId)),
  };
}

function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
}

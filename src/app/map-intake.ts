import type { Issue } from '../model/index.js';
import type { SigmaRule } from '../sigma/index.js';
import { createIssueList, type IssueList } from './map-issues.js';
import { type MatchRule, type TalliedMatch, toRuleMatch } from './map-match.js';
import type { MappedFile, RuleMatch } from './map-result.js';
import type { MapStage } from './map-stage.js';
import type { MatchTally } from './map-tally.js';
import type { EventKind, LogSummary, MapUnit, MatchedEvent, UnitBatch } from './map-unit.js';

/** Where batches go, in the order of the input. */
export interface MapIntake {
  take(batch: UnitBatch, unit: MapUnit): void;
  /** Ends the input. */
  finish(): void;
  readonly issues: IssueList;
  readonly files: readonly MappedFile[];
  readonly totals: IntakeTotals;
  /** Rule title → matches, of rules that name no technique. */
  readonly withoutTechnique: ReadonlyMap<string, number>;
  /** Kinds of events, those of the same label as one. */
  readonly kinds: ReadonlyMap<string, EventKind>;
}

export interface IntakeTotals {
  readonly bytes: number;
  readonly eventsOutside: number;
  readonly eventsWithoutTime: number;
  readonly firstEvent: string | undefined;
  readonly lastEvent: string | undefined;
}

export interface IntakeOptions {
  /** By place in the rule set. */
  readonly rules: readonly SigmaRule[];
  readonly matchRules: readonly MatchRule[];
  readonly stages: readonly MapStage[];
  readonly tally: MatchTally;
  readonly onMatch: ((match: RuleMatch) => void) | undefined;
  readonly onWholeMatch: ((match: TalliedMatch) => void) | undefined;
}

const NO_RULES: readonly SigmaRule[] = [];
// Bounds memory on logs made to name a provider an event.
const MAX_KINDS = 10_000;

export function createIntake(options: IntakeOptions): MapIntake {
  return new Intake(options);
}

class Intake implements MapIntake {
  readonly issues = createIssueList();
  readonly files: MappedFile[] = [];
  readonly withoutTechnique = new Map<string, number>();
  readonly kinds = new Map<string, EventKind>();
  totals: IntakeTotals = {
    bytes: 0,
    eventsOutside: 0,
    eventsWithoutTime: 0,
    firstEvent: undefined,
    lastEvent: undefined,
  };
  readonly #options: IntakeOptions;
  readonly #silent: readonly boolean[];
  /** Of the log that is being read. */
  #log = { lines: 0, issues: 0, parts: [] as LogSummary[] };

  constructor(options: IntakeOptions) {
    this.#options = options;
    const { rules, stages } = options;
    this.#silent = rules.map((rule) => stages.some((stage) => stage.isSilent(rule)));
  }

  take({ source, matched, issues, log }: UnitBatch, unit: MapUnit): void {
    const isPart = unit.part !== undefined;
    this.#log.issues += issues.length;
    this.issues.add(isPart ? issues.map((issue) => this.#moveIssue(issue)) : issues);
    for (const event of matched) this.#takeEvent(isPart ? this.#moveEvent(event) : event, source);
    if (log === undefined) {
      if (isFailure(issues)) this.#failFile(source);
      return;
    }
    this.#log.parts.push(log);
    this.#log.lines += log.lines;
    if (unit.isLast) this.#endLog(source);
  }

  finish(): void {
    for (const stage of this.#options.stages) {
      for (const match of stage.finish()) this.#takeMatch(match);
      this.issues.add(stage.issues());
    }
  }

  /** A part counts its lines from its own start. */
  #moveIssue(issue: Issue): Issue {
    const line = issue.at?.line;
    if (line === undefined) return issue;
    return { ...issue, at: { ...issue.at, line: line + this.#log.lines } };
  }

  #moveEvent(event: MatchedEvent): MatchedEvent {
    return { ...event, record: String(Number(event.record) + this.#log.lines) };
  }

  #takeEvent(event: MatchedEvent, source: string): void {
    const { record, time, host, user, whole } = event;
    for (const { rule, fields } of event.matches) {
      const matchRule = this.#options.matchRules[rule];
      if (matchRule === undefined || this.#silent[rule] === true) continue;
      this.#takeMatch({ rule: matchRule, time, host, user, source, record, fields, event: whole });
    }
    if (event.kept === undefined && event.watched === undefined) return;
    const rules =
      event.matches.length === 0
        ? NO_RULES
        : event.matches.flatMap(({ rule }) => this.#options.rules[rule] ?? []);
    for (const stage of this.#options.stages)
      for (const match of stage.take({ ...event, source, rules })) this.#takeMatch(match);
  }

  #takeMatch(match: TalliedMatch): void {
    if (match.rule.techniques.techniqueIds.length > 0) this.#options.tally.add(match);
    else {
      const { title } = match.rule;
      this.withoutTechnique.set(title, (this.withoutTechnique.get(title) ?? 0) + 1);
    }
    this.#options.onMatch?.(toRuleMatch(match));
    this.#options.onWholeMatch?.(match);
  }

  #failFile(source: string): void {
    this.files.push({
      source,
      format: undefined,
      events: 0,
      coveredEvents: 0,
      issueCount: this.#log.issues,
      uncoveredReason: undefined,
    });
    this.#log = { lines: 0, issues: 0, parts: [] };
  }

  #endLog(source: string): void {
    const { parts } = this.#log;
    const sum = (count: (log: LogSummary) => number) =>
      parts.reduce((total, log) => total + count(log), 0);
    const file = {
      source,
      format: parts[0]?.format,
      events: sum(({ events }) => events),
      coveredEvents: sum(({ coveredEvents }) => coveredEvents),
    };
    for (const part of parts) this.#addTotals(part);
    const isEmpty = parts.every((part) => part.isEmpty);
    const uncoveredReason = reasonOf(file, parts);
    const issues = fileIssues({ ...file, isEmpty, uncoveredReason });
    this.issues.add(issues);
    const issueCount = this.#log.issues + issues.length;
    this.files.push({ ...file, issueCount, uncoveredReason });
    this.#log = { lines: 0, issues: 0, parts: [] };
  }

  #addTotals(log: LogSummary): void {
    const { totals } = this;
    this.totals = {
      bytes: totals.bytes + log.bytes,
      eventsOutside: totals.eventsOutside + log.outsideTime,
      eventsWithoutTime: totals.eventsWithoutTime + log.withoutTime,
      firstEvent: [totals.firstEvent, log.firstTime].filter(isText).sort()[0],
      lastEvent: [totals.lastEvent, log.lastTime].filter(isText).sort().at(-1),
    };
    for (const kind of log.kinds) {
      const key = `${kind.isCovered} ${kind.label} ${kind.logsource.product} ${kind.logsource.services.join()}`;
      const known = this.kinds.get(key);
      if (known === undefined && this.kinds.size >= MAX_KINDS) continue;
      const events = (known?.events ?? 0) + kind.events;
      this.kinds.set(key, { ...kind, events });
    }
  }
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}

/** Issues that come without a log: of an archive, or of a file that could not be read. */
function isFailure(issues: readonly Issue[]): boolean {
  return issues.some(({ code }) => code === 'FILE_UNREADABLE' || code === 'READING_FAILED');
}

const NAMED_KINDS = 3;

function reasonOf(
  { events, coveredEvents }: Pick<MappedFile, 'events' | 'coveredEvents'>,
  parts: readonly LogSummary[],
): string | undefined {
  if (events === 0 || coveredEvents > 0) return undefined;
  const labels = [...new Set(parts.flatMap(({ kinds }) => kinds.map(({ label }) => label)))];
  const named = labels.slice(0, NAMED_KINDS).join('; ');
  const more = labels.length > NAMED_KINDS ? ` and ${labels.length - NAMED_KINDS} more` : '';
  return `its events are ${named}${more}`;
}

/** What is wrong with a log as a whole. */
function fileIssues(
  file: Omit<MappedFile, 'issueCount'> & { readonly isEmpty: boolean },
): readonly Issue[] {
  const { source } = file;
  const issue = (code: Issue['code'], message: string): Issue[] => [
    { kind: 'issue', code, message, at: { source } },
  ];
  if (file.isEmpty) return issue('LOG_UNRECOGNISED', 'holds nothing to read');
  if (file.format === undefined)
    return issue('LOG_UNRECOGNISED', 'holds no log of a format that is known');
  if (file.events === 0) return issue('LOG_UNRECOGNISED', 'holds no event that can be read');
  if (file.uncoveredReason === undefined) return [];
  const message = `no loaded rule is about any of its ${file.events} events: ${file.uncoveredReason}`;
  return issue('LOG_UNCOVERED', message);
}

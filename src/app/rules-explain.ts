import { readFile } from 'node:fs/promises';
import { detectCollector, type Event, openFile } from '../collectors/index.js';
import { AppError } from '../model/index.js';
import {
  type CompiledRule,
  explainRule,
  formatLogsource,
  loadRules,
  logsourceApplies,
  type RuleExplanation,
  viewEvent,
} from '../sigma/index.js';

export interface ExplainOptions {
  /** A file of Sigma rules. */
  readonly rule: string;
  /** A file of events, of any format that `map` reads. */
  readonly events: string;
  /** Id, name or title of the rule in a file of several. Default the first. */
  readonly ruleName?: string | undefined;
  /** The event's record: its first line, or the log's own number. Default: the first that matches, else the one that comes nearest. */
  readonly record?: string | undefined;
}

/** Why a rule does or does not match an event. */
export interface ExplainedRule extends RuleExplanation {
  readonly title: string;
  readonly ruleId: string | undefined;
  /** As written: `sel and not filter`. */
  readonly conditions: readonly string[];
  readonly logsource: {
    /** `windows/process_creation` */
    readonly wanted: string;
    readonly found: string;
    readonly holds: boolean;
  };
  readonly event: {
    readonly record: string;
    readonly time: string | null;
    readonly host: string | null;
    /** How many events the file has, as far as it was read. */
    readonly of: number;
  };
}

const MAX_EVENTS = 100_000;

/**
 * Asks a rule about an event, part by part. Of several events: the one named, else the first that matches, else the one of which
 * most parts of the rule hold.
 *
 * @throws AppError `SOURCE_UNREADABLE` when a file holds no rule or no event; `NOT_FOUND` for a rule or record that is not
 *   there.
 */
export async function explainFiles(options: ExplainOptions): Promise<ExplainedRule> {
  const { compiled, conditions } = await readRule(options);
  let best: { readonly explained: ExplainedRule; readonly score: number } | undefined;
  let count = 0;
  for await (const event of readEvents(options.events)) {
    count += 1;
    if (options.record !== undefined && event.record !== options.record) continue;
    const explained = explainEvent(compiled, event, conditions);
    const score = scoreOf(explained);
    if (best === undefined || score > best.score) best = { explained, score };
    const isFound = explained.matched && explained.logsource.holds;
    if (options.record !== undefined || isFound || count >= MAX_EVENTS) break;
  }
  if (best !== undefined) {
    const { event } = best.explained;
    return { ...best.explained, event: { ...event, of: count } };
  }
  throw count === 0
    ? new AppError('SOURCE_UNREADABLE', `expected an event in ${options.events}, found none`)
    : new AppError('NOT_FOUND', `no event of ${options.events} has the record ${options.record}`);
}

async function readRule({ rule: path, ruleName }: ExplainOptions) {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}`, { cause: error });
  }
  const { rules, issues } = loadRules(text, { source: path });
  const [first] = rules;
  if (first === undefined)
    throw new AppError(
      'SOURCE_UNREADABLE',
      `expected a Sigma rule in ${path}, found ${issues[0]?.message ?? 'none'}`,
    );
  const compiled =
    ruleName === undefined
      ? first
      : rules.find(({ rule }) => [rule.id, rule.name, rule.title].includes(ruleName));
  if (compiled === undefined)
    throw new AppError('NOT_FOUND', `no rule of ${path} is called ${JSON.stringify(ruleName)}`);
  return { compiled, conditions: compiled.rule.conditions.map(conditionText) };
}

type RuleCondition = CompiledRule['rule']['conditions'][number];

function conditionText(condition: RuleCondition): string {
  switch (condition.kind) {
    case 'selection':
      return condition.name;
    case 'of':
      return `${condition.quantity === 'all' ? 'all' : '1'} of ${condition.pattern}`;
    case 'not':
      return `not ${inBrackets(condition.part)}`;
    case 'and':
    case 'or':
      return condition.parts.map(inBrackets).join(` ${condition.kind} `);
  }
}

function inBrackets(condition: RuleCondition): string {
  const text = conditionText(condition);
  return condition.kind === 'and' || condition.kind === 'or' ? `(${text})` : text;
}

async function* readEvents(path: string): AsyncGenerator<Event> {
  let file: Awaited<ReturnType<typeof openFile>>;
  try {
    file = await openFile(path);
  } catch (error) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}`, { cause: error });
  }
  const collector = detectCollector(path, file.head);
  if (collector === undefined)
    throw new AppError('SOURCE_UNREADABLE', `expected events in ${path}, found no known format`);
  for await (const { events } of collector.read({ source: path, chunks: file.chunks }))
    yield* events;
}

function explainEvent(
  compiled: CompiledRule,
  event: Event,
  conditions: readonly string[],
): ExplainedRule {
  const { rule } = compiled;
  const { product, categories, services } = event.logsource;
  return {
    title: rule.title,
    ruleId: rule.id,
    conditions,
    logsource: {
      wanted: formatLogsource(rule.logsource),
      found: [product, ...categories, ...services].filter((part) => part !== undefined).join('/'),
      holds: logsourceApplies(rule.logsource, event.logsource),
    },
    event: { record: event.record, time: event.time ?? null, host: event.host ?? null, of: 1 },
    ...explainRule(compiled, viewEvent(event)),
  };
}

function scoreOf({ matched, logsource, selections }: ExplainedRule): number {
  const items = selections.flatMap((selection) => selection.items);
  const share = items.filter(({ held }) => held).length / Math.max(1, items.length);
  return (matched ? 2 : 0) + (logsource.holds ? 1 : 0) + share;
}

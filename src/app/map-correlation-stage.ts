import type { Issue } from '../model/index.js';
import {
  type CorrelationMatch,
  createCorrelator,
  type LinkedCorrelation,
  type RuleLogsource,
  type SigmaCorrelation,
  type SigmaRule,
} from '../sigma/index.js';
import { type MatchRule, type TalliedMatch, toMatchRule } from './map-match.js';
import type { MapStage, StagedEvent } from './map-stage.js';
import type { RuleTechniques, TaggedRule } from './map-tags.js';
import { clipText } from './map-text.js';

/** What correlations need of an event when they show it as evidence. */
interface SeenEvent {
  readonly time: string | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly source: string;
  readonly record: string;
  readonly titles: readonly string[];
}

export interface CorrelationStageOptions {
  readonly correlations: readonly LinkedCorrelation[];
  /** Rules and correlations that match nothing by themselves. */
  readonly silent: ReadonlySet<SigmaRule | SigmaCorrelation>;
  readonly tagsOf: (rule: TaggedRule) => RuleTechniques;
}

// Named in the evidence; all are counted.
const MAX_NAMED_EVENTS = 20;

/** The correlations of a rule set as a stage of `map`: a match is told at the event with which its condition began to hold. */
export function createCorrelationStage(options: CorrelationStageOptions): MapStage {
  const { correlations, silent, tagsOf } = options;
  const correlator = createCorrelator<SeenEvent>(correlations);
  const fields = fieldsByRule(correlations);
  const matchRules = new Map<SigmaCorrelation, MatchRule>();
  for (const { correlation } of correlations) {
    if (silent.has(correlation)) continue;
    const logsource = logsourceOf(correlation, correlations);
    const techniques = tagsOf({ ...correlation, logsource });
    matchRules.set(correlation, toMatchRule(correlation, techniques));
  }
  const tallied = (matches: readonly CorrelationMatch<SeenEvent>[]): readonly TalliedMatch[] =>
    matches.flatMap((match) => {
      const rule = matchRules.get(match.correlation);
      return rule === undefined ? [] : [toTallied(match, rule)];
    });
  return {
    fieldsOf: (rule) => fields.get(rule) ?? [],
    isSilent: (rule) => silent.has(rule),
    take({ rules, kept, time, host, user, source, record }: StagedEvent) {
      const timeMs = time === undefined ? undefined : Date.parse(time);
      const titles = rules.map(({ title }) => title);
      correlator.add(rules, {
        timeMs: timeMs === undefined || Number.isNaN(timeMs) ? undefined : timeMs,
        texts: (field) => kept?.[field] ?? [],
        item: { time, host, user, source, record, titles },
      });
      return tallied(correlator.take());
    },
    finish: () => tallied(correlator.finish()),
    issues: () => [
      ...correlator.issues(),
      ...[...matchRules.values()].flatMap(({ techniques }): readonly Issue[] => techniques.issues),
    ],
  };
}

/** That of the first rule that a correlation stands on. */
function logsourceOf(
  correlation: SigmaCorrelation,
  correlations: readonly LinkedCorrelation[],
): RuleLogsource {
  const linked = correlations.find((one) => one.correlation === correlation);
  const [first] = linked?.inputs ?? [];
  if (first?.kind === 'rule') return first.logsource;
  return first === undefined
    ? { product: undefined, category: undefined, service: undefined }
    : logsourceOf(first, correlations);
}

function fieldsByRule(
  correlations: readonly LinkedCorrelation[],
): ReadonlyMap<SigmaRule, readonly string[]> {
  const fields = new Map<SigmaRule, Set<string>>();
  for (const { inputs, groupFields, correlation } of correlations)
    for (const [place, input] of inputs.entries()) {
      if (input.kind !== 'rule') continue;
      // A field that no event has: an event is handed on only when fields of it are asked for.
      const known = fields.get(input) ?? new Set(['']);
      fields.set(input, known);
      const { condition } = correlation;
      const compared = condition.kind === 'compare' ? condition.fields : [];
      for (const field of [...(groupFields[place] ?? []), ...compared]) known.add(field);
    }
  return new Map([...fields].map(([rule, names]) => [rule, [...names]]));
}

/** The match stands at the event with which its condition began to hold. */
function toTallied(match: CorrelationMatch<SeenEvent>, rule: MatchRule): TalliedMatch {
  const { correlation, group, eventCount, value, evidence, heldMs, lastMs } = match;
  const decidedMs = Math.min(heldMs, lastMs);
  const deciding =
    evidence.findLast(({ time }) => time !== undefined && Date.parse(time) <= decidedMs) ??
    evidence.at(-1);
  const hosts = new Set(evidence.map(({ host }) => host));
  const users = new Set(evidence.map(({ user }) => user));
  const named = evidence
    .slice(0, MAX_NAMED_EVENTS)
    .map(({ time, source, record, titles }) =>
      clipText(`${time ?? ''} ${source} ${record}: ${titles.join(', ')}`, 500),
    );
  return {
    rule,
    time: new Date(decidedMs).toISOString(),
    // Events of several hosts are of none.
    host: hosts.size === 1 ? deciding?.host : group.get('Computer'),
    user: users.size === 1 ? deciding?.user : undefined,
    source: deciding?.source ?? '',
    record: deciding?.record ?? '',
    fields: Object.fromEntries([
      ...group,
      ['correlation', describe(correlation, value)],
      ['events', String(eventCount)],
      ['evidence', named.join('\n')],
    ]),
  };
}

function describe({ type, timespanSeconds, condition }: SigmaCorrelation, value: number): string {
  const fields = condition.kind === 'compare' ? condition.fields.join(', ') : '';
  const what = fields === '' ? type : `${type} of ${fields}`;
  return `${what} = ${Math.round(value * 1_000) / 1_000} within ${timespanSeconds} s`;
}

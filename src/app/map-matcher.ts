import type { Event } from '../collectors/index.js';
import {
  type CompiledRule,
  type EventLogsource,
  type EventView,
  formatLogsource,
  logsourceApplies,
  type RuleLogsource,
  viewEvent,
} from '../sigma/index.js';

/** A rule that fired on an event. */
export interface RuleMatch {
  readonly kind: 'rule-match';
  readonly compiled: CompiledRule;
  readonly event: Event;
  /** The event opened for matching: what the matched fields are read from. */
  readonly view: EventView;
}

/** Runs a set of rules over events, and counts which rules could apply to which events. */
export interface RuleMatcher {
  /** In the order of the rules. Each event meets only the rules of its logsource. */
  match(event: Event): readonly RuleMatch[];
  /** Whether any rule is about the event's logsource. */
  isCovered(event: Event): boolean;
  /** Rules whose logsource an event was of so far. */
  applicableCount(): number;
  /** Logsources of rules that no event was of so far; most rules first. */
  unusedLogsources(): readonly { readonly logsource: RuleLogsource; readonly rules: number }[];
}

export function createRuleMatcher(rules: readonly CompiledRule[]): RuleMatcher {
  const byLogsource = new Map<string, readonly CompiledRule[]>();
  const applicable = (logsource: EventLogsource): readonly CompiledRule[] => {
    const { product, categories, services } = logsource;
    const key = JSON.stringify([product, categories, services]);
    let found = byLogsource.get(key);
    if (found === undefined) {
      found = rules.filter(({ rule }) => logsourceApplies(rule.logsource, logsource));
      byLogsource.set(key, found);
    }
    return found;
  };
  const used = () => new Set([...byLogsource.values()].flat());
  return {
    match(event) {
      const view = viewEvent(event);
      return applicable(event.logsource)
        .filter((compiled) => compiled.matches(view))
        .map((compiled) => ({ kind: 'rule-match', compiled, event, view }));
    },
    isCovered: (event) => applicable(event.logsource).length > 0,
    applicableCount: () => used().size,
    unusedLogsources: () => countLogsources(rules, used()),
  };
}

function countLogsources(rules: readonly CompiledRule[], used: ReadonlySet<CompiledRule>) {
  const counts = new Map<string, { readonly logsource: RuleLogsource; rules: number }>();
  for (const compiled of rules) {
    if (used.has(compiled)) continue;
    const { logsource } = compiled.rule;
    const key = formatLogsource(logsource);
    const count = counts.get(key) ?? { logsource, rules: 0 };
    count.rules += 1;
    counts.set(key, count);
  }
  return [...counts]
    .sort(([a, { rules: left }], [b, { rules: right }]) => right - left || (a < b ? -1 : 1))
    .map(([, count]) => count);
}

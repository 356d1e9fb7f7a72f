import type { Event } from '../collectors/index.js';
import {
  type CompiledRule,
  type EventLogsource,
  logsourceApplies,
  matchedFields,
  viewEvent,
} from '../sigma/index.js';

/** A rule that fired on an event. */
export interface FiredRule {
  /** Place in the rule set. */
  readonly rule: number;
  /** The fields that made it fire, read when asked for. */
  readonly fields: () => ReadonlyMap<string, string>;
}

/** Runs a set of rules over events. */
export interface RuleMatcher {
  /** In the order of the rules. Each event meets only the rules of its logsource. */
  match(event: Event): readonly FiredRule[];
  /** Whether any rule is about a logsource. */
  isCovered(logsource: EventLogsource): boolean;
}

export function createRuleMatcher(rules: readonly CompiledRule[]): RuleMatcher {
  const byLogsource = new Map<string, readonly number[]>();
  const applicable = (logsource: EventLogsource): readonly number[] => {
    const { product, categories, services } = logsource;
    const key = JSON.stringify([product, categories, services]);
    let found = byLogsource.get(key);
    if (found === undefined) {
      found = rules.flatMap(({ rule }, index) =>
        logsourceApplies(rule.logsource, logsource) ? [index] : [],
      );
      byLogsource.set(key, found);
    }
    return found;
  };
  return {
    match(event) {
      const view = viewEvent(event);
      return applicable(event.logsource).flatMap((index) => {
        const rule = rules[index];
        if (rule === undefined || !rule.matches(view)) return [];
        return [{ rule: index, fields: () => matchedFields(rule, view) }];
      });
    },
    isCovered: (logsource) => applicable(logsource).length > 0,
  };
}

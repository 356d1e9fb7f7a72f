import type { Event } from '../collectors/index.js';
import {
  type CompiledRule,
  compileRuleSet,
  createRuleEngine,
  type EventLogsource,
  logsourceApplies,
  matchedFields,
  type RuleSetImage,
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

const NONE: readonly FiredRule[] = [];

/**
 * @param image the same rules compiled before, in the same order. Default: they are compiled now, which takes a tenth of a
 *   second for a thousand rules.
 */
export function createRuleMatcher(
  rules: readonly CompiledRule[],
  image: RuleSetImage = compileRuleSet(rules.map(({ rule }) => rule)),
): RuleMatcher {
  const engine = createRuleEngine(
    image,
    rules.map(({ rule }) => rule.logsource),
  );
  const single = rules.flatMap((compiled, index) => (asksPlaceholders(compiled) ? [index] : []));
  const matching = (event: Event): readonly number[] => {
    const found = engine.match(event);
    return single.length === 0 ? found : merge(found, matchSingly(event, single, rules));
  };
  return {
    match(event) {
      const found = matching(event);
      if (found.length === 0) return NONE;
      const view = viewEvent(event);
      return found.flatMap((index) => {
        const rule = rules[index];
        return rule === undefined ? [] : [{ rule: index, fields: () => matchedFields(rule, view) }];
      });
    },
    isCovered: (logsource) => engine.applicable(logsource).length > 0,
  };
}

/** Values of placeholders are known to the compiled rule only, so a rule that still asks for some is asked by itself. */
function asksPlaceholders({ rule }: CompiledRule): boolean {
  const open = [...rule.selections.values()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind !== 'item') open.push(...next.parts);
    else if (next.modifiers.includes('expand')) return true;
  }
  return false;
}

function matchSingly(
  event: Event,
  single: readonly number[],
  rules: readonly CompiledRule[],
): readonly number[] {
  const view = viewEvent(event);
  return single.filter((index) => {
    const compiled = rules[index];
    return (
      compiled !== undefined &&
      logsourceApplies(compiled.rule.logsource, event.logsource) &&
      compiled.matches(view)
    );
  });
}

function merge(some: readonly number[], others: readonly number[]): readonly number[] {
  if (others.length === 0) return some;
  return [...new Set([...some, ...others])].sort((a, b) => a - b);
}

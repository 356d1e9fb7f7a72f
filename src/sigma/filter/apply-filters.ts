import { type Condition, selectionsOfPattern } from '../condition.js';
import { invalid } from '../rule-problem.js';
import type { RuleLogsource, Selection, SigmaRule } from '../sigma-rule.js';
import type { RuleFilter } from './parse-filter.js';

/**
 * A rule with the filters that are about it: it matches what it matched and every filter's condition lets through. The
 * selections of filters get names that no rule can refer to.
 */
export function applyFilters(rule: SigmaRule, filters: readonly RuleFilter[]): SigmaRule {
  const applied = filters.filter((filter) => concerns(filter, rule));
  if (applied.length === 0) return rule;
  const selections = new Map<string, Selection>(rule.selections);
  const added: Condition[] = [];
  for (const [index, filter] of applied.entries()) {
    const rename = (name: string): string => `_filter ${index + 1} ${name}`;
    for (const [name, selection] of filter.selections) selections.set(rename(name), selection);
    added.push(renameSelections(filter.condition, [...filter.selections.keys()], rename));
  }
  const conditions = rule.conditions.map(
    (condition): Condition => ({ kind: 'and', parts: [condition, ...added] }),
  );
  return { ...rule, selections, conditions };
}

/** Whether a filter is about a rule: it names it, or `any`, and what it says of the logsource holds for the rule. */
function concerns(filter: RuleFilter, rule: SigmaRule): boolean {
  if (!coversLogsource(filter.logsource, rule.logsource)) return false;
  return filter.rules === 'any' || filter.rules.some((reference) => isNamed(rule, reference));
}

/** Whether a filter names a rule, whatever its logsource. */
function isNamed({ id, name }: SigmaRule, reference: string): boolean {
  return reference === name || reference.toLowerCase() === id?.toLowerCase();
}

function coversLogsource(filter: RuleLogsource, rule: RuleLogsource): boolean {
  return (['product', 'category', 'service'] as const).every(
    (part) => filter[part] === undefined || filter[part] === rule[part],
  );
}

function renameSelections(
  condition: Condition,
  names: readonly string[],
  rename: (name: string) => string,
): Condition {
  switch (condition.kind) {
    case 'selection':
      return { kind: 'selection', name: rename(condition.name) };
    case 'of': {
      // Spelt out: a pattern would also find selections of the rule.
      const parts = selectionsOfPattern(condition.pattern, names).map(
        (name): Condition => ({ kind: 'selection', name: rename(name) }),
      );
      return { kind: condition.quantity === 'all' ? 'and' : 'or', parts };
    }
    case 'not':
      return { kind: 'not', part: renameSelections(condition.part, names, rename) };
    case 'and':
    case 'or':
      return {
        kind: condition.kind,
        parts: condition.parts.map((part) => renameSelections(part, names, rename)),
      };
  }
}

/** What a filter names and no rule is, or why it does nothing; undefined when all is well. */
export function filterProblem(filter: RuleFilter, rules: readonly SigmaRule[]) {
  const path = ['filter', 'rules'];
  if (filter.rules !== 'any')
    for (const reference of filter.rules) {
      const named = rules.find((rule) => isNamed(rule, reference));
      if (named === undefined)
        return invalid(`filter "${filter.title}" names "${reference}", which is no rule`, path);
      if (!coversLogsource(filter.logsource, named.logsource))
        return invalid(
          `filter "${filter.title}" is for another logsource than rule "${named.title}"`,
          ['logsource'],
        );
    }
  return rules.some((rule) => concerns(filter, rule))
    ? undefined
    : invalid(`filter "${filter.title}" is about none of the rules`, ['logsource']);
}

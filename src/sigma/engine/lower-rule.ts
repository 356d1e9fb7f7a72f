import { modifyItem, type Placeholders } from '../compile-item.js';
import { type Condition, selectionsOfPattern } from '../condition.js';
import type { FieldItem, Selection, SigmaRule } from '../sigma-rule.js';
import { lowerOperand } from './lower-operand.js';
import type { PredicateTable } from './predicate-table.js';
import { FALSE, joinExprs, negate, predicate, type RuleExpr } from './rule-expr.js';

/** What the rules of a set share while they are lowered. */
export interface LowerContext {
  readonly table: PredicateTable;
  readonly placeholders: Placeholders;
}

/**
 * A rule as a formula over predicates. Says what `compileRule` says, for every event.
 *
 * @param rule one that `compileRule` accepts; what it would refuse is never true.
 */
export function lowerRule(rule: SigmaRule, context: LowerContext): RuleExpr {
  const selections = new Map<string, RuleExpr>();
  for (const [name, selection] of rule.selections)
    selections.set(name, lowerSelection(selection, context));
  return joinExprs(
    'or',
    rule.conditions.map((condition) => lowerCondition(condition, selections)),
  );
}

function lowerSelection(selection: Selection, context: LowerContext): RuleExpr {
  if (selection.kind === 'item') return lowerItem(selection, context);
  return joinExprs(
    selection.kind === 'all-of' ? 'and' : 'or',
    selection.parts.map((part) => lowerSelection(part, context)),
  );
}

function lowerItem(item: FieldItem, { table, placeholders }: LowerContext): RuleExpr {
  const modified = modifyItem(item, placeholders);
  if ('kind' in modified) return FALSE;
  const field = table.fieldId(item.field);
  const { cased, linking, negated } = modified;
  const values = modified.values.map((alternatives) =>
    joinExprs(
      'or',
      alternatives.map((operand) => lowerOperand(operand, { field, cased }, table)),
    ),
  );
  const linked = joinExprs(linking === 'all' ? 'and' : 'or', values);
  if (!negated) return linked;
  return joinExprs('and', [predicate(table.presenceOf(field)), negate(linked)]);
}

function lowerCondition(condition: Condition, selections: ReadonlyMap<string, RuleExpr>): RuleExpr {
  switch (condition.kind) {
    case 'selection':
      return selections.get(condition.name) ?? FALSE;
    case 'of': {
      const names = selectionsOfPattern(condition.pattern, selections.keys());
      const wanted = names.flatMap((name) => selections.get(name) ?? []);
      return joinExprs(condition.quantity === 'all' ? 'and' : 'or', wanted);
    }
    case 'not':
      return negate(lowerCondition(condition.part, selections));
    case 'and':
    case 'or':
      return joinExprs(
        condition.kind,
        condition.parts.map((part) => lowerCondition(part, selections)),
      );
  }
}

import type { PredicateTable } from './predicate-table.js';
import type { RuleExpr } from './rule-expr.js';

/** Predicates of which one holds whenever the formula does. */
export interface Witnesses {
  readonly predicates: readonly number[];
  /** How often they select the rule, in guessed events of one. */
  readonly cost: number;
}

/** The rarest witnesses of a formula; undefined when it can be true with no predicate holding. */
export function chooseWitnesses(expr: RuleExpr, table: PredicateTable): Witnesses | undefined {
  switch (expr.kind) {
    case 'constant':
      return expr.value ? undefined : { predicates: [], cost: 0 };
    case 'predicate':
      return table.isSpecial[expr.id] === 1
        ? undefined
        : { predicates: [expr.id], cost: table.likelihood[expr.id] ?? 1 };
    case 'not':
      return undefined;
    case 'and':
      return cheapest(expr.parts.map((part) => chooseWitnesses(part, table)));
    case 'or':
      return union(expr.parts.map((part) => chooseWitnesses(part, table)));
  }
}

function cheapest(choices: readonly (Witnesses | undefined)[]): Witnesses | undefined {
  let best: Witnesses | undefined;
  for (const choice of choices)
    if (choice !== undefined && choice.cost < (best?.cost ?? Infinity)) best = choice;
  return best;
}

function union(choices: readonly (Witnesses | undefined)[]): Witnesses | undefined {
  const predicates = new Set<number>();
  let cost = 0;
  for (const choice of choices) {
    if (choice === undefined) return undefined;
    for (const id of choice.predicates) predicates.add(id);
    cost += choice.cost;
  }
  return { predicates: [...predicates], cost };
}

/** How likely a formula is to hold, 0..1: what is likely false is asked first. A guess. */
export function likelihoodOfExpr(expr: RuleExpr, table: PredicateTable): number {
  switch (expr.kind) {
    case 'constant':
      return expr.value ? 1 : 0;
    case 'predicate':
      return table.likelihood[expr.id] ?? 1;
    case 'not':
      return 1 - likelihoodOfExpr(expr.part, table);
    case 'and':
      return expr.parts.reduce((product, part) => product * likelihoodOfExpr(part, table), 1);
    case 'or':
      return Math.min(
        1,
        expr.parts.reduce((sum, part) => sum + likelihoodOfExpr(part, table), 0),
      );
  }
}

/** Whether a formula asks a special predicate anywhere, which costs more than all others. */
export function asksSpecial(expr: RuleExpr, table: PredicateTable): boolean {
  switch (expr.kind) {
    case 'constant':
      return false;
    case 'predicate':
      return table.isSpecial[expr.id] === 1;
    case 'not':
      return asksSpecial(expr.part, table);
    case 'and':
    case 'or':
      return expr.parts.some((part) => asksSpecial(part, table));
  }
}

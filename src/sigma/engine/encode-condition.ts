import { asksSpecial, likelihoodOfExpr } from './choose-witnesses.js';
import type { PredicateTable } from './predicate-table.js';
import type { RuleExpr } from './rule-expr.js';

/**
 * Operations of a condition. Every one is `[op, size, …]`, `size` counting its own words, so that what follows it is
 * found without looking into it.
 */
export const OP = {
  /** `[op, 3, predicate]` */
  predicate: 0,
  /** `[op, 3, predicate]`: one that is only asked here. */
  special: 1,
  /** `[op, size, field, predicate…]`: any of one field. */
  anyOfField: 2,
  /** `[op, size, field, predicate…]`: all of one field. */
  allOfField: 3,
  and: 4,
  or: 5,
  not: 6,
  /** `[op, 3, 0 or 1]` */
  constant: 7,
} as const;

/** Appends a formula to a program. */
export function encodeCondition(expr: RuleExpr, table: PredicateTable, program: number[]): void {
  switch (expr.kind) {
    case 'constant':
      program.push(OP.constant, 3, expr.value ? 1 : 0);
      return;
    case 'predicate':
      program.push(table.isSpecial[expr.id] === 1 ? OP.special : OP.predicate, 3, expr.id);
      return;
    case 'not':
      encodeSized(OP.not, program, () => encodeCondition(expr.part, table, program));
      return;
    case 'and':
    case 'or':
      encodeJoined(expr, table, program);
  }
}

function encodeSized(op: number, program: number[], encodeParts: () => void): void {
  const start = program.push(op, 0) - 2;
  encodeParts();
  program[start + 1] = program.length - start;
}

function encodeJoined(
  { kind, parts }: Extract<RuleExpr, { kind: 'and' | 'or' }>,
  table: PredicateTable,
  program: number[],
): void {
  const byField = new Map<number, number[]>();
  const others: RuleExpr[] = [];
  for (const part of parts) {
    if (part.kind !== 'predicate' || table.isSpecial[part.id] === 1) others.push(part);
    else {
      const field = table.fieldOf[part.id] ?? 0;
      const group = byField.get(field) ?? [];
      group.push(part.id);
      byField.set(field, group);
    }
  }
  encodeSized(kind === 'and' ? OP.and : OP.or, program, () => {
    for (const [field, ids] of byField) {
      const [first = 0] = ids;
      if (ids.length === 1) program.push(OP.predicate, 3, first);
      else {
        program.push(kind === 'and' ? OP.allOfField : OP.anyOfField, 3 + ids.length, field);
        // One by one: a rule may have more values than a call has arguments.
        for (const id of ids) program.push(id);
      }
    }
    for (const part of inOrder(kind, others, table)) encodeCondition(part, table, program);
  });
}

/** Whatever decides soonest and costs least goes first. */
function inOrder(
  kind: 'and' | 'or',
  parts: readonly RuleExpr[],
  table: PredicateTable,
): readonly RuleExpr[] {
  const ranked = parts.map((part) => {
    const likelihood = likelihoodOfExpr(part, table);
    const rank = kind === 'and' ? likelihood : 1 - likelihood;
    return { part, rank: asksSpecial(part, table) ? rank + 2 : rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ part }) => part);
}

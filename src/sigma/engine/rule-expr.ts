/**
 * A rule as a formula over predicates, numbered by `PredicateTable`: what is left of selections and conditions when
 * names, modifiers and lists are resolved.
 */
export type RuleExpr =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'predicate'; readonly id: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly RuleExpr[] }
  | { readonly kind: 'not'; readonly part: RuleExpr };

export const TRUE = { kind: 'constant', value: true } as const;
export const FALSE = { kind: 'constant', value: false } as const;

export function predicate(id: number): RuleExpr {
  return { kind: 'predicate', id };
}

/** Joins formulas, flattened and without constants; of none it is true for `and`, false for `or`. */
export function joinExprs(kind: 'and' | 'or', exprs: Iterable<RuleExpr>): RuleExpr {
  const neutral = kind === 'and' ? TRUE : FALSE;
  const parts: RuleExpr[] = [];
  for (const expr of exprs)
    if (expr.kind === kind) for (const part of expr.parts) parts.push(part);
    else if (expr.kind !== 'constant') parts.push(expr);
    else if (expr.value !== neutral.value) return expr;
  const distinct = withoutRepeats(parts);
  const [only] = distinct;
  if (only === undefined) return neutral;
  return distinct.length === 1 ? only : { kind, parts: distinct };
}

function withoutRepeats(parts: readonly RuleExpr[]): readonly RuleExpr[] {
  const ids = new Set<number>();
  return parts.filter((part) => {
    if (part.kind !== 'predicate') return true;
    if (ids.has(part.id)) return false;
    ids.add(part.id);
    return true;
  });
}

export function negate(expr: RuleExpr): RuleExpr {
  if (expr.kind === 'constant') return expr.value ? FALSE : TRUE;
  return expr.kind === 'not' ? expr.part : { kind: 'not', part: expr };
}

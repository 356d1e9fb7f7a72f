import type { StixId } from '../model/index.js';
import type { Relation } from './relation.js';

/** Marks the links that close a circle, walking from every source along links of one type. */
function closingLinks(relations: readonly Relation[]): ReadonlySet<Relation> {
  const outgoing = new Map<StixId, Relation[]>();
  for (const relation of relations) {
    const list = outgoing.get(relation.sourceId);
    if (list === undefined) outgoing.set(relation.sourceId, [relation]);
    else list.push(relation);
  }
  const closing = new Set<Relation>();
  const done = new Set<StixId>();
  for (const start of outgoing.keys()) walk(start);
  return closing;

  // Iterative depth-first search: a hostile bundle may hold a chain of any length.
  function walk(start: StixId): void {
    if (done.has(start)) return;
    const path = new Set<StixId>([start]);
    const stack: { id: StixId; next: number }[] = [{ id: start, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const link = outgoing.get(top.id)?.[top.next];
      top.next += 1;
      if (link === undefined) {
        path.delete(top.id);
        done.add(top.id);
        stack.pop();
      } else if (path.has(link.targetId)) closing.add(link);
      else if (!done.has(link.targetId)) {
        path.add(link.targetId);
        stack.push({ id: link.targetId, next: 0 });
      }
    }
  }
}

/**
 * Removes the links of `subtechnique-of` and `revoked-by` that close a circle, so that walks along them end.
 *
 * @returns the relations without them, in their order, and the ones that were cut.
 */
export function cutCycles(relations: readonly Relation[]): {
  readonly relations: readonly Relation[];
  readonly cut: readonly Relation[];
} {
  const cut = new Set<Relation>();
  for (const type of ['subtechnique-of', 'revoked-by'] as const) {
    for (const link of closingLinks(relations.filter((relation) => relation.type === type)))
      cut.add(link);
  }
  if (cut.size === 0) return { relations, cut: [] };
  return { relations: relations.filter((relation) => !cut.has(relation)), cut: [...cut] };
}

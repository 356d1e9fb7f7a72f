import type { StixId } from '../model/index.js';
import type { AttackObject } from './attack-object.js';
import type { Related, RelatedMap } from './merge-related.js';
import type { Relation } from './relation.js';

interface GrowingEntry {
  readonly object: AttackObject;
  readonly relations: Relation[];
}

/** Keeps each object once, where it came first, with the relations of all its entries. */
function joinEntries(entries: readonly GrowingEntry[]): readonly GrowingEntry[] {
  const joined = new Map<AttackObject, GrowingEntry>();
  for (const entry of entries) {
    const known = joined.get(entry.object);
    if (known === undefined) joined.set(entry.object, entry);
    else for (const relation of entry.relations) known.relations.push(relation);
  }
  return [...joined.values()];
}

/** An index of related objects under construction. */
export class GrowingRelated {
  readonly #lists = new Map<StixId, GrowingEntry[]>();

  add(key: StixId, object: AttackObject, relation: Relation): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, [{ object, relations: [relation] }]);
    else list.push({ object, relations: [relation] });
  }

  finish(): RelatedMap {
    // Most lists name no object twice: one set for all of them tells, cheaper than a map for each.
    const seen = new Set<AttackObject>();
    const finished = new Map<StixId, readonly Related[]>(this.#lists);
    for (const [stixId, list] of this.#lists) {
      seen.clear();
      for (const { object } of list) seen.add(object);
      if (seen.size < list.length) finished.set(stixId, joinEntries(list));
    }
    return finished;
  }
}

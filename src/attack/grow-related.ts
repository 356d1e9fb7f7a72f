import type { StixId } from '../model/index.js';
import type { AttackKind, AttackObject } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';
import type { Related, RelatedMap } from './merge-related.js';
import type { Relation } from './relation.js';

interface GrowingEntry {
  readonly object: AttackObject;
  readonly relations: Relation[];
}

/** An index of related objects under construction. */
export class GrowingRelated {
  readonly #lists = new Map<StixId, Map<StixId, GrowingEntry>>();

  add(key: StixId, object: AttackObject, relation: Relation): void {
    let list = this.#lists.get(key);
    if (list === undefined) {
      list = new Map();
      this.#lists.set(key, list);
    }
    const known = list.get(object.stixId);
    if (known === undefined) list.set(object.stixId, { object, relations: [relation] });
    else known.relations.push(relation);
  }

  finish(): RelatedMap {
    const finished = new Map<StixId, readonly Related[]>();
    for (const [stixId, list] of this.#lists) finished.set(stixId, [...list.values()]);
    return finished;
  }
}

/** Looks up active objects of a kind. The last one is remembered: relations of one source mostly follow each other. */
export function lookUpActive(
  { byStixId }: KnowledgeBase,
  kind: AttackKind,
): (stixId: StixId) => AttackObject | undefined {
  let last: StixId | undefined;
  let found: AttackObject | undefined;
  return (stixId) => {
    if (stixId === last) return found;
    const object = byStixId.get(stixId);
    last = stixId;
    found = object?.kind === kind && object.status === 'active' ? object : undefined;
    return found;
  };
}

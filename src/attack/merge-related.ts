import type { StixId } from '../model/index.js';
import type { AttackObject } from './attack-object.js';
import type { Relation } from './relation.js';

/** An object that is related to the one asked about, and the relationships that say so. */
export interface Related<T extends AttackObject = AttackObject> {
  readonly object: T;
  /** At least one. What is inherited names its whole way: campaign uses T1059.001, campaign attributed-to G0016. */
  readonly relations: readonly Relation[];
}

/** STIX id → what is related to that object; every list has at least one member, no object twice. */
export type RelatedMap<T extends AttackObject = AttackObject> = ReadonlyMap<
  StixId,
  readonly Related<T>[]
>;

/** Joins lists of related objects: an object named twice is kept once, where it came first, with all its relations. */
export function mergeRelatedLists<T extends AttackObject>(
  lists: readonly (readonly Related<T>[])[],
): readonly Related<T>[] {
  const merged = new Map<StixId, Related<T>>();
  // Lists that are ours to grow. Not copied at every addition: a hostile bundle names one pair a million times.
  const grown = new Map<StixId, Relation[]>();
  for (const list of lists) {
    for (const related of list) {
      const { stixId } = related.object;
      const known = merged.get(stixId);
      if (known === undefined) {
        merged.set(stixId, related);
        continue;
      }
      let relations = grown.get(stixId);
      if (relations === undefined) {
        relations = [...known.relations];
        grown.set(stixId, relations);
        merged.set(stixId, { object: known.object, relations });
      }
      for (const relation of related.relations) relations.push(relation);
    }
  }
  return [...merged.values()];
}

/** Joins two maps of related objects key by key, as `mergeRelatedLists` does; neither is changed. */
export function mergeRelated<T extends AttackObject>(
  left: RelatedMap<T>,
  right: RelatedMap<T>,
): RelatedMap<T> {
  const merged = new Map(left);
  for (const [stixId, list] of right) {
    const known = merged.get(stixId);
    merged.set(stixId, known === undefined ? list : mergeRelatedLists([known, list]));
  }
  return merged;
}

/**
 * What objects inherit from those between: techniques of a group's campaigns.
 *
 * @param between what each object is related to directly: group → campaigns.
 * @param relatedTo what is related to one between: campaign → techniques.
 * @returns object → what is related to those between, each with the relations of the whole way.
 */
export function inheritRelated<T extends AttackObject>(
  between: RelatedMap,
  relatedTo: (stixId: StixId) => readonly Related<T>[],
): RelatedMap<T> {
  const inherited = new Map<StixId, readonly Related<T>[]>();
  for (const [stixId, links] of between) {
    const list = inheritRelatedList(links, relatedTo);
    if (list.length > 0) inherited.set(stixId, list);
  }
  return inherited;
}

/** What one object inherits from those between; see `inheritRelated`. */
export function inheritRelatedList<T extends AttackObject>(
  between: readonly Related[],
  relatedTo: (stixId: StixId) => readonly Related<T>[],
): readonly Related<T>[] {
  const lists = between.map((link) =>
    relatedTo(link.object.stixId).map(({ object, relations }) => ({
      object,
      relations: [...relations, ...link.relations],
    })),
  );
  return mergeRelatedLists(lists);
}

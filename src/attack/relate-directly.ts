import { AppError } from '../model/index.js';
import { GrowingRelated, lookUpActive } from './grow-related.js';
import type { KnowledgeBase } from './knowledge-base.js';
import type { RelatedMap } from './merge-related.js';
import {
  kindOfEnd,
  type ObjectAtEnd,
  type PairEnd,
  type PartnerOf,
  RELATION_PAIRS,
} from './relation-pairs.table.js';

type Pair = (typeof RELATION_PAIRS)[number];

/** A pair of the table, and whether the question runs from its source to its target. */
interface DirectedPair {
  readonly pair: Pair;
  readonly isForward: boolean;
}

/** @throws AppError `USAGE` when ATT&CK does not relate the two. */
export function findPair(of: PairEnd, partner: PairEnd): DirectedPair {
  for (const pair of RELATION_PAIRS) {
    if (pair.source === of && pair.target === partner) return { pair, isForward: true };
    if (pair.source === partner && pair.target === of) return { pair, isForward: false };
  }
  throw new AppError('USAGE', `expected a pair of RELATION_PAIRS, found ${of} and ${partner}`);
}

/** `relateDirectly` for ends that are known to be a pair. */
export function relatePair(
  knowledgeBase: KnowledgeBase,
  { pair: { source, type, target }, isForward }: DirectedPair,
): RelatedMap {
  const growing = new GrowingRelated();
  const sourceOf = lookUpActive(knowledgeBase, kindOfEnd(source));
  const targetOf = lookUpActive(knowledgeBase, kindOfEnd(target));
  for (const relation of knowledgeBase.relations.ofType(type)) {
    const from = sourceOf(relation.sourceId);
    const to = from && targetOf(relation.targetId);
    if (from === undefined || to === undefined) continue;
    if (isForward) growing.add(from.stixId, to, relation);
    else growing.add(to.stixId, from, relation);
  }
  return growing.finish();
}

/**
 * The pairs of active objects that a relationship itself joins: what MITRE says of a group, without what its campaigns
 * add. `relateAll` adds that.
 *
 * @param of the keys of the map; objects without a partner are not in it.
 * @throws AppError `USAGE` when ATT&CK does not relate the two, which types rule out.
 */
export function relateDirectly<E extends PairEnd, P extends PartnerOf<E>>(
  knowledgeBase: KnowledgeBase,
  of: E,
  partner: P,
): RelatedMap<ObjectAtEnd<P>> {
  // The table and `ObjectAtEnd` say the same; the checks of kind in `relatePair` make it true.
  return relatePair(knowledgeBase, findPair(of, partner)) as RelatedMap<ObjectAtEnd<P>>;
}

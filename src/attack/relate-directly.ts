import { AppError } from '../model/index.js';
import { GrowingRelated } from './grow-related.js';
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
  const { byStixId, relations } = knowledgeBase;
  const growing = new GrowingRelated();
  // Asking for the whole type first: single look-ups of a catalogue would read its lines one by one.
  if (relations.ofType(type).length === 0) return growing.finish();
  const targetKind = kindOfEnd(target);
  for (const from of knowledgeBase.ofKind(kindOfEnd(source))) {
    for (const relation of relations.from(from.stixId, type)) {
      const to = byStixId.get(relation.targetId);
      if (to?.kind !== targetKind || to.status !== 'active') continue;
      if (isForward) growing.add(from.stixId, to, relation);
      else growing.add(to.stixId, from, relation);
    }
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

import { dataComponentsOf } from './analytics-of.js';
import type { DataComponent, Technique } from './attack-object.js';
import { GrowingRelated } from './grow-related.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { inheritRelated, mergeRelated, type RelatedMap } from './merge-related.js';
import { findPair, relatePair } from './relate-directly.js';
import type { Relation } from './relation.js';
import type { ObjectAtEnd, PairEnd, PartnerOf } from './relation-pairs.table.js';

/** Data components and the techniques that they show, by way of detection strategies and their analytics. */
function relateThroughAnalytics(knowledgeBase: KnowledgeBase, isForward: boolean): RelatedMap {
  const { byStixId, relations } = knowledgeBase;
  const growing = new GrowingRelated();
  if (relations.ofType('detects').length === 0) return growing.finish();
  const join = (component: DataComponent, technique: Technique, relation: Relation): void =>
    isForward
      ? growing.add(component.stixId, technique, relation)
      : growing.add(technique.stixId, component, relation);
  for (const strategy of knowledgeBase.ofKind('detection-strategy')) {
    const components = dataComponentsOf(knowledgeBase, strategy);
    for (const relation of relations.from(strategy.stixId, 'detects')) {
      const technique = byStixId.get(relation.targetId);
      if (technique?.kind !== 'technique' || technique.status !== 'active') continue;
      for (const component of components) join(component, technique, relation);
    }
  }
  return growing.finish();
}

/** What reaches `partner` from `of` by way of campaigns: group → campaign → technique, and back. */
function relateThroughCampaigns(
  knowledgeBase: KnowledgeBase,
  of: PairEnd,
  partner: PairEnd,
): RelatedMap {
  const campaigns = relatePair(knowledgeBase, findPair(of, 'campaign'));
  const ofCampaigns = relatePair(knowledgeBase, findPair('campaign', partner));
  return inheritRelated(campaigns, (campaignId) => ofCampaigns.get(campaignId) ?? []);
}

function relateEnds(knowledgeBase: KnowledgeBase, of: PairEnd, partner: PairEnd): RelatedMap {
  const directed = findPair(of, partner);
  const direct = relatePair(knowledgeBase, directed);
  switch (directed.pair.through) {
    case 'campaigns':
      return mergeRelated(direct, relateThroughCampaigns(knowledgeBase, of, partner));
    case 'analytics':
      return mergeRelated(direct, relateThroughAnalytics(knowledgeBase, directed.isForward));
    case undefined:
      return direct;
  }
}

/**
 * Everything of one kind with what it is related to of another: each group with its techniques.
 *
 * Revoked and deprecated objects are on neither side. Groups inherit what their campaigns used, and data components
 * reach techniques through analytics; see `RELATION_PAIRS`. `relateAll(kb, a, b)` holds the same pairs as
 * `relateAll(kb, b, a)`.
 *
 * @param of the keys of the map; objects without a partner are not in it.
 * @throws AppError `USAGE` when ATT&CK does not relate the two, which types rule out.
 */
export function relateAll<E extends PairEnd, P extends PartnerOf<E>>(
  knowledgeBase: KnowledgeBase,
  of: E,
  partner: P,
): RelatedMap<ObjectAtEnd<P>> {
  // The table and `ObjectAtEnd` say the same; the checks of kind in `relatePair` make it true.
  return relateEnds(knowledgeBase, of, partner) as RelatedMap<ObjectAtEnd<P>>;
}

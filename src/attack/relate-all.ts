import { AppError, type StixId } from '../model/index.js';
import { dataComponentsOf } from './analytics-of.js';
import type { AttackObject } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { inheritRelated, mergeRelated, type Related, type RelatedMap } from './merge-related.js';
import type { Relation } from './relation.js';
import {
  kindOfEnd,
  type ObjectAtEnd,
  type PartnerOf,
  RELATION_PAIRS,
  type RelationEnd,
} from './relation-pairs.table.js';

type Pair = (typeof RELATION_PAIRS)[number];

/** An index of related objects under construction. */
type Growing = Map<StixId, Map<StixId, Related>>;

function add(
  growing: Growing,
  key: StixId,
  { object, relation }: { object: AttackObject; relation: Relation },
): void {
  let list = growing.get(key);
  if (list === undefined) {
    list = new Map();
    growing.set(key, list);
  }
  const known = list.get(object.stixId);
  const relations = known === undefined ? [relation] : [...known.relations, relation];
  list.set(object.stixId, { object, relations });
}

const finish = (growing: Growing): RelatedMap => {
  const finished = new Map<StixId, readonly Related[]>();
  for (const [stixId, list] of growing) finished.set(stixId, [...list.values()]);
  return finished;
};

/** The pairs of active objects that a relationship joins directly. */
function relateDirectly(
  { byStixId, relations }: KnowledgeBase,
  { source, type, target }: Pair,
  isForward: boolean,
): RelatedMap {
  const growing: Growing = new Map();
  const [sourceKind, targetKind] = [kindOfEnd(source), kindOfEnd(target)];
  for (const relation of relations.ofType(type)) {
    const from = byStixId.get(relation.sourceId);
    if (from?.kind !== sourceKind || from.status !== 'active') continue;
    const to = byStixId.get(relation.targetId);
    if (to?.kind !== targetKind || to.status !== 'active') continue;
    if (isForward) add(growing, from.stixId, { object: to, relation });
    else add(growing, to.stixId, { object: from, relation });
  }
  return finish(growing);
}

/** Data components and the techniques that they show, by way of detection strategies and their analytics. */
function relateThroughAnalytics(knowledgeBase: KnowledgeBase, isForward: boolean): RelatedMap {
  const { byStixId, relations } = knowledgeBase;
  const growing: Growing = new Map();
  for (const relation of relations.ofType('detects')) {
    const strategy = byStixId.get(relation.sourceId);
    const technique = byStixId.get(relation.targetId);
    if (strategy?.kind !== 'detection-strategy' || strategy.status !== 'active') continue;
    if (technique?.kind !== 'technique' || technique.status !== 'active') continue;
    for (const component of dataComponentsOf(knowledgeBase, strategy)) {
      if (isForward) add(growing, component.stixId, { object: technique, relation });
      else add(growing, technique.stixId, { object: component, relation });
    }
  }
  return finish(growing);
}

function relateThroughCampaigns(
  knowledgeBase: KnowledgeBase,
  { source, target }: Pair,
  isForward: boolean,
): RelatedMap {
  const [start, end] = isForward ? [source, target] : [target, source];
  const ofCampaigns = relateEnds(knowledgeBase, 'campaign', end);
  const campaigns = relateEnds(knowledgeBase, start, 'campaign');
  return inheritRelated(campaigns, (campaignId) => ofCampaigns.get(campaignId) ?? []);
}

function relateEnds(
  knowledgeBase: KnowledgeBase,
  of: RelationEnd,
  partner: RelationEnd,
): RelatedMap {
  const isPair = (left: RelationEnd, right: RelationEnd): Pair | undefined =>
    RELATION_PAIRS.find(({ source, target }) => source === left && target === right);
  const forward = isPair(of, partner);
  const pair = forward ?? isPair(partner, of);
  if (pair === undefined)
    throw new AppError('USAGE', `expected a pair of RELATION_PAIRS, found ${of} and ${partner}`);
  const isForward = forward !== undefined;
  const direct = relateDirectly(knowledgeBase, pair, isForward);
  switch (pair.through) {
    case 'campaigns':
      return mergeRelated(direct, relateThroughCampaigns(knowledgeBase, pair, isForward));
    case 'analytics':
      return mergeRelated(direct, relateThroughAnalytics(knowledgeBase, isForward));
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
export function relateAll<E extends RelationEnd, P extends PartnerOf<E>>(
  knowledgeBase: KnowledgeBase,
  of: E,
  partner: P,
): RelatedMap<ObjectAtEnd<P>> {
  // The table and `ObjectAtEnd` say the same; the checks of kind in `relateDirectly` make it true.
  return relateEnds(knowledgeBase, of, partner) as RelatedMap<ObjectAtEnd<P>>;
}

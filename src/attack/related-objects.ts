import type { StixId } from '../model/index.js';
import { dataComponentsOf } from './analytics-of.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { inheritRelatedList, mergeRelatedLists, type Related } from './merge-related.js';
import {
  kindOfEnd,
  type ObjectAtEnd,
  type PairEnd,
  RELATION_PAIRS,
} from './relation-pairs.table.js';

type Pair = (typeof RELATION_PAIRS)[number];

/** A question about one object, with the pair of `RELATION_PAIRS` that answers it. */
interface Question {
  readonly stixId: StixId;
  readonly pair: Pair;
  /** The object asked about is the pair's source. */
  readonly isForward: boolean;
}

function findQuestion(
  { byStixId }: KnowledgeBase,
  stixId: StixId,
  partner: PairEnd,
): Question | undefined {
  const kind = byStixId.get(stixId)?.kind;
  for (const pair of RELATION_PAIRS) {
    const { source, target } = pair;
    if (target === partner && kindOfEnd(source) === kind) return { stixId, pair, isForward: true };
    if (source === partner && kindOfEnd(target) === kind) return { stixId, pair, isForward: false };
  }
  return undefined;
}

function relatedDirectly(
  { byStixId, relations }: KnowledgeBase,
  { stixId, pair, isForward }: Question,
): readonly Related[] {
  const links = isForward ? relations.from(stixId, pair.type) : relations.to(stixId, pair.type);
  const wanted = kindOfEnd(isForward ? pair.target : pair.source);
  return links.flatMap((relation) => {
    const object = byStixId.get(isForward ? relation.targetId : relation.sourceId);
    const isWanted = object?.kind === wanted && object.status === 'active';
    return isWanted ? [{ object, relations: [relation] }] : [];
  });
}

/** Data components of a technique, or techniques of a data component, by way of detection strategies. */
function relatedThroughAnalytics(
  knowledgeBase: KnowledgeBase,
  { stixId, isForward }: Question,
): readonly Related[] {
  if (!isForward) {
    return relatedObjects(knowledgeBase, stixId, 'detection-strategy').flatMap(
      ({ object: strategy, relations }) =>
        dataComponentsOf(knowledgeBase, strategy).map((object) => ({ object, relations })),
    );
  }
  const strategies = knowledgeBase
    .ofKind('detection-strategy')
    .filter((strategy) =>
      dataComponentsOf(knowledgeBase, strategy).some((component) => component.stixId === stixId),
    );
  return strategies.flatMap((strategy) =>
    relatedObjects(knowledgeBase, strategy.stixId, 'technique'),
  );
}

function relatedThrough(knowledgeBase: KnowledgeBase, question: Question): readonly Related[] {
  const { stixId, pair, isForward } = question;
  switch (pair.through) {
    case 'campaigns': {
      const campaigns = relatedObjects(knowledgeBase, stixId, 'campaign');
      const partner: PairEnd = isForward ? pair.target : pair.source;
      return inheritRelatedList(campaigns, (campaignId) =>
        relatedObjects(knowledgeBase, campaignId, partner),
      );
    }
    case 'analytics':
      return relatedThroughAnalytics(knowledgeBase, question);
    case undefined:
      return [];
  }
}

/**
 * What one object is related to: the techniques of G0016, the software that uses T1059.001, the parent of a
 * sub-technique. Answers as `relateAll` does, without making the whole map.
 *
 * @param stixId of an object of any status, so that what is gone can still be asked about.
 * @param partner what is looked for.
 * @returns active objects, each once; empty when the object is unknown or of a kind that has no such partner.
 */
export function relatedObjects<P extends PairEnd>(
  knowledgeBase: KnowledgeBase,
  stixId: StixId,
  partner: P,
): readonly Related<ObjectAtEnd<P>>[];
export function relatedObjects(
  knowledgeBase: KnowledgeBase,
  stixId: StixId,
  partner: PairEnd,
): readonly Related[] {
  const question = findQuestion(knowledgeBase, stixId, partner);
  if (question === undefined) return [];
  const direct = relatedDirectly(knowledgeBase, question);
  return mergeRelatedLists([direct, relatedThrough(knowledgeBase, question)]);
}

/** Whether a relationship joins `related` to the object itself, so that it is not only inherited. */
export function isDirectlyRelated({ object, relations }: Related, stixId: StixId): boolean {
  return relations.some(
    ({ sourceId, targetId }) =>
      (sourceId === stixId && targetId === object.stixId) ||
      (sourceId === object.stixId && targetId === stixId),
  );
}

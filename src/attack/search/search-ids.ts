import type { StixId } from '../../model/index.js';
import type { AttackObject } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { findIds, parseTypedId } from './parse-id-query.js';
import type { Candidate, SearchReason } from './search-result.js';

const MAX_PREFIX_IDS = 200;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export interface IdSources {
  readonly knowledgeBase: KnowledgeBase;
  /** Every ATT&CK id of it, sorted. */
  readonly sortedIds: readonly string[];
  otherVersions(): readonly KnowledgeBase[];
}

/** Objects whose id, in whole or in part, is the query or a word of it; from other versions when this one lacks the id. */
export function searchIds(sources: IdSources, query: string): readonly Candidate[] {
  const stixIds = searchStixIds(sources, query);
  if (stixIds.length > 0) return stixIds;
  const named = findIds(query).flatMap((id, place) =>
    idCandidates(sources, id, { score: 1 - place / 1000, asksOthers: true }),
  );
  const typed = parseTypedId(query);
  if (typed === undefined) return named;
  const exact = typed.exact.flatMap((id, place) =>
    // A bare number is an id of every kind; the technique is meant first, and the rest may be what is not meant at all.
    idCandidates(sources, id, {
      score: place === 0 ? 0.99 : 0.75 - place / 1000,
      asksOthers: typed.exact.length === 1,
    }),
  );
  const prefixed = typed.prefixes.flatMap((prefix) => prefixCandidates(sources, prefix));
  return [...named, ...exact, ...prefixed];
}

function searchStixIds(sources: IdSources, query: string): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [uuid] of query.toLowerCase().matchAll(UUID)) {
    const versions = [sources.knowledgeBase, ...sources.otherVersions()];
    for (const knowledgeBase of versions) {
      const object = findByUuid(knowledgeBase, uuid);
      if (object === undefined) continue;
      found.push(toCandidate(knowledgeBase, object, { score: 1, why: 'stix-id' }));
      break;
    }
  }
  return found;
}

function findByUuid(knowledgeBase: KnowledgeBase, uuid: string): AttackObject | undefined {
  for (const stixId of knowledgeBase.byStixId.keys()) {
    if (stixId.endsWith(`--${uuid}`)) return knowledgeBase.byStixId.get(stixId as StixId);
  }
  return undefined;
}

function idCandidates(
  sources: IdSources,
  id: string,
  { score, asksOthers }: { readonly score: number; readonly asksOthers: boolean },
): readonly Candidate[] {
  const current = sources.knowledgeBase.byAttackId.get(id);
  if (current !== undefined) {
    const why = current.status === 'active' ? 'id' : 'old-id';
    return [toCandidate(sources.knowledgeBase, current, { score, why })];
  }
  if (!asksOthers) return [];
  for (const other of sources.otherVersions()) {
    const object = other.byAttackId.get(id);
    if (object === undefined) continue;
    // The same object under the id that it has now.
    const now = sources.knowledgeBase.byStixId.get(object.stixId);
    const [knowledgeBase, found] =
      now === undefined ? [other, object] : [sources.knowledgeBase, now];
    return [{ ...toCandidate(knowledgeBase, found, { score, why: 'old-id' }), matched: id }];
  }
  return [];
}

function prefixCandidates(sources: IdSources, prefix: string): readonly Candidate[] {
  const { knowledgeBase, sortedIds } = sources;
  const start = sortedIds.findIndex((id) => id >= prefix);
  if (start === -1) return [];
  const found: Candidate[] = [];
  for (let place = start; place < sortedIds.length && found.length < MAX_PREFIX_IDS; place += 1) {
    const id = sortedIds[place] ?? '';
    if (!id.startsWith(prefix)) break;
    const object = knowledgeBase.byAttackId.get(id);
    const why = object?.status === 'active' ? 'id-prefix' : 'old-id';
    const score = (object?.status === 'active' ? 0.9 : 0.7) - found.length / 10_000;
    if (object !== undefined) found.push(toCandidate(knowledgeBase, object, { score, why }));
  }
  return found;
}

function toCandidate(
  { version }: KnowledgeBase,
  object: AttackObject,
  { score, why }: { readonly score: number; readonly why: SearchReason },
): Candidate {
  const matched = why === 'stix-id' ? object.stixId : (object.attackId ?? object.stixId);
  return { object, attackVersion: version, score, why, matched };
}

import type { KnowledgeBase } from '../knowledge-base.js';
import { createAttackSearch } from './create-attack-search.js';
import type { AttackSearch, SearchOptions, SearchResult } from './search-result.js';

export interface SearchAttackOptions extends SearchOptions {
  /** Versions of the same domain whose ids and names are known too, in the order in which they are asked. */
  readonly otherVersions?: readonly KnowledgeBase[] | undefined;
}

interface Prepared {
  readonly otherVersions: readonly KnowledgeBase[];
  readonly search: AttackSearch;
}

const NONE: readonly KnowledgeBase[] = [];

// A knowledge base never changes, so its index is as good as a part of it; it goes when the knowledge base goes.
const PREPARED = new WeakMap<KnowledgeBase, Prepared>();

/**
 * Finds the objects of a knowledge base that a query may mean, best first: by id (also in part, or of another version),
 * STIX id, name, alias, "Parent: Sub", log source, common synonym; with typing errors forgiven.
 *
 * The index is made at the first query of a knowledge base and kept with it.
 *
 * @param query any text; the first 500 characters count.
 */
export function searchAttack(
  knowledgeBase: KnowledgeBase,
  query: string,
  { otherVersions = NONE, ...options }: SearchAttackOptions = {},
): readonly SearchResult[] {
  let prepared = PREPARED.get(knowledgeBase);
  if (prepared === undefined || !isSame(prepared.otherVersions, otherVersions)) {
    const search = createAttackSearch({ knowledgeBase, otherVersions: () => otherVersions });
    prepared = { otherVersions, search };
    PREPARED.set(knowledgeBase, prepared);
  }
  return prepared.search.search(query, options);
}

function isSame(left: readonly KnowledgeBase[], right: readonly KnowledgeBase[]): boolean {
  return left.length === right.length && left.every((one, place) => one === right[place]);
}

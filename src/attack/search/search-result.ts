import type { AttackKind, AttackObject } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';

/**
 * Why an object was found: by what of it (`id`, `name` …) when the whole of that was typed; `prefix`, `word` and `typo`
 * when a name was typed in part, in other order, or with errors. `old-id` and `old-name`: it was revoked, deprecated or
 * renamed, or is of another version.
 */
export type SearchReason =
  | 'id'
  | 'id-prefix'
  | 'old-id'
  | 'stix-id'
  | 'name'
  | 'alias'
  | 'parent-sub-name'
  | 'old-name'
  | 'synonym'
  | 'acronym'
  | 'log-source'
  | 'prefix'
  | 'word'
  | 'typo'
  | 'description';

/** One object that a query may mean. */
export interface SearchResult {
  readonly object: AttackObject;
  /** Release that `object` is of: the one searched, or the one that has the object. */
  readonly attackVersion: string;
  /** 0..1; 1 means that the id was typed. Only for comparing the results of one query. */
  readonly score: number;
  readonly why: SearchReason;
  /** The text that answers the query: id, name, alias, log source, or a part of the description. */
  readonly matched: string;
  /**
   * What stands for the object in the version searched: the successors of one that was revoked; of an object of a newer
   * version, those that it took the place of. Empty for an active object of that version.
   */
  readonly successors: readonly AttackObject[];
  /** What a detection strategy or an analytic is for: its strategy and technique. */
  readonly leadsTo: readonly AttackObject[];
}

export interface SearchOptions {
  /** Results, 1..1000. Default 20. */
  readonly limit?: number | undefined;
  /** Default: all. */
  readonly kinds?: readonly AttackKind[] | undefined;
}

export interface SearchSources {
  readonly knowledgeBase: KnowledgeBase;
  /**
   * Other versions of the same domain, in the order in which they are asked; the function is called when a query first
   * needs them.
   */
  readonly otherVersions?: (() => readonly KnowledgeBase[]) | undefined;
}

/** One version of ATT&CK, ready to be searched. */
export interface AttackSearch {
  /**
   * Finds the objects that a query may mean, best first.
   *
   * @param query any text; the first 500 characters count.
   */
  search(query: string, options?: SearchOptions): readonly SearchResult[];
}

/** A result before what it leads to is looked up. */
export interface Candidate {
  readonly object: AttackObject;
  readonly attackVersion: string;
  readonly score: number;
  readonly why: SearchReason;
  readonly matched: string;
}

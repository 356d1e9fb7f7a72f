import {
  type AttackObject,
  type AttackSearch,
  compareVersions,
  createAttackSearch,
  type KnowledgeBase,
  listVersions,
  openKnowledgeBase,
  type SearchResult,
} from '../attack/index.js';
import { AppError, type Domain } from '../model/index.js';
import type { ObjectReference } from './describe-object.js';
import { domainsAsked } from './domains-asked.js';
import { kindsAsked } from './kinds-asked.js';

/** An object that a query may mean, with what to call it. */
export interface SearchHit
  extends Pick<SearchResult, 'object' | 'attackVersion' | 'score' | 'why' | 'matched'> {
  readonly domain: Domain;
  /** Name of the technique that a sub-technique belongs to. */
  readonly parentName: string | undefined;
  readonly successors: readonly ObjectReference[];
  readonly leadsTo: readonly ObjectReference[];
}

export interface SearchAnswer {
  readonly query: string;
  /** What was searched, in this order. */
  readonly searched: readonly { readonly domain: Domain; readonly version: string }[];
  /** Best first. */
  readonly results: readonly SearchHit[];
}

export interface SearchObjectsOptions {
  /** Default: Enterprise, and the other domains where Enterprise has nothing that the query names. */
  readonly domain?: string | undefined;
  /** Default: the newest there is of each domain. */
  readonly version?: string | undefined;
  /** Default: all. */
  readonly kinds?: readonly string[] | undefined;
  /** 1..1000, default 20. */
  readonly limit?: number | undefined;
  /** Searches of earlier calls by domain and version, to which this one adds: making one takes longer than asking it. */
  readonly searches?: Map<string, AttackSearch> | undefined;
}

/** From it on a query names an object of that domain, if with a typing error; others need not be asked. */
const NAMED = 0.75;

/**
 * Finds the objects of ATT&CK that a query may mean.
 *
 * @throws AppError `USAGE` for an empty query, an unknown domain or kind or a limit out of range; `NOT_FOUND` for a version that is not there.
 */
export function searchObjects(query: string, options: SearchObjectsOptions = {}): SearchAnswer {
  if (query.trim() === '') throw new AppError('USAGE', 'expected something to search for');
  const limit = parseLimit(options.limit);
  const kinds = kindsAsked(options.kinds ?? []);
  const searched: { domain: Domain; version: string }[] = [];
  let results: readonly SearchHit[] = [];
  let missing: AppError | undefined;
  for (const domain of domainsAsked(options.domain)) {
    const knowledgeBase = openAsked(domain, options.version);
    if (knowledgeBase instanceof AppError) {
      missing ??= knowledgeBase;
      continue;
    }
    searched.push({ domain, version: knowledgeBase.version });
    const search = searchOf(knowledgeBase, options.searches);
    const found = search.search(query, { kinds, limit });
    results = merge(
      results,
      found.map((result) => toHit(result, knowledgeBase)),
    );
    if ((results[0]?.score ?? 0) >= NAMED) break;
  }
  if (searched.length === 0 && missing !== undefined) throw missing;
  return { query, searched, results: results.slice(0, limit) };
}

function searchOf(
  knowledgeBase: KnowledgeBase,
  searches = new Map<string, AttackSearch>(),
): AttackSearch {
  const key = `${knowledgeBase.domain} ${knowledgeBase.version}`;
  const otherVersions = () => openOthers(knowledgeBase);
  const search = searches.get(key) ?? createAttackSearch({ knowledgeBase, otherVersions });
  searches.set(key, search);
  return search;
}

function parseLimit(limit = 20): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new AppError('USAGE', `expected a limit of 1 to 1000, found ${limit}`);
}

function openAsked(domain: Domain, version: string | undefined): KnowledgeBase | AppError {
  try {
    return openKnowledgeBase({ domain, version });
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return error;
    throw error;
  }
}

/** Every other version of its domain, newest first. */
function openOthers({ domain, version }: KnowledgeBase): readonly KnowledgeBase[] {
  const versions = listVersions()
    .filter((entry) => entry.domain === domain && entry.problem === undefined)
    .map((entry) => entry.version)
    .filter((other) => other !== version);
  return [...new Set(versions)]
    .sort((a, b) => compareVersions(b, a))
    .map((other) => openKnowledgeBase({ domain, version: other }));
}

function toHit(result: SearchResult, knowledgeBase: KnowledgeBase): SearchHit {
  const { object, successors, leadsTo, ...rest } = result;
  const parent =
    object.kind === 'technique' && object.parentId !== undefined
      ? knowledgeBase.byAttackId.get(object.parentId)
      : undefined;
  return {
    domain: knowledgeBase.domain,
    ...rest,
    object,
    parentName: parent?.name,
    successors: successors.map(toReference),
    leadsTo: leadsTo.map(toReference),
  };
}

function toReference({ attackId, stixId, kind, name }: AttackObject): ObjectReference {
  return { attackId, stixId, kind, name };
}

/** Taken off, for the order alone, what a domain resembles that was asked only because the first had nothing named so. */
const LATER_DOMAIN = 0.1;

/** Both lists by score; an object of several domains comes once, as the first domain has it. */
function merge(known: readonly SearchHit[], found: readonly SearchHit[]): readonly SearchHit[] {
  const seen = new Set(known.map(({ object }) => object.stixId));
  const added = found.filter(({ object }) => !seen.has(object.stixId));
  const [first] = known;
  const rankOf = ({ domain, score }: SearchHit): number =>
    first === undefined || domain === first.domain || score >= NAMED ? score : score - LATER_DOMAIN;
  return [...known, ...added].sort((a, b) => rankOf(b) - rankOf(a));
}

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type KnowledgeBase, parseCatalogue } from '../../../src/attack/lookup.js';
import type { Domain } from '../../../src/model/index.js';
import type { AttackVersion } from '../../../src/server/api-types.js';
import { askServer, readApi } from '../api/api-client.js';

const NEVER_STALE = Number.POSITIVE_INFINITY;

/** The versions of ATT&CK that the server has. */
export function useVersions(): UseQueryResult<readonly AttackVersion[]> {
  return useQuery({
    queryKey: ['versions'],
    queryFn: async ({ signal }) => (await readApi('/api/versions', { signal })).items,
    staleTime: NEVER_STALE,
  });
}

const majorOf = (version: string): string => version.split('.')[0] ?? version;

/**
 * The version that is meant by a label of a layer: the same, else one of the same major release, else the default.
 *
 * @param version undefined = the default one.
 */
export function versionFor(
  versions: readonly AttackVersion[],
  domain: Domain,
  version: string | undefined,
): AttackVersion | undefined {
  const ofDomain = versions.filter((each) => each.domain === domain);
  const same = ofDomain.find((each) => each.version === version);
  const major =
    version === undefined
      ? undefined
      : ofDomain.find((each) => majorOf(each.version) === majorOf(version));
  return same ?? major ?? ofDomain.find(({ isDefault }) => isDefault) ?? ofDomain.at(-1);
}

const LOADED = new Map<string, Promise<KnowledgeBase>>();

async function fetchKnowledgeBase(url: string): Promise<KnowledgeBase> {
  const text = await (await askServer(url)).text();
  const { knowledgeBase } = parseCatalogue(text, { source: url });
  if (knowledgeBase === undefined) throw new Error(`${url} is no catalogue of ATT&CK`);
  return knowledgeBase;
}

/** The knowledge base at an address, read once and kept; one that failed is asked for again. */
export function loadKnowledgeBase(url: string): Promise<KnowledgeBase> {
  const known = LOADED.get(url) ?? fetchKnowledgeBase(url);
  LOADED.set(url, known);
  known.catch(() => LOADED.delete(url));
  return known;
}

/**
 * Begins to read the default version of Enterprise, which the matrix shows first, before anything is drawn. What fails
 * is asked for again when it is needed.
 */
export async function warmKnowledgeBase(): Promise<void> {
  try {
    const { items } = await readApi('/api/versions');
    const url = versionFor(items, 'enterprise-attack', undefined)?.catalogueUrl;
    if (url !== undefined) await loadKnowledgeBase(url);
  } catch {
    // Told by the page that needs it.
  }
}

/** A version of ATT&CK in this page; the nearest to the one that is asked for. */
export function useKnowledgeBase(
  domain: Domain,
  version: string | undefined,
): UseQueryResult<KnowledgeBase> {
  const versions = useVersions();
  const wanted = versionFor(versions.data ?? [], domain, version);
  const url = wanted?.catalogueUrl ?? '';
  const query = useQuery({
    queryKey: ['catalogue', url],
    queryFn: () => loadKnowledgeBase(url),
    enabled: url !== '',
    staleTime: NEVER_STALE,
    gcTime: NEVER_STALE,
    structuralSharing: false,
  });
  return versions.isError ? (versions as unknown as typeof query) : query;
}

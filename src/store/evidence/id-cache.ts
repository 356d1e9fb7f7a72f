import type { ClaimInput } from '../evidence-records.js';
import type { Row } from '../sql/tables.js';

/** A claim as it stands in the store, with the cells that its evidence counts in. */
export interface KnownClaim {
  readonly id: number;
  readonly kind: ClaimInput['evidenceKind'];
  readonly domain: ClaimInput['domain'];
  readonly mappings: readonly Pick<Row<'mapping'>, 'technique_id' | 'attack_version' | 'status'>[];
}

/** What transactions that committed have learned; it holds while the generation of the store is the same. */
export interface IdCache {
  generation: number;
  claims: WeakMap<ClaimInput, KnownClaim>;
  /** By content, as `contentOf` writes it. */
  readonly claimsByContent: Map<string, KnownClaim>;
  readonly sources: Map<string, number>;
  /** Claims that `import_claim` has of the import last written to. */
  importId: number;
  readonly importClaims: Set<number>;
}

/** What a transaction has learned; it goes into the cache when it has committed. */
export interface FreshIds {
  readonly generation: number;
  readonly claims: ReadonlyMap<ClaimInput, KnownClaim>;
  readonly claimsByContent: ReadonlyMap<string, KnownClaim>;
  readonly sources: ReadonlyMap<string, number>;
  readonly importId: number;
  readonly importClaims: readonly number[];
}

// Bounds memory; what falls out is looked up again.
const MAX_CACHED = 200_000;

export function createIdCache(): IdCache {
  return {
    generation: -1,
    claims: new WeakMap(),
    claimsByContent: new Map(),
    sources: new Map(),
    importId: -1,
    importClaims: new Set(),
  };
}

/** Forgets all when others have changed or removed what the cache knows. */
export function renewCache(cache: IdCache, generation: number): void {
  if (generation === cache.generation) return;
  cache.generation = generation;
  cache.claims = new WeakMap();
  cache.claimsByContent.clear();
  cache.sources.clear();
  cache.importClaims.clear();
}

export function remember(cache: IdCache, fresh: FreshIds): void {
  // The transaction itself may have changed what was known: then nothing of it is kept.
  if (fresh.generation !== cache.generation) return;
  for (const { size, clear } of [
    { size: cache.claimsByContent.size + fresh.claimsByContent.size, clear: clearClaims },
    { size: cache.sources.size + fresh.sources.size, clear: () => cache.sources.clear() },
  ])
    if (size > MAX_CACHED) clear(cache);
  for (const [claim, known] of fresh.claims) cache.claims.set(claim, known);
  for (const [content, known] of fresh.claimsByContent) cache.claimsByContent.set(content, known);
  for (const [name, id] of fresh.sources) cache.sources.set(name, id);
  if (cache.importId !== fresh.importId || cache.importClaims.size > MAX_CACHED)
    cache.importClaims.clear();
  cache.importId = fresh.importId;
  for (const id of fresh.importClaims) cache.importClaims.add(id);
}

function clearClaims(cache: IdCache): void {
  cache.claims = new WeakMap();
  cache.claimsByContent.clear();
}

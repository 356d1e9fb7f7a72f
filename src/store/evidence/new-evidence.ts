import type { NativeDriver } from '../sql/connection.js';
import type { WriteContext } from './change-mappings.js';
import type { IdCache } from './id-cache.js';

/** A row to insert. */
export interface NewEvidence {
  readonly claimId: number;
  readonly sourceId: number;
  readonly time: number;
  readonly key: number;
  readonly record: string;
  readonly body: string;
}

/** What was new of a claim on a day; a day is undefined for evidence without time. */
export interface Delta {
  readonly claimId: number;
  readonly day: number | undefined;
  readonly added: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/** What was new of a claim. */
export type ClaimDelta = Omit<Delta, 'day'>;

export interface AppendContext extends WriteContext {
  readonly native: NativeDriver;
  /** Read here, and written by the caller once the transaction has committed. */
  readonly cache: IdCache;
  readonly importId: number;
  readonly nowMs: number;
}

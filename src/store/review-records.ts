import type { MappingStatus } from './evidence-records.js';

export type ReviewAction = 'accept' | 'reject' | 'reset' | 'comment';

export interface ReviewInput {
  /** What is reviewed; 1..10,000 in all, mappings and pieces of evidence together. */
  readonly mappingIds?: readonly number[] | undefined;
  readonly evidenceIds?: readonly number[] | undefined;
  readonly action: ReviewAction;
  /** At most 10,000 characters. */
  readonly comment?: string | undefined;
  /** Name of the person, kept as it was then. */
  readonly author: string;
  readonly userId?: number | undefined;
}

/** One decision of one person on one or many things; never changed afterwards. */
export interface ReviewRecord {
  readonly reviewId: number;
  readonly action: ReviewAction;
  readonly comment: string;
  readonly author: string;
  readonly userId: number | undefined;
  readonly timeMs: number;
  readonly mappingCount: number;
  readonly evidenceCount: number;
  /** The review that took this one back. */
  readonly undoneBy: number | undefined;
  /** The review that this one takes back. */
  readonly undoes: number | undefined;
}

/** A review as the history of one mapping or one piece of evidence shows it. */
export interface ReviewOfOne extends ReviewRecord {
  readonly before: MappingStatus | undefined;
  readonly after: MappingStatus | undefined;
}

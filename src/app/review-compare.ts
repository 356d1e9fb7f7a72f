import { openKnowledgeBase } from '../attack/index.js';
import type { Issue } from '../model/index.js';
import { compareReviews, type ReviewComparison } from '../reports/index.js';
import { loadReviews } from './read-reports.js';

export interface ReviewCompareOptions {
  /** Files of reviews. */
  readonly first: string;
  readonly second: string;
  /** Only decisions of this person in the first file, and of that in the second; undefined takes all. */
  readonly firstBy?: string | undefined;
  readonly secondBy?: string | undefined;
  /** Default the newest that ships. */
  readonly attackVersion?: string | undefined;
}

/**
 * Compares the decisions of two people.
 *
 * @throws AppError `SOURCE_UNREADABLE`, `NOT_FOUND` for an ATT&CK version that is not there.
 */
export function reviewCompare(options: ReviewCompareOptions): {
  readonly comparison: ReviewComparison;
  readonly issues: readonly Issue[];
} {
  const { first, second, firstBy, secondBy, attackVersion } = options;
  const knowledgeBase = openKnowledgeBase({
    domain: 'enterprise-attack',
    ...(attackVersion === undefined ? {} : { version: attackVersion }),
  });
  const [mine, theirs] = [loadReviews([first]), loadReviews([second])];
  const of = (name: string | undefined) => (record: { readonly by: string }) =>
    name === undefined || record.by === name;
  const comparison = compareReviews(
    mine.records.filter(of(firstBy)),
    theirs.records.filter(of(secondBy)),
    knowledgeBase,
  );
  return { comparison, issues: [...mine.issues, ...theirs.issues] };
}

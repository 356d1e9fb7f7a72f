import type { Issue } from '../model/index.js';

/** How many Issues are kept; the rest is counted. */
const KEPT_ISSUES = 1_000;

/** Issues in order; the first are kept, all are counted. */
export interface IssueList {
  add(issues: readonly Issue[]): void;
  readonly count: number;
  readonly first: readonly Issue[];
}

export function createIssueList(): IssueList {
  const first: Issue[] = [];
  let count = 0;
  return {
    add(issues) {
      count += issues.length;
      if (first.length < KEPT_ISSUES) first.push(...issues.slice(0, KEPT_ISSUES - first.length));
    },
    get count() {
      return count;
    },
    first,
  };
}

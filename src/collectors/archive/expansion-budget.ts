import type { Issue } from '../../model/index.js';
import type { ArchiveLimits } from './archive-limits.js';

/** How much an archive may still expand. */
export interface ExpansionBudget {
  /** Counts bytes that came out; false when that is too much. */
  spend(bytes: number): boolean;
  /** Whether it was too much. */
  isSpent(): boolean;
}

/** @param packedBytes size of the archive. */
export function createExpansionBudget(packedBytes: number, limits: ArchiveLimits): ExpansionBudget {
  let expanded = 0;
  const isSpent = () => expanded > limits.freeBytes && expanded > packedBytes * limits.maxRatio;
  return {
    spend(bytes) {
      expanded += bytes;
      return !isSpent();
    },
    isSpent,
  };
}

export function bombIssue(source: string, { maxRatio }: ArchiveLimits): Issue {
  const message = `expands more than ${maxRatio}-fold; the rest is not read`;
  return { kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } };
}

/** Whether a member's name is of a file that is passed over, as in folders: one that starts with a dot, or macOS' own. */
export function isHiddenMember(name: string): boolean {
  return (
    name.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..') ||
    name.startsWith('__MACOSX/')
  );
}

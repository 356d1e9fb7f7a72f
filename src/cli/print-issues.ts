import { formatIssue, type Issue } from '../model/index.js';
import { safeText } from './safe-text.js';

const SHOWN = 20;

/** Prints how many issues there are, and the first twenty, to standard error. Nothing when there are none. */
export function printIssues(issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  const lines = issues.slice(0, SHOWN).map((issue) => `  ${safeText(formatIssue(issue))}\n`);
  const more =
    issues.length > SHOWN ? `  … and ${issues.length - SHOWN} more (--json lists all)\n` : '';
  const count = issues.length === 1 ? '1 issue' : `${issues.length} issues`;
  process.stderr.write(`${count}:\n${lines.join('')}${more}`);
}

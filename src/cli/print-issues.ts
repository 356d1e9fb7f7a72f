import { formatIssue, type Issue } from '../model/index.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

/** Issues shown one by one before they are only counted. */
const SHOWN = 20;

/** Prints issues to standard error, a line each, the rest counted. */
export function printIssues(issues: readonly Issue[]): void {
  for (const issue of issues.slice(0, SHOWN)) {
    process.stderr.write(`${styleText('yellow', 'issue:')} ${safeText(formatIssue(issue))}\n`);
  }
  const more = issues.length - SHOWN;
  if (more > 0) process.stderr.write(`issue: … ${more} more\n`);
}

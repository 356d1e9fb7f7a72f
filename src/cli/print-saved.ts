import type { SavedInWorkspace } from '../app/save-to-workspace.js';
import { printIssues } from './print-issues.js';
import { safeText } from './safe-text.js';

/** Says on standard error what was saved in which workspace. */
export function printSaved({ workspace, import: record, issues }: SavedInWorkspace): void {
  printIssues(issues);
  const { added, duplicates, runs, importId } = record;
  const known = duplicates === 0 ? '' : `, ${duplicates} were there already`;
  const again = runs === 1 ? '' : ` (run ${runs} over the same files)`;
  process.stderr.write(
    `saved in ${safeText(workspace)} as import ${importId}${again}: ${added} pieces of evidence in all${known}\n`,
  );
}

import type { LintEdit, LintFinding } from './lint-finding.js';

/** A text after its edits. */
export interface FixedText {
  readonly text: string;
  /** Findings whose edit was made, in the order of the text. */
  readonly fixed: readonly LintFinding[];
}

/**
 * Makes the edits of findings in the text they were found in, and leaves every other byte, comments among them, as it
 * is. An edit is left out where the text is not laid out as most rules are (a list in brackets, a value over several
 * lines); the next check says so again.
 *
 * @param findings of this text; any order.
 */
export function fixLintedText(text: string, findings: readonly LintFinding[]): FixedText {
  const lines = text.split('\n');
  const fixed: LintFinding[] = [];
  const touched = new Set<number>();
  // From the end, so that lines above keep their numbers.
  for (const finding of findings.toSorted(byPlaceFromEnd)) {
    const { edit, at } = finding;
    const index = (at.line ?? 0) - 1;
    const line = lines[index];
    if (edit === undefined || line === undefined || touched.has(index)) continue;
    const replaced = editLine(line, (at.column ?? 1) - 1, edit);
    if (replaced === undefined) continue;
    lines.splice(index, 1, ...replaced);
    if (edit.kind !== 'add-item') touched.add(index);
    fixed.push(finding);
  }
  return { text: lines.join('\n'), fixed: fixed.reverse() };
}

function byPlaceFromEnd(a: LintFinding, b: LintFinding): number {
  return (b.at.line ?? 0) - (a.at.line ?? 0) || (b.at.column ?? 0) - (a.at.column ?? 0);
}

const ITEM = /^(?<indent>\s*)-\s+(?<value>[^#\s][^#]*?)\s*(?:#.*)?\r?$/;

/** The lines in place of one; undefined when the line is laid out otherwise. */
function editLine(line: string, column: number, edit: LintEdit): readonly string[] | undefined {
  if (edit.kind === 'replace') {
    const start = line.indexOf(edit.found, column);
    if (start === -1) return undefined;
    return [line.slice(0, start) + edit.replacement + line.slice(start + edit.found.length)];
  }
  const indent = ITEM.exec(line)?.groups?.['indent'];
  if (indent === undefined) return undefined;
  const end = line.endsWith('\r') ? '\r' : '';
  return edit.kind === 'remove-item' ? [] : [line, `${indent}- ${edit.item}${end}`];
}

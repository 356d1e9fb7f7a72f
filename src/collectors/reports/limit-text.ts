import type { Issue } from '../../model/index.js';
import type { ReportLimits } from './report-limits.js';

/** A book of a thousand pages has 50,000 lines. */
const MAX_LINES = 1_000_000;

/** A text that is the document itself, cut at the limit of its length or of 1,000,000 lines. */
export function limitText(
  text: string,
  source: string,
  { maxTextLength }: ReportLimits,
): { readonly text: string; readonly issues: readonly Issue[] } {
  const end = Math.min(endOfLines(text), maxTextLength);
  if (text.length <= end) return { text, issues: [] };
  return { text: text.slice(0, end), issues: [textLimitIssue(source, end)] };
}

/** Where the last line ends that is read. */
function endOfLines(text: string): number {
  if (text.length < MAX_LINES) return text.length;
  let lines = 0;
  for (const { index } of text.matchAll(/\r\n|[\n\r\f\u2028\u2029]/g)) {
    lines += 1;
    if (lines === MAX_LINES) return index;
  }
  return text.length;
}

export function textLimitIssue(source: string, length: number): Issue {
  const message = `the text is longer than the ${length} characters that are read`;
  return { kind: 'issue', code: 'REPORT_TRUNCATED', message, at: { source } };
}

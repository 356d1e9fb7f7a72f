import { CsvSplitter } from './split-csv.js';

/** How a CSV text is written. */
export interface CsvDialect {
  readonly delimiter: string;
  /** Lines before the header: `sep=;` of Excel, `#TYPE` of PowerShell. */
  readonly skipLines: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE_RECORDS = 20;
const HEAD_CHARS = 64 * 1024;

// A column's name: words, dots, signs that exports put around them; never a number or a time.
const COLUMN = /^[\p{L}_@#$][\p{L}\p{N}_ .:@#$()[\]{}/%'’*-]{0,80}$/u;
// What at least one column of a log is called, in the languages that Event Viewer is seen in.
const LOG_COLUMN =
  /time|date|event|host|computer|user|message|image|command|channel|provider|source|level|log|action|address|_raw|zeit|datum|ereignis|heure|fecha/i;

/** The dialect of a CSV log; undefined when the text is none: no header, or records that do not fit it. */
export function detectDialect(head: string): CsvDialect | undefined {
  let skipLines = 0;
  let text = head.slice(0, HEAD_CHARS);
  const separator = /^sep=(.)\r?\n/i.exec(text);
  const preamble = separator ?? /^#TYPE [^\n]*\n/.exec(text);
  if (preamble !== null) {
    skipLines = 1;
    text = text.slice(preamble[0].length);
  }
  const isCut = head.length >= HEAD_CHARS;
  const delimiters = separator?.[1] === undefined ? DELIMITERS : [separator[1]];
  let best: { readonly delimiter: string; readonly score: number } | undefined;
  for (const delimiter of delimiters) {
    const score = scoreOf(text, { delimiter, isCut });
    if (score > (best?.score ?? 0)) best = { delimiter, score };
  }
  return best === undefined ? undefined : { delimiter: best.delimiter, skipLines };
}

/** 0 for a delimiter that cannot be it; else larger for more records that fit, then for more columns. */
function scoreOf(
  text: string,
  { delimiter, isCut }: { readonly delimiter: string; readonly isCut: boolean },
): number {
  const splitter = new CsvSplitter({ delimiter, maxChars: HEAD_CHARS });
  const pieces = splitter.push(text);
  if (!isCut) pieces.push(...splitter.end());
  const records = pieces
    .slice(0, SAMPLE_RECORDS + 1)
    .flatMap((piece) => (piece.kind === 'record' ? [piece.cells] : []));
  const [header, ...rest] = records;
  if (header === undefined || !isHeader(header)) return 0;
  const fitting = rest.filter(
    // Event Viewer's header does not name the last column.
    ({ length }) => length === header.length || length === header.length + 1,
  ).length;
  if (fitting * 2 < rest.length) return 0;
  return (rest.length === 0 ? 1 : fitting / rest.length) * 10_000 + Math.min(header.length, 9_999);
}

function isHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    names.length >= 2 &&
    names.length >= cells.length - 1 &&
    new Set(names).size * 2 > names.length &&
    names.every((name) => COLUMN.test(name)) &&
    names.some((name) => LOG_COLUMN.test(name))
  );
}

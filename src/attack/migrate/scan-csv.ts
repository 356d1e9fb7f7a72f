/** One cell of a CSV text; offsets are UTF-16 and take quotes in. */
export interface CsvCell {
  readonly start: number;
  readonly end: number;
}

/** Rows of cells. */
export interface CsvTable {
  readonly delimiter: string;
  readonly rows: readonly (readonly CsvCell[])[];
  /** 1-based number of the line on which each row begins. */
  readonly lines: readonly number[];
}

// Of equals the first: text seldom holds a tab that does not delimit.
const DELIMITERS = ['\t', ',', ';', '|'];

/**
 * Finds the cells of a CSV text (RFC 4180: quotes, doubled quotes, line breaks within quotes), delimited by comma, semicolon, tab
 * or bar, whichever the first line has most of outside of quotes. Never fails: a quote that is not closed runs to the end.
 */
export function scanCsv(text: string, delimiter: string = findDelimiter(text)): CsvTable {
  const rows: CsvCell[][] = [];
  const lines: number[] = [];
  let row: CsvCell[] = [];
  let line = 1;
  let place = text.startsWith('\uFEFF') ? 1 : 0;
  let rowLine = line;
  while (place < text.length) {
    const end = endOfCell(text, place, delimiter);
    row.push({ start: place, end });
    line += countBreaks(text, place, end);
    if (text.startsWith(delimiter, end)) {
      place = end + 1;
      // A delimiter at the very end of the text has an empty cell behind it.
      if (place < text.length) continue;
      row.push({ start: place, end: place });
    } else {
      place = end + (text.startsWith('\r\n', end) ? 2 : 1);
    }
    rows.push(row);
    lines.push(rowLine);
    row = [];
    line += 1;
    rowLine = line;
  }
  return { delimiter, rows, lines };
}

function findDelimiter(text: string): string {
  const start = text.slice(0, 10_000).replace(/"[^"]*"/g, '');
  const firstLine = start.split(/[\r\n]/, 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => firstLine.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function endOfCell(text: string, start: number, delimiter: string): number {
  let place = start;
  if (text[start] === '"') {
    place = start + 1;
    for (;;) {
      const quote = text.indexOf('"', place);
      if (quote === -1) return text.length;
      place = quote + 1;
      if (text[place] !== '"') break;
      place += 1;
    }
  }
  while (place < text.length) {
    const char = text[place];
    if (char === delimiter || char === '\n' || char === '\r') return place;
    place += 1;
  }
  return text.length;
}

function countBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}

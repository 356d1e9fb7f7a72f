/** A record of a CSV text, or why there is none. */
export type CsvPiece =
  | { readonly kind: 'record'; readonly cells: readonly string[]; readonly line: number }
  | { readonly kind: 'damaged'; readonly message: string; readonly line: number };

// More than any log has; the rest of such a record is one cell.
const MAX_CELLS = 5_000;

/**
 * Cuts a CSV text into records as it arrives. Cells in quotes may hold delimiters, line breaks and doubled quotes. A
 * quote that is never closed would swallow what follows: after `maxChars` the line that it is on is given up, and
 * reading goes on with the next.
 */
export class CsvSplitter {
  readonly #delimiter: string;
  readonly #maxChars: number;
  #text = '';
  #line = 1;

  constructor(options: { readonly delimiter: string; readonly maxChars: number }) {
    this.#delimiter = options.delimiter;
    this.#maxChars = options.maxChars;
  }

  /** Takes the next text; the pieces that end in it, in order. Blank lines are passed over. */
  push(text: string): CsvPiece[] {
    this.#text += text;
    return this.#cut(false);
  }

  /** Ends the text. */
  end(): CsvPiece[] {
    return this.#cut(true);
  }

  #cut(isLast: boolean): CsvPiece[] {
    const pieces: CsvPiece[] = [];
    let start = 0;
    while (start < this.#text.length) {
      const scan = scanRecord(this.#text, { start, delimiter: this.#delimiter, isLast });
      if (scan.kind === 'open') {
        const isGivenUp = isLast || this.#text.length - start > this.#maxChars;
        if (!isGivenUp) break;
        start = this.#giveUpLine(pieces, { start, isInQuotes: scan.isInQuotes });
      } else {
        if (scan.cells.length > 1 || scan.cells[0]?.trim() !== '')
          pieces.push({ kind: 'record', cells: scan.cells, line: this.#line });
        this.#line += countNewlines(this.#text, start, scan.end);
        start = scan.end;
      }
    }
    this.#text = this.#text.slice(start);
    return pieces;
  }

  /** Where the next line starts. */
  #giveUpLine(
    pieces: CsvPiece[],
    { start, isInQuotes }: { readonly start: number; readonly isInQuotes: boolean },
  ): number {
    const newline = this.#text.indexOf('\n', start);
    const message = isInQuotes ? 'a quote is not closed' : 'a record is too long';
    pieces.push({ kind: 'damaged', message, line: this.#line });
    if (newline === -1) return this.#text.length;
    this.#line += 1;
    return newline + 1;
  }
}

type Scan =
  | { readonly kind: 'record'; readonly cells: readonly string[]; readonly end: number }
  /** The text ends before the record does. */
  | { readonly kind: 'open'; readonly isInQuotes: boolean };

interface ScanOptions {
  readonly start: number;
  readonly delimiter: string;
  readonly isLast: boolean;
}

function scanRecord(text: string, options: ScanOptions): Scan {
  const cells: string[] = [];
  let position = options.start;
  for (;;) {
    // Past the limit a line is one cell.
    const delimiter = cells.length < MAX_CELLS ? options.delimiter : '\n';
    const cell = scanCell(text, { ...options, start: position, delimiter });
    if (cell.kind === 'open') return cell;
    cells.push(cell.text);
    if (cell.isLast) return { kind: 'record', cells, end: Math.min(cell.end + 1, text.length) };
    position = cell.end + 1;
  }
}

type CellScan =
  | {
      readonly kind: 'cell';
      readonly text: string;
      readonly isLast: boolean;
      /** Index of the delimiter or line end. */
      readonly end: number;
    }
  | { readonly kind: 'open'; readonly isInQuotes: boolean };

function scanCell(text: string, { start, delimiter, isLast }: ScanOptions): CellScan {
  let quoted = '';
  let position = start;
  if (text[position] === '"') {
    const end = endOfQuotes(text, position + 1, isLast);
    if (end === -1) return { kind: 'open', isInQuotes: true };
    quoted = text.slice(position + 1, end).replaceAll('""', '"');
    position = end + 1;
  }
  const end = endOfPlain(text, position, delimiter);
  if (end === text.length && !isLast) return { kind: 'open', isInQuotes: false };
  const rest = text.slice(position, end);
  const isLineEnd = text[end] !== delimiter || delimiter === '\n';
  const plain = isLineEnd && rest.endsWith('\r') ? rest.slice(0, -1) : rest;
  return { kind: 'cell', text: quoted + plain, isLast: isLineEnd, end };
}

/** Index of the quote that closes; -1 when the text ends before, or might. */
function endOfQuotes(text: string, from: number, isLast: boolean): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 2)) {
    if (quote + 1 === text.length) return isLast ? quote : -1;
    if (text[quote + 1] !== '"') return quote;
  }
  return -1;
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  for (let index = from; index < text.length; index += 1) {
    const character = text[index];
    if (character === delimiter || character === '\n') return index;
  }
  return text.length;
}

function countNewlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1))
    count += 1;
  return count;
}

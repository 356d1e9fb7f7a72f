import type { ReportBlockKind } from '../../../model/index.js';
import type { BlockWriter } from '../write-blocks.js';
import { collectWords, joinWrapped, type WordSet } from './join-wrapped.js';
import type { PageLine } from './text-run.js';

/** What the fonts of a document tell of its lines. */
interface Typography {
  /** Size of most of the text. */
  readonly body: number;
  readonly bodyFont: string;
  /** Sizes of headings, largest first. */
  readonly headings: readonly number[];
  readonly words: WordSet;
}

const BULLET =
  /^(?:[•●○◦▪■□▶►‣⁃·✓➢➤\uf000-\uf0ff]|[–—*-](?=\s)|o(?=\s{1,3}[A-Z])|\(?(?:\d{1,2}|[a-z])[.)](?=\s))\s*/u;
const MAX_HEADING_LENGTH = 200;
const MAX_HEADING_LINES = 4;
const CAPTION = /^(?:figure|fig\.|table|exhibit|abbildung|tabelle)\s+\d+/i;

/** Puts lines together to paragraphs, headings, items, rows and code, and writes them. */
export function writePdfBlocks(lines: readonly PageLine[], writer: BlockWriter): void {
  const type = typographyOf(lines);
  let open: OpenBlock | undefined;
  const close = (): void => {
    if (open !== undefined) writeBlock(open, type, writer);
    open = undefined;
  };
  lines.forEach((line, index) => {
    const kind = kindOf(line, type, lines[index - 1]);
    if (open !== undefined && open.kind === kind && goesOn(open, line, type)) open.lines.push(line);
    else if (open !== undefined && wrapsItem(open, line, kind)) open.lines.push(line);
    else {
      close();
      open = { kind, lines: [line] };
    }
  });
  close();
}

interface OpenBlock {
  readonly kind: ReportBlockKind;
  readonly lines: PageLine[];
}

function typographyOf(lines: readonly PageLine[]): Typography {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  for (const { size, text, font, isMono } of lines) {
    if (isMono) continue;
    sizes.set(roundSize(size), (sizes.get(roundSize(size)) ?? 0) + text.length);
    fonts.set(font, (fonts.get(font) ?? 0) + text.length);
  }
  const body = mostOf(sizes) ?? 10;
  const headings = [...sizes.keys()].filter((size) => size >= body * 1.12).sort((a, b) => b - a);
  return { body, bodyFont: mostOf(fonts) ?? '', headings, words: collectWords(lines) };
}

const roundSize = (size: number): number => Math.round(size * 2) / 2;

function mostOf<Key>(counts: ReadonlyMap<Key, number>): Key | undefined {
  let best: Key | undefined;
  let most = -1;
  for (const [key, count] of counts) {
    if (count <= most) continue;
    best = key;
    most = count;
  }
  return best;
}

function kindOf(line: PageLine, type: Typography, above: PageLine | undefined): ReportBlockKind {
  if (line.kind === 'row') return 'table-row';
  if (isLarge(line, type) && line.text.length <= MAX_HEADING_LENGTH && /\p{L}/u.test(line.text)) {
    return 'heading';
  }
  if (line.isMono) return 'code';
  if (CAPTION.test(line.text) && line.text.length <= MAX_HEADING_LENGTH) return 'caption';
  if (isBoldTitle(line, type, above)) return 'heading';
  return BULLET.test(line.text) ? 'list-item' : 'paragraph';
}

const isLarge = ({ size }: PageLine, { body }: Typography): boolean =>
  roundSize(size) >= body * 1.12;

/** A short line in another font than the text, after a gap: bold type, which the file does not name. */
function isBoldTitle(line: PageLine, type: Typography, above: PageLine | undefined): boolean {
  const { text, font, size } = line;
  if (font === type.bodyFont || size < type.body * 0.95 || text.length > 100) return false;
  if (/[.,;:!?]$/.test(text) || !/^[\p{Lu}\d]/u.test(text) || text.split(' ').length > 12)
    return false;
  if (line.x1 > line.left + (line.right - line.left) * 0.85) return false;
  const isApart =
    above === undefined ||
    above.page !== line.page ||
    line.y - above.y > size * 1.5 ||
    line.y < above.y;
  return isApart && (above === undefined || above.font !== font || above.size !== size);
}

/** Whether a line goes on with the block above it. */
function goesOn({ kind, lines }: OpenBlock, line: PageLine, type: Typography): boolean {
  const last = lines.at(-1);
  const [first] = lines;
  if (last === undefined || first === undefined || kind === 'table-row' || kind === 'list-item')
    return false;
  const isMoved =
    last.page !== line.page || line.y <= last.y - last.size || line.left !== last.left;
  if (kind === 'heading') {
    const isClose =
      !isMoved && line.y - last.y <= last.size * 1.6 && lines.length < MAX_HEADING_LINES;
    return isClose && roundSize(last.size) === roundSize(line.size) && last.font === line.font;
  }
  if (kind === 'code') return isMoved || line.y - last.y <= last.size * 3;
  if (kind === 'caption') return false;
  if (Math.abs(last.size - line.size) > type.body * 0.08 + 0.3) return false;
  return isMoved ? isCutOff(last, line) : isWrapped(first, last, line);
}

/** A sentence that goes on in the next column or on the next page. */
function isCutOff(last: PageLine, line: PageLine): boolean {
  return !/[.!?:]["”)]?$/.test(last.text) && /^[\p{Ll}(\d]/u.test(line.text);
}

/** Whether a line is the next of its paragraph: near, not further in, and below one that is full. */
function isWrapped(first: PageLine, last: PageLine, line: PageLine): boolean {
  const gap = line.y - last.y;
  if (gap > last.size * 1.75) return false;
  const indent = line.x0 - last.x0;
  if (indent > last.size * 1.2 && last !== first) return false;
  if (indent > last.size * 3) return false;
  const room = last.right - last.x1;
  const [word = ''] = line.text.split(' ', 1);
  // The next word would have fitted: the line was ended on purpose.
  const wordWidth = ((line.x1 - line.x0) * (word.length + 1)) / Math.max(1, line.text.length);
  const isShort = room > wordWidth * 1.3 + last.size;
  if (!isShort) return true;
  return !/[.!?:;]["”)]?$/.test(last.text) && /^\p{Ll}/u.test(line.text);
}

/** A line below an item that is indented as its text is, or goes on with its sentence. */
function wrapsItem({ kind, lines }: OpenBlock, line: PageLine, next: ReportBlockKind): boolean {
  const last = lines.at(-1);
  const [first] = lines;
  if (last === undefined || first === undefined || next !== 'paragraph') return false;
  if (kind !== 'list-item' && kind !== 'caption') return false;
  const isMoved = last.page !== line.page || line.y <= last.y || line.left !== last.left;
  if (isMoved) return isCutOff(last, line);
  if (line.y - last.y > last.size * 1.75 || Math.abs(line.size - last.size) > 0.5) return false;
  const isIndented = line.x0 > first.x0 + first.size * 0.4;
  return kind === 'caption'
    ? isWrapped(first, last, line) && !/[.]$/.test(last.text)
    : isIndented || isWrapped(first, last, line);
}

function writeBlock({ kind, lines }: OpenBlock, type: Typography, writer: BlockWriter): void {
  const [first] = lines;
  if (first === undefined) return;
  const { page } = first;
  if (kind === 'code') {
    writer.add({ kind, text: codeText(lines), page });
    return;
  }
  const text = joinWrapped(
    lines.map((line) => line.text),
    type.words,
  );
  if (kind === 'heading') writer.add({ kind, text, level: levelOf(first, type), page });
  else if (kind === 'list-item') writer.add({ kind, text: text.replace(BULLET, ''), page });
  else writer.add({ kind, text, page });
}

function levelOf({ size }: PageLine, { headings }: Typography): number {
  const index = headings.indexOf(roundSize(size));
  return index === -1 ? Math.min(6, headings.length + 1) : Math.min(6, index + 1);
}

/** Lines of code, indented as on the page by the width of a character. */
function codeText(lines: readonly PageLine[]): string {
  const lefts = new Map<number, number>();
  for (const { left, x0 } of lines) lefts.set(left, Math.min(x0, lefts.get(left) ?? x0));
  return lines
    .map(({ text, x0, x1, left: column }) => {
      const left = lefts.get(column) ?? x0;
      const width = (x1 - x0) / Math.max(1, text.length);
      return (
        ' '.repeat(Math.min(40, Math.max(0, Math.round((x0 - left) / Math.max(1, width))))) + text
      );
    })
    .join('\n');
}

import { type TextFont, textWidth } from './text-width.js';

/** Lines of a text, and whether something had to give. */
export interface WrappedText {
  readonly lines: readonly string[];
  /** A word was broken because it is wider than the line. */
  readonly broken: boolean;
  /** Text was cut off after the last line and ends in `…`. */
  readonly cut: boolean;
}

const ELLIPSIS = '…';

// Nobody reads more in a drawing; the limit keeps a text of a megabyte from costing minutes.
const MAX_CHARACTERS = 4000;

// After `/` and `-` between two letters or more on both sides: `File/|Path` and `Multi-|Factor`, but not `I/O`.
const INSIDE = /(?<=[^\s/-]{2}[/-])(?=[^\s/-]{2})/u;

/** Pieces that a line may end after: words with the space behind them, and the parts of compound words. */
function pieces(text: string): readonly string[] {
  return (text.match(/\S+\s*|\s+/gu) ?? []).flatMap((word) => word.split(INSIDE));
}

/** The longest beginning of `text` that is not wider than `width`; at least one character. */
function headThatFits(text: string, width: number, font: TextFont): string {
  const characters = [...text];
  let used = 0;
  let count = 0;
  for (const character of characters) {
    used += textWidth(character, font);
    if (used > width && count > 0) break;
    count += 1;
  }
  return characters.slice(0, count).join('');
}

/** Lines under way: the first may be shorter than the rest. */
interface Wrapping {
  readonly font: TextFont;
  readonly width: number;
  readonly firstReserve: number;
  readonly lines: string[];
  broken: boolean;
}

function roomOf({ lines, width, firstReserve }: Wrapping): number {
  return lines.length === 0 ? width - firstReserve : width;
}

function isTooWide(line: string, wrapping: Wrapping): boolean {
  return textWidth(line.trimEnd(), wrapping.font) > roomOf(wrapping);
}

/** Moves all of a line that is too wide, but for its end, to the finished lines. */
function breakLine(line: string, wrapping: Wrapping): string {
  let rest = line;
  while (isTooWide(rest, wrapping) && [...rest.trimEnd()].length > 1) {
    if (wrapping.lines.length === 0 && textWidth(rest.trimEnd(), wrapping.font) <= wrapping.width) {
      wrapping.lines.push('');
      return rest;
    }
    const head = headThatFits(rest, roomOf(wrapping), wrapping.font);
    wrapping.lines.push(head);
    wrapping.broken = true;
    rest = rest.slice(head.length);
  }
  return rest;
}

function linesOf(text: string, wrapping: Wrapping): void {
  const { lines } = wrapping;
  let line = '';
  for (const piece of pieces(text)) {
    if (line !== '' && isTooWide(line + piece, wrapping)) {
      lines.push(line.trimEnd());
      line = '';
    }
    line = breakLine(line === '' ? piece.trimStart() : line + piece, wrapping);
  }
  if (line.trimEnd() !== '' || lines.length === 0) lines.push(line.trimEnd());
}

/** Width in pixels of the widest piece of a text that is kept whole. */
export function widestWord(text: string, font: TextFont): number {
  const widths = pieces(text.slice(0, MAX_CHARACTERS)).map((piece) =>
    textWidth(piece.trimEnd(), font),
  );
  return widths.reduce((most, width) => Math.max(most, width), 0);
}

/** A line shortened with `…` until it fits; empty when not even the dots do. */
export function ellipsize(text: string, width: number, font: TextFont): string {
  if (textWidth(text, font) <= width) return text;
  const room = width - textWidth(ELLIPSIS, font);
  if (room <= 0) return '';
  return `${headThatFits(text, room, font).trimEnd()}${ELLIPSIS}`;
}

/** How a text is wrapped. */
export interface WrapOptions {
  readonly font: TextFont;
  /** Lines after which the rest is cut; default none. */
  readonly maxLines?: number;
  /** Pixels at the end of the first line that stay free; default 0. */
  readonly firstReserve?: number;
}

/**
 * Breaks a text into lines not wider than `width` pixels, between words, else after `/` and `-`, else within a word.
 *
 * @returns at least one line, which may be empty; of a text longer than 4,000 characters only the beginning.
 */
export function wrapText(text: string, width: number, options: WrapOptions): WrappedText {
  const { font, maxLines = Number.POSITIVE_INFINITY, firstReserve = 0 } = options;
  const drawn = text.slice(0, MAX_CHARACTERS);
  const wrapping: Wrapping = { font, width, firstReserve, lines: [], broken: false };
  linesOf(drawn, wrapping);
  const { lines, broken } = wrapping;
  if (lines.length <= maxLines && drawn.length === text.length) {
    return { lines, broken, cut: false };
  }
  const kept = lines.slice(0, Math.max(1, maxLines));
  const end = kept.length - 1;
  kept[end] =
    ellipsize(`${kept[end] ?? ''} ${lines[kept.length] ?? ELLIPSIS}`, width, font) || ELLIPSIS;
  return { lines: kept, broken, cut: true };
}

import { ABBREVIATIONS, SENTENCE_STARTERS } from './abbreviations.table.js';

/** A place where a sentence may end. */
export interface PossibleEnd {
  /** Where the sentence began. */
  readonly from: number;
  /** The first `.`, `!` or `?`. */
  readonly stop: number;
  /** After more of them, closing brackets and quotation marks. */
  readonly after: number;
  /** What follows that is no white space. */
  readonly next: number;
}

/** Longest word before a stop that can be an abbreviation. */
const MAX_WORD_LENGTH = 12;
const MAX_NEXT_LENGTH = 40;

const WIDE_ENDS = /[。！？]/;
const LOWER = /^\p{Ll}/u;
const UPPER = /^\p{Lu}/u;
const LETTERS_BETWEEN_STOPS = /^(?:\p{L}\.)+\p{L}$/u;
/** What may begin with a lower-case letter: `svchost.exe`, `x64dbg`, `mimikatz.`, `hxxp://`, `/etc/passwd`, `iOS`. */
const LOWER_NAME =
  /^(?:[\p{Ll}\d_-]+(?:\.\p{Ll}{2,4}\d?|\[\.\]\S+)(?![\p{L}\d])|\p{Ll}+\p{Lu}|\p{Ll}+\d|h(?:tt|xx)ps?\b)/u;
const NUMBER_LIKE = /^(?:\d|[IVX]{1,5}\b|[A-Z]\b|#)/;

/** Whether a stop ends its sentence. */
export function endsSentence(text: string, end: PossibleEnd): boolean {
  const { stop, after, next } = end;
  if (WIDE_ENDS.test(text.charAt(stop))) return true;
  const following = text.slice(next, next + MAX_NEXT_LENGTH);
  if (next === after) return startsWithoutSpace(text, end, following);
  if (LOWER.test(following) && !LOWER_NAME.test(following)) {
    // A new line of a list or a poem; within a line a sentence does not begin with a small letter.
    return false;
  }
  if (text.charAt(stop) !== '.' || after > stop + 1) return true;
  return !isAbbreviation(text, end, following);
}

/** `server.The malware`: a missing space, as PDF and HTML leave it; `System.Net` and `cmd.exe` are none. */
function startsWithoutSpace(text: string, { from, stop }: PossibleEnd, following: string): boolean {
  const word = /^\p{Lu}\p{Ll}*(?=\s)/u.exec(following)?.[0];
  if (word === undefined || !SENTENCE_STARTERS.has(word)) return false;
  const before = wordBefore(text, from, stop);
  return /^\p{Ll}{2,}$/u.test(before) || /^[)\]”"’]$/.test(text.charAt(stop - 1));
}

function isAbbreviation(text: string, { from, stop }: PossibleEnd, following: string): boolean {
  const word = wordBefore(text, from, stop);
  if (word === '') return stop === from;
  const lower = word.toLowerCase();
  if (ABBREVIATIONS.never.has(lower)) return true;
  const isNumbered = NUMBER_LIKE.test(following);
  if (ABBREVIATIONS.number.has(lower)) return isNumbered;
  const startsSentence = SENTENCE_STARTERS.has(/^\p{L}+/u.exec(following)?.[0] ?? '');
  if (ABBREVIATIONS.open.has(lower) || LETTERS_BETWEEN_STOPS.test(word)) {
    return /^[\p{Lu}\d([]/u.test(following) && !startsSentence;
  }
  // The number or letter of an item, as in `1. Install`; an initial, as in `J. Doe`.
  const isFirst = stop - word.length <= from;
  if (isFirst && /^(?:\d{1,3}|\p{L}|[ivx]{1,5})$/u.test(word)) return true;
  if (isCaptionNumber(text, from, stop)) return true;
  return /^\p{Lu}$/u.test(word) && UPPER.test(following) && !startsSentence;
}

/** `Figure 3. The chain` is one caption. */
function isCaptionNumber(text: string, from: number, stop: number): boolean {
  return (
    stop - from <= 14 &&
    /^(?:figure|fig\.?|table|exhibit|listing) ?\d{1,3}$/i.test(text.slice(from, stop))
  );
}

/** Letters, digits and inner stops right before an offset; empty when they are longer than an abbreviation. */
function wordBefore(text: string, from: number, stop: number): string {
  const lowest = Math.max(from, stop - MAX_WORD_LENGTH - 1);
  let start = stop;
  while (start > lowest && /[\p{L}\d.]/u.test(text.charAt(start - 1))) start -= 1;
  const word = text.slice(start, stop);
  if (word.length > MAX_WORD_LENGTH) return '';
  // `C:\v.` and `x_p.` are no abbreviations.
  const before = start === from ? '' : text.charAt(start - 1);
  return /[\\/_:@=&%$~-]/.test(before) ? '' : word;
}

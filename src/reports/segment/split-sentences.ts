import { cutLongSpan, type TextSpan } from './cut-long-span.js';
import { endsSentence } from './ends-sentence.js';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const BANG = 0x21;
const STOP = 0x2e;
const QUESTION = 0x3f;
const BULLET = 0x2022;
const ELLIPSIS = 0x2026;
const WIDE_STOP = 0x3002;
const WIDE_BANG = 0xff01;
const WIDE_QUESTION = 0xff1f;

const isSpace = (code: number): boolean =>
  code === SPACE ||
  (code >= TAB && code <= RETURN) ||
  code === 0xa0 ||
  code === 0x3000 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0xfeff;

const isWideEnd = (code: number): boolean =>
  code === WIDE_STOP || code === WIDE_BANG || code === WIDE_QUESTION;

const isEnd = (code: number): boolean =>
  code === STOP || code === BANG || code === QUESTION || code === ELLIPSIS || isWideEnd(code);

/** `)`, `]`, quotation marks and the like, which belong to the sentence that ends before them. */
const CLOSERS = new Set([...')]}"\'”’»›*_`'].map((mark) => mark.charCodeAt(0)));

/**
 * Splits a stretch of text into sentences, by rules that know file names, paths, URLs, versions, abbreviations and
 * defanged names: a stop ends a sentence only before white space, and not after an abbreviation. Linear in the length.
 *
 * @param start, end the stretch, without white space at its ends.
 * @returns spans in order; together they hold everything but the white space between them.
 */
export function splitSentences(text: string, { start, end }: TextSpan): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  let from = start;
  const cutAt = (to: number, next: number): void => {
    const span = trimSpan(text, { start: from, end: to });
    if (span !== undefined) cutLongSpan(text, span, spans);
    from = next;
  };
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (isEnd(code)) {
      const after = afterClosers(text, index + 1, end);
      const next = skipSpace(text, after, end);
      if (next === end) break;
      if (endsSentence(text, { from, stop: index, after, next })) cutAt(after, next);
      index = after - 1;
    } else if (code === LINE_FEED && isParagraphEnd(text, index, end)) {
      cutAt(index, index + 1);
    } else if (code === BULLET && index > from && isSpace(text.charCodeAt(index - 1))) {
      cutAt(index, index);
    }
  }
  cutAt(end, end);
  return spans;
}

/** Where what ends a sentence ends: more stops, closing marks, and the number of a note, as in `file.[12] The`. */
function afterClosers(text: string, index: number, end: number): number {
  let at = index;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isEnd(code) || CLOSERS.has(code)) at += 1;
    else if (code === 0x5b) {
      const note = endOfNote(text, at, end);
      if (note === undefined) return at;
      at = note;
    } else return at;
  }
  return at;
}

/** `[12]`, `[1,2]`, `[a]` */
function endOfNote(text: string, index: number, end: number): number | undefined {
  const note = /^\[[\d, –-]{1,10}\]|^\[[a-z]\]/.exec(text.slice(index, Math.min(end, index + 12)));
  return note === null ? undefined : index + note[0].length;
}

function skipSpace(text: string, index: number, end: number): number {
  let at = index;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Whether a line is followed by an empty one. */
function isParagraphEnd(text: string, index: number, end: number): boolean {
  for (let at = index + 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) return true;
    if (code !== SPACE && code !== TAB && code !== RETURN) return false;
  }
  return false;
}

/** A span without white space at its ends; undefined when nothing else is in it. */
function trimSpan(text: string, { start, end }: TextSpan): TextSpan | undefined {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return from < to ? { start: from, end: to } : undefined;
}

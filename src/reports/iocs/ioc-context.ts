/** A stretch of the folded text that holds indicators, and the text around it. */
export interface IocPlace {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Characters before a place that may say what it is. */
const NEAR = 48;

/** The end of the line before a place: at most 48 characters. */
export function wordsBefore({ text, start }: IocPlace): string {
  let from = start;
  const limit = Math.max(0, start - NEAR);
  while (from > limit && text.charCodeAt(from - 1) !== 10) from -= 1;
  return text.slice(from, start);
}

/** The start of the line after a place: at most 48 characters. */
export function wordsAfter({ text, end }: IocPlace): string {
  let until = end;
  const limit = Math.min(text.length, end + NEAR);
  while (until < limit && text.charCodeAt(until) !== 10) until += 1;
  return text.slice(end, until);
}

/**
 * Whether one of the last words before a place is of `words`, in the same sentence.
 *
 * @param words in small letters; ends of words do not count: `connect` stands for `connecting`.
 * @param count how many words back are looked at.
 */
export function followsWord(place: IocPlace, words: ReadonlySet<string>, count: number): boolean {
  const { text } = place;
  const limit = Math.max(0, place.start - NEAR);
  let at = place.start;
  for (let seen = 0; seen < count; seen += 1) {
    const end = skipMarks(text, at, limit);
    if (end === undefined) return false;
    at = startOfWord(text, end, limit);
    const word = text.slice(at, end).toLowerCase();
    if (words.has(word) || words.has(stemOf(word))) return true;
  }
  return false;
}

/** Back to the end of a word; undefined at the end of a sentence, of the line or of what is looked at. */
function skipMarks(text: string, from: number, limit: number): number | undefined {
  for (let at = from; at > limit; at -= 1) {
    const unit = text.charCodeAt(at - 1);
    if (isWordUnit(unit)) return at;
    // A full stop before a space ends a sentence, and a line ends what it says.
    if (unit === 10 || ((unit === 46 || unit === 33 || unit === 63) && at < from)) return undefined;
  }
  return undefined;
}

function startOfWord(text: string, end: number, limit: number): number {
  let at = end;
  while (at > limit && isWordUnit(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Letters, digits and `&`, for "C&C". */
const isWordUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 48 && unit <= 57) ||
  unit === 38;

const stemOf = (word: string): string => word.replace(/(?:ions|ion|ing|ed|es|s|ers?)$/, '');

/** Whether a place fills its line, list item or table cell. */
export function standsAlone({ text, start, end }: IocPlace): boolean {
  const before = lastMark(text, start);
  const after = nextMark(text, end);
  if (before === '|' || after === '|') return before === after;
  return before === '\n' && after === '\n';
}

const QUOTES = ' "\'`*\u2022\u25aa\u25e6\u00b7>-';

/** The bar, or the line end that a tab stands for, before a place and its quotes and bullets; empty for anything else. */
function lastMark(text: string, start: number): string {
  for (let at = start; at > 0; at -= 1) {
    const mark = text.charAt(at - 1);
    if (mark === '|') return mark;
    if (mark === '\n' || mark === '\t') return '\n';
    if (!QUOTES.includes(mark))
      return /(?:^|\n)[ \t]*\d{1,3}[.)] $/.test(text.slice(Math.max(0, at - 8), at)) ? '\n' : '';
  }
  return '\n';
}

function nextMark(text: string, end: number): string {
  for (let at = end; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark === '|') return mark;
    if (mark === '\n' || mark === '\t' || mark === '\r') return '\n';
    if (!' "\'`*,;.'.includes(mark)) return '';
  }
  return '\n';
}

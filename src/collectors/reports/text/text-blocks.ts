import type { ReportBlock } from '../../../model/index.js';
import {
  bulletLength,
  isTitleCase,
  mayBeHeading,
  type TextLineKind,
  textLineKind,
} from './text-line-kind.js';
import { type TextLine, textLines } from './text-lines.js';

interface KindLine extends TextLine {
  readonly kind: TextLineKind;
}

/** Lines longer than this are no lines of a text that was wrapped. */
const MAX_WRAPPED = 140;
const CODE_INDENT = 4;
/** A line much shorter than the longest was not wrapped: something ends with it. */
const SHORT_SHARE = 0.65;

/**
 * Finds the blocks of a plain text: paragraphs of wrapped lines, headings (underlined, in capitals, or short and alone),
 * bullets with the lines that go on, rows of cells, indented code. Offsets point into the text itself.
 */
export function textBlocks(text: string): readonly ReportBlock[] {
  const lines = textLines(text).map(
    (line): KindLine => ({ ...line, kind: textLineKind(text.slice(line.start, line.end)) }),
  );
  const reader = new TextBlockReader(text, lines);
  return reader.read();
}

/** Walks the lines once; each method takes those of its block and steps past them. */
class TextBlockReader {
  readonly #text: string;
  readonly #lines: readonly KindLine[];
  readonly #isWrapped: boolean;
  readonly #width: number;
  readonly #blocks: ReportBlock[] = [];
  #at = 0;

  constructor(text: string, lines: readonly KindLine[]) {
    this.#text = text;
    this.#lines = lines;
    const lengths = lines
      .filter(({ kind }) => kind === 'words')
      .map(({ start, end }) => end - start);
    lengths.sort((a, b) => a - b);
    this.#width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
    this.#isWrapped = this.#width <= MAX_WRAPPED;
  }

  read(): readonly ReportBlock[] {
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at];
      if (line === undefined) break;
      if (line.kind === 'empty' || line.kind === 'rule' || line.kind === 'underline') this.#at += 1;
      else if (!this.#takeHeading(line) && !this.#takeCode(line)) this.#takeOther(line);
    }
    return this.#blocks;
  }

  #takeOther(line: KindLine): void {
    if (line.kind === 'bullet') this.#takeBullet(line);
    else if (line.kind === 'cells') this.#takeOne(line, 'table-row');
    else if (line.kind === 'token' && this.#isListed()) this.#takeOne(line, 'list-item');
    else this.#takeParagraph(line);
  }

  #words({ start, end }: TextLine): string {
    return this.#text.slice(start, end);
  }

  #kindAt(index: number): TextLineKind {
    return this.#lines[index]?.kind ?? 'empty';
  }

  #takeHeading(line: KindLine): boolean {
    const level = this.#headingLevel(line);
    if (level === undefined) return false;
    const { start, end } = line;
    const marks = isBoldLine(this.#words(line)) ? 2 : 0;
    this.#blocks.push({ kind: 'heading', start: start + marks, end: end - marks, level });
    this.#at += 1;
    return true;
  }

  /** Underlined is above capitals, those above a title alone, that above one with a colon. */
  #headingLevel(line: KindLine): number | undefined {
    const words = this.#words(line);
    const underlined = this.#underlinedLevel(line, words);
    if (underlined !== undefined) return underlined;
    const startsBlock = this.#kindAt(this.#at - 1) !== 'words' || this.#endsLineAbove();
    if (line.kind === 'title') return startsBlock ? titleLevel(words) : undefined;
    if (line.kind !== 'words' && line.kind !== 'token') return undefined;
    if (words.endsWith(':')) return startsBlock && isColonTitle(words) ? 4 : undefined;
    if (line.kind === 'token' && !this.#isLoneWord(words)) return undefined;
    return this.#loneLevel(words);
  }

  #underlinedLevel({ kind }: KindLine, words: string): number | undefined {
    const below = this.#lines[this.#at + 1];
    if (below?.kind !== 'underline' || kind === 'bullet') return undefined;
    if (words.length > MAX_WRAPPED || below.end - below.start < words.length * 0.5)
      return undefined;
    return /^[=#*]/.test(this.#text.charAt(below.start)) ? 1 : 2;
  }

  #loneLevel(words: string): number | undefined {
    const isAlone = isGap(this.#kindAt(this.#at - 1)) && isGap(this.#kindAt(this.#at + 1));
    if (!isAlone) return undefined;
    if (isBoldLine(words)) return 4;
    return this.#hasTextBelow() && (mayBeHeading(words) || isLoneWord(words)) ? 3 : undefined;
  }

  /** `IOCs`, `Summary`, and not the first of a list of words. */
  #isLoneWord(words: string): boolean {
    const next = this.#lines.slice(this.#at + 1, this.#at + 6).find(({ kind }) => !isGap(kind));
    return isLoneWord(words) && next !== undefined && !isLoneWord(this.#words(next));
  }

  #endsLineAbove(): boolean {
    const above = this.#lines[this.#at - 1];
    return above !== undefined && /[.!?:]$/.test(this.#words(above));
  }

  /** A short line at the end of a text signs it; it is no heading. */
  #hasTextBelow(): boolean {
    for (let index = this.#at + 1; index < Math.min(this.#lines.length, this.#at + 6); index += 1) {
      if (!isGap(this.#kindAt(index))) return true;
    }
    return false;
  }

  /** Code begins after an empty line, and is all that is indented. */
  #takeCode(line: KindLine): boolean {
    if (line.indent < CODE_INDENT || !isGap(this.#kindAt(this.#at - 1))) return false;
    let last = this.#at;
    let codeLike = 0;
    let count = 0;
    for (let index = this.#at; index < this.#lines.length; index += 1) {
      const next = this.#lines[index];
      if (next === undefined) break;
      if (next.kind === 'empty') continue;
      if (next.indent < CODE_INDENT) break;
      last = index;
      count += 1;
      if (looksLikeCode(this.#words(next))) codeLike += 1;
    }
    if (codeLike * 2 < count) return false;
    this.#pushTo('code', line.start, last);
    return true;
  }

  #takeBullet(line: KindLine): void {
    const start = line.start + bulletLength(this.#words(line));
    let last = this.#at;
    while (this.#goesOn(last) && this.#isUnder(line, last + 1)) last += 1;
    this.#pushTo('list-item', start, last);
  }

  /** Whether a line belongs to a bullet: indented further, or the rest of a wrapped line. */
  #isUnder({ indent }: KindLine, index: number): boolean {
    const next = this.#lines[index];
    if (next === undefined) return false;
    return next.indent > indent || (this.#isWrapped && this.#isFull(index - 1));
  }

  #takeParagraph(line: KindLine): void {
    let last = this.#at;
    while (this.#isWrapped && this.#goesOn(last) && !this.#isEndOfWrapped(last)) last += 1;
    this.#pushTo('paragraph', line.start, last);
  }

  /** Whether the next line is plain words too. */
  #goesOn(index: number): boolean {
    const kind = this.#kindAt(index + 1);
    if (this.#kindAt(index + 2) === 'underline') return false;
    return kind === 'words' || kind === 'token' || (kind === 'title' && this.#isFull(index));
  }

  #isFull(index: number): boolean {
    const line = this.#lines[index];
    return line !== undefined && line.end - line.start >= this.#width * SHORT_SHARE;
  }

  /** A short line that ends a sentence ends its paragraph. */
  #isEndOfWrapped(index: number): boolean {
    const line = this.#lines[index];
    return line !== undefined && !this.#isFull(index) && /[.!?:]["”)]?$/.test(this.#words(line));
  }

  /** Lines of one word each are a list: indicators, names. */
  #isListed(): boolean {
    const above = this.#kindAt(this.#at - 1);
    const below = this.#kindAt(this.#at + 1);
    return above === 'token' || below === 'token' || (isGap(above) && isGap(below));
  }

  #takeOne(line: KindLine, kind: 'table-row' | 'list-item'): void {
    const words = this.#words(line);
    const inner = kind === 'table-row' ? /^[|\s]*(.*?)[|\s]*$/s.exec(words) : null;
    const text = inner?.[1] ?? words;
    const start = line.start + words.indexOf(text);
    if (text !== '') this.#blocks.push({ kind, start, end: start + text.length });
    this.#at += 1;
  }

  #pushTo(kind: 'paragraph' | 'list-item' | 'code', start: number, last: number): void {
    const end = this.#lines[last]?.end ?? start;
    if (end > start) this.#blocks.push({ kind, start, end });
    this.#at = last + 1;
  }
}

const isBoldLine = (words: string): boolean => /^\*\*[^*]{2,80}\*\*$/.test(words);

const isLoneWord = (words: string): boolean => /^\p{Lu}[\p{L}&/-]{2,24}$/u.test(words);

function titleLevel(words: string): number {
  const number = /^\d{1,2}(?:\.\d{1,2})*/.exec(words)?.[0];
  return number === undefined ? 2 : Math.min(6, 1 + number.split('.').length);
}

const isGap = (kind: TextLineKind): boolean =>
  kind === 'empty' || kind === 'rule' || kind === 'underline';

function isColonTitle(words: string): boolean {
  const title = words.slice(0, -1);
  return title.length <= 60 && title.split(/\s+/).length <= 6 && isTitleCase(title);
}

/** Commands, code, configuration: signs that prose does not have. */
function looksLikeCode(line: string): boolean {
  return (
    /[{}\\;=<>|$`]|\(\)|^#|^\/\/|^-{1,2}\w|\s-{1,2}\w|\.exe\b|^\S+\(/.test(line) &&
    !/[a-z]{3,}[.!?]$/.test(line)
  );
}

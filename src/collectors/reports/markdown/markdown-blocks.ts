import type { ReportBlock, ReportBlockKind } from '../../../model/index.js';
import { type TextLine, textLines } from '../text/text-lines.js';

const ATX = /^(#{1,6})[ \t]+(?=\S)/;
const FENCE = /^(`{3,}|~{3,})/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const TABLE_RULE = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
const LINK_DEFINITION = /^\[[^\]]{1,200}\]:[ \t]*\S/;
/** A line of nothing but tags, such as `<details>` and `<br>`. */
const TAGS_ONLY = /^(?:<\/?[a-z][^<>]*>[ \t]*)+$/i;
const CODE_INDENT = 4;
/** A longer line is text, whatever it looks like. */
const MAX_MARK_LENGTH = 5_000;

/**
 * Finds the blocks of Markdown: headings, paragraphs, items, tables, code, quotes. Offsets point into the text itself,
 * whose inline marks stay. Fences, table rules, link definitions, comments and lines of tags belong to no block.
 *
 * @param from where the front matter ends.
 */
export function markdownBlocks(text: string, from: number): readonly ReportBlock[] {
  const lines = textLines(text).filter(({ start, end }) => start >= from || end > from);
  return new MarkdownBlockReader(text, lines).read();
}

/** Walks the lines once; each method takes those of its block and steps past them. */
class MarkdownBlockReader {
  readonly #text: string;
  readonly #lines: readonly TextLine[];
  readonly #blocks: ReportBlock[] = [];
  #at = 0;
  /** Column of the text of the item above; nothing indented as far is code. */
  #itemIndent = 0;

  constructor(text: string, lines: readonly TextLine[]) {
    this.#text = text;
    this.#lines = lines;
  }

  read(): readonly ReportBlock[] {
    for (;;) {
      const line = this.#lines[this.#at];
      if (line === undefined) return this.#blocks;
      this.#take(line, this.#words(line));
    }
  }

  #take(line: TextLine, words: string): void {
    if (words === '') this.#at += 1;
    else if (line.indent >= CODE_INDENT + this.#itemIndent) this.#takeIndented(line);
    else if (FENCE.test(words)) this.#takeFence(line, words);
    else if (words.startsWith('<!--')) this.#skipComment();
    else if (isSkipped(words)) this.#at += 1;
    else if (ATX.test(words)) this.#takeAtx(line, words);
    else if (this.#isTable()) this.#takeTable();
    else if (words.startsWith('>')) this.#takeQuote();
    else if (ITEM.test(words)) this.#takeItem(line, words);
    else this.#takeParagraph(line);
  }

  #words({ start, end }: TextLine): string {
    return this.#text.slice(start, end);
  }

  #wordsAt(index: number): string {
    const line = this.#lines[index];
    return line === undefined ? '' : this.#words(line);
  }

  #push(kind: ReportBlockKind, span: { start: number; end: number }, level?: number): void {
    if (span.end <= span.start) return;
    this.#blocks.push(level === undefined ? { kind, ...span } : { kind, ...span, level });
  }

  #takeAtx(line: TextLine, words: string): void {
    const [opening = '', marks = ''] = ATX.exec(words) ?? [];
    const start = line.start + opening.length;
    let end = line.end;
    while (end > start && this.#text.charAt(end - 1) === '#') end -= 1;
    // Marks at the end belong to the heading, as in `C#`, unless white space is before them.
    if (end < line.end && !/\s/.test(this.#text.charAt(end - 1))) end = line.end;
    while (end > start && /\s/.test(this.#text.charAt(end - 1))) end -= 1;
    this.#push('heading', { start, end }, marks.length);
    this.#at += 1;
    this.#itemIndent = 0;
  }

  /** Code without its fences; to the end of the text when no fence closes it. */
  #takeFence(opening: TextLine, words: string): void {
    const fence = FENCE.exec(words)?.[0] ?? '```';
    let index = this.#at + 1;
    while (index < this.#lines.length && !isClosingFence(this.#wordsAt(index), fence)) index += 1;
    const inside = this.#lines.slice(this.#at + 1, index).filter(({ start, end }) => end > start);
    const [first] = inside;
    const last = inside.at(-1);
    if (first !== undefined && last !== undefined) {
      this.#push('code', { start: first.start, end: last.end });
    }
    this.#at = index + 1;
    if (opening.indent === 0) this.#itemIndent = 0;
  }

  #skipComment(): void {
    while (this.#at < this.#lines.length && !this.#wordsAt(this.#at).includes('-->')) this.#at += 1;
    this.#at += 1;
  }

  #takeIndented(line: TextLine): void {
    let last = this.#at;
    for (let index = this.#at + 1; index < this.#lines.length; index += 1) {
      const next = this.#lines[index];
      if (next === undefined) break;
      if (next.start === next.end) continue;
      if (next.indent < CODE_INDENT + this.#itemIndent) break;
      last = index;
    }
    this.#push('code', { start: line.start, end: this.#lines[last]?.end ?? line.end });
    this.#at = last + 1;
  }

  /** A row with cells above a rule with as many. */
  #isTable(): boolean {
    const rule = this.#wordsAt(this.#at + 1);
    if (rule.length > MAX_MARK_LENGTH || !rule.includes('-')) return false;
    return this.#wordsAt(this.#at).includes('|') && TABLE_RULE.test(rule);
  }

  #takeTable(): void {
    this.#takeRow();
    this.#at += 1;
    while (this.#wordsAt(this.#at).includes('|')) this.#takeRow();
  }

  /** A row without its outer bars; those between cells stay, since the text is the file's own. */
  #takeRow(): void {
    const line = this.#lines[this.#at];
    this.#at += 1;
    if (line === undefined) return;
    let { start, end } = line;
    while (start < end && /[|\s]/.test(this.#text.charAt(start))) start += 1;
    while (end > start && /[|\s]/.test(this.#text.charAt(end - 1))) end -= 1;
    this.#push('table-row', { start, end });
  }

  /** A quote is cut where its own lines are empty, so that each piece is one stretch of the text. */
  #takeQuote(): void {
    const first = this.#lines[this.#at];
    if (first === undefined) return;
    const start = this.#afterMarks(first);
    let end = first.end;
    this.#at += 1;
    while (start < end) {
      const next = this.#lines[this.#at];
      if (next === undefined || !this.#continuesQuote(next)) break;
      end = next.end;
      this.#at += 1;
    }
    this.#push('quote', { start, end });
  }

  #continuesQuote(line: TextLine): boolean {
    const words = this.#words(line);
    if (words.startsWith('>'))
      return this.#afterMarks(line) < line.end && !/^>\s*[-*#]\s/.test(words);
    return words !== '' && !this.#startsBlock(line);
  }

  #afterMarks({ start, end }: TextLine): number {
    let at = start;
    while (at < end && /[>\s]/.test(this.#text.charAt(at))) at += 1;
    return at;
  }

  #takeItem(line: TextLine, words: string): void {
    const marker = ITEM.exec(words)?.[0].length ?? 0;
    this.#itemIndent = line.indent + marker;
    const start = line.start + marker;
    const end = this.#endOfWrapped();
    if (/^#{1,6}[ \t]/.test(this.#text.slice(start, start + 8))) {
      this.#push('list-item', { start, end: line.end });
    } else this.#push('list-item', { start, end });
  }

  #takeParagraph(line: TextLine): void {
    if (line.indent < 2) this.#itemIndent = 0;
    const kind = this.#itemIndent > 0 ? 'list-item' : 'paragraph';
    const end = this.#endOfWrapped();
    const underline = this.#wordsAt(this.#at);
    if (/^(?:=+|-{2,})$/.test(underline)) {
      this.#push('heading', { start: line.start, end }, underline.startsWith('=') ? 1 : 2);
      this.#at += 1;
    } else if (isBoldLine(this.#text.slice(line.start, end))) {
      const colon = this.#text.charAt(end - 1) === ':' ? 1 : 0;
      this.#push('heading', { start: line.start + 2, end: end - 2 - colon }, 6);
    } else this.#push(kind, { start: line.start, end });
  }

  /** Steps past a line and those that go on with it; returns where they end. */
  #endOfWrapped(): number {
    let end = this.#lines[this.#at]?.end ?? 0;
    this.#at += 1;
    for (;;) {
      const next = this.#lines[this.#at];
      if (next === undefined || this.#startsBlock(next)) return end;
      end = next.end;
      this.#at += 1;
    }
  }

  #startsBlock(line: TextLine): boolean {
    const words = this.#words(line);
    if (
      words === '' ||
      words.startsWith('<!--') ||
      /^(?:=+|-{2,})$/.test(words) ||
      isSkipped(words)
    )
      return true;
    return ATX.test(words) || FENCE.test(words) || ITEM.test(words) || words.startsWith('>');
  }
}

function isClosingFence(words: string, fence: string): boolean {
  return words.startsWith(fence) && words.replaceAll(fence.charAt(0), '') === '';
}

function isSkipped(words: string): boolean {
  if (words.length > MAX_MARK_LENGTH) return false;
  return RULE.test(words) || LINK_DEFINITION.test(words) || TAGS_ONLY.test(words);
}

/** `**Recommendations**`, `__Mitigations:__` alone on their line. */
function isBoldLine(words: string): boolean {
  return /^(\*\*|__)[^*_\n]{2,80}\1:?$/.test(words);
}

import type { ReportBlockKind } from '../../../model/index.js';
import { type BlockWriter, collapseSpace } from '../write-blocks.js';
import { BLOCK_ELEMENTS, UNREAD_ELEMENTS } from './html-elements.table.js';
import type { HtmlSink } from './tokenize-html.js';

const HEADING = /^h[1-6]$/;
const BOLD = new Set(['b', 'strong']);
const MAX_TITLE_LENGTH = 80;
const HIDDEN_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
/** Marks a line break that is one, among the white space that is not. */
const BREAK = '\0';

/** An open element that says what its text is. */
interface OpenElement {
  readonly name: string;
  readonly kind: ReportBlockKind | undefined;
}

/**
 * Turns a page's tags and text into blocks: one for each paragraph, item, heading, row of a table and `pre`. Cells of a
 * row are separated by tabs. Hidden text is left out.
 */
export function createHtmlBlocks(writer: BlockWriter): HtmlSink & { finish(): void } {
  return new HtmlBlockSink(writer);
}

class HtmlBlockSink implements HtmlSink {
  readonly #writer: BlockWriter;
  readonly #open: OpenElement[] = [];
  #words: string[] = [];
  #bold = { depth: 0, all: true, any: false };
  #unreadDepth = 0;
  #unreadName = '';
  #preDepth = 0;
  /** Cells of the open row; undefined outside of one. */
  #cells: string[] | undefined;
  #isInCell = false;

  constructor(writer: BlockWriter) {
    this.#writer = writer;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#unreadDepth > 0) {
      if (name === this.#unreadName) this.#unreadDepth += 1;
      return;
    }
    if (UNREAD_ELEMENTS.has(name) || isHidden(attributes)) {
      this.#unreadDepth = 1;
      this.#unreadName = name;
      return;
    }
    if (name === 'br') this.#words.push(this.#preDepth > 0 ? '\n' : BREAK);
    else if (BOLD.has(name)) this.#bold.depth += 1;
    else if (BLOCK_ELEMENTS.has(name)) this.#openBlock(name);
  }

  close(name: string): void {
    if (this.#unreadDepth > 0) {
      if (name === this.#unreadName) this.#unreadDepth -= 1;
      return;
    }
    if (BOLD.has(name)) this.#bold.depth = Math.max(0, this.#bold.depth - 1);
    else if (BLOCK_ELEMENTS.has(name)) this.#closeBlock(name);
  }

  text(text: string): void {
    if (this.#unreadDepth > 0 || text === '') return;
    const words = text.replaceAll('\0', '\ufffd');
    this.#words.push(this.#preDepth > 0 ? words : collapseSpace(words));
    if (text.trim() === '') return;
    this.#bold.any = true;
    if (this.#bold.depth === 0) this.#bold.all = false;
  }

  finish(): void {
    this.#endRow();
    this.#flush();
  }

  #openBlock(name: string): void {
    if (this.#cells === undefined) this.#flush();
    else if (name === 'table' || name === 'tr' || HEADING.test(name)) this.#endRow();
    else if (name === 'td' || name === 'th') this.#endCell();
    else this.#words.push(' ');
    if (name === 'tr') this.#cells = [];
    if (name === 'td' || name === 'th') this.#isInCell = this.#cells !== undefined;
    if (name === 'pre' && this.#cells === undefined) this.#preDepth += 1;
    this.#open.push({ name, kind: kindOf(name) });
    // Closing tags that never come must not cost memory.
    if (this.#open.length > 1_000) this.#open.splice(0, 500);
  }

  #closeBlock(name: string): void {
    if (this.#cells === undefined) this.#flush();
    else if (name === 'tr' || name === 'table') this.#endRow();
    else if (name === 'td' || name === 'th') this.#endCell();
    else this.#words.push(' ');
    const index = this.#open.findLastIndex((element) => element.name === name);
    if (index === -1) return;
    this.#open.length = index;
    if (name === 'pre') this.#preDepth = Math.max(0, this.#preDepth - 1);
  }

  /** Ends a block and writes it; its kind is that of the nearest element that has one. */
  #flush(): void {
    const text = this.#words.join('');
    const isBold = this.#bold.any && this.#bold.all;
    this.#words = [];
    this.#bold = { depth: this.#bold.depth, all: true, any: false };
    if (text === '') return;
    const element = this.#open.findLast(({ kind }) => kind !== undefined);
    const kind = element?.kind ?? 'paragraph';
    if (kind === 'code') this.#writer.add({ kind, text });
    else if (kind === 'heading') {
      const level = Number(element?.name.slice(1));
      this.#writer.add({ kind, text: collapseSpace(text.replaceAll(BREAK, ' ')), level });
    } else if (isBold && kind === 'paragraph' && isTitle(text)) {
      this.#writer.add({ kind: 'heading', text: text.replaceAll(BREAK, ''), level: 6 });
    } else for (const line of linesOf(text)) this.#writer.add({ kind, text: line });
  }

  /** Ends a cell, or what stands between two; an empty cell keeps its place. */
  #endCell(): void {
    const text = cellText(this.#words.join(''));
    this.#words = [];
    if (this.#isInCell || text !== '') this.#cells?.push(text);
    this.#isInCell = false;
  }

  #endRow(): void {
    const cells = this.#cells;
    if (cells === undefined) return;
    this.#cells = undefined;
    const rest = cellText(this.#words.join(''));
    this.#words = [];
    this.#isInCell = false;
    this.#bold = { depth: 0, all: true, any: false };
    if (rest !== '') cells.push(rest);
    if (cells.some((cell) => cell !== '')) {
      this.#writer.add({ kind: 'table-row', text: cells.join('\t') });
    }
  }
}

function kindOf(name: string): ReportBlockKind | undefined {
  if (HEADING.test(name)) return 'heading';
  if (name === 'li' || name === 'dd' || name === 'dt') return 'list-item';
  if (name === 'pre') return 'code';
  if (name === 'blockquote') return 'quote';
  return name === 'figcaption' || name === 'caption' ? 'caption' : undefined;
}

function isHidden(attributes: ReadonlyMap<string, string>): boolean {
  if (attributes.size === 0) return false;
  if (attributes.has('hidden') || attributes.get('aria-hidden') === 'true') return true;
  return HIDDEN_STYLE.test(attributes.get('style') ?? '');
}

const cellText = (words: string): string => collapseSpace(words.replaceAll(BREAK, ' ')).trim();

/** A line break ends a block, unless what follows goes on with a sentence. */
function linesOf(text: string): readonly string[] {
  if (!text.includes(BREAK)) return [collapseSpace(text)];
  const lines: string[] = [];
  for (const line of text.split(BREAK)) {
    const words = collapseSpace(line).trim();
    const above = lines.at(-1);
    const goesOn =
      above !== undefined && /^\p{Ll}[\p{L}'’-]*[ ,]/u.test(words) && !/[.!?:;]$|^$/.test(above);
    if (goesOn) lines[lines.length - 1] = `${above} ${words}`;
    else lines.push(words);
  }
  return lines;
}

/** A line all in bold type that is a heading in all but name. */
function isTitle(text: string): boolean {
  const words = collapseSpace(text).trim();
  return words.length <= MAX_TITLE_LENGTH && !/[.!?,;]$/.test(words) && !words.includes(BREAK);
}

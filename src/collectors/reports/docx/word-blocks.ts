import type { HtmlAttributes, HtmlSink } from '../html/tokenize-html.js';
import type { XmlSink } from '../xml/parse-xml.js';
import { isMonoFont, type WordRole, type WordStyles } from './word-styles.js';

/** A paragraph that is open; those of text boxes stand within others. */
interface Paragraph {
  styleId: string | undefined;
  isNumbered: boolean;
  outline: number | undefined;
  readonly runs: Run[];
}

interface Run {
  text: string;
  isBold: boolean;
  isMono: boolean;
  isHidden: boolean;
}

const NONE: HtmlAttributes = new Map();
const ELEMENTS: Readonly<Record<WordRole['kind'], string>> = {
  heading: 'h',
  'list-item': 'li',
  quote: 'blockquote',
  caption: 'figcaption',
  code: 'pre',
  contents: '',
};
/** Elements within which nothing is read: the second form of what has two, and changes that were taken back. */
const SKIPPED = new Set([
  'Fallback',
  'del',
  'moveFrom',
  'pPrChange',
  'rPrChange',
  'sectPr',
  'tblPr',
]);

/** Turns the body of a Word document into the elements of HTML that say the same. */
export function createWordBlocks(styles: WordStyles, html: HtmlSink): XmlSink & { finish(): void } {
  return new WordBlocks(styles, html);
}

class WordBlocks implements XmlSink {
  readonly #styles: WordStyles;
  readonly #html: HtmlSink;
  readonly #paragraphs: Paragraph[] = [];
  /** Whether each open table has several columns; tables of one only frame their text. */
  readonly #tables: { isGrid: boolean; columns: number }[] = [];
  #run: Run | undefined;
  #skipped = '';
  #skippedDepth = 0;
  #isText = false;
  #isInProperties = false;
  #isCodeOpen = false;

  constructor(styles: WordStyles, html: HtmlSink) {
    this.#styles = styles;
    this.#html = html;
  }

  open(name: string, attributes: ReadonlyMap<string, string>, prefix: string): void {
    if (this.#skippedDepth > 0) {
      if (name === this.#skipped) this.#skippedDepth += 1;
    } else if (SKIPPED.has(name)) {
      this.#skipped = name;
      this.#skippedDepth = 1;
    } else if (prefix !== 'a' && prefix !== 'm') this.#open(name, attributes);
  }

  close(name: string): void {
    if (this.#skippedDepth > 0) {
      if (name === this.#skipped) this.#skippedDepth -= 1;
    } else this.#close(name);
  }

  text(text: string): void {
    if (this.#isText && this.#skippedDepth === 0 && this.#run !== undefined) this.#run.text += text;
  }

  finish(): void {
    while (this.#paragraphs.length > 0) this.#endParagraph();
    this.#closeCode();
  }

  #open(name: string, attributes: ReadonlyMap<string, string>): void {
    const value = attributes.get('val');
    if (name === 'p')
      this.#paragraphs.push({
        styleId: undefined,
        isNumbered: false,
        outline: undefined,
        runs: [],
      });
    else if (name === 'r') this.#startRun();
    else if (name === 't') this.#isText = true;
    else if (name === 'pPr' || name === 'rPr') this.#isInProperties = true;
    else if (this.#isInProperties) this.#noteProperty(name, value, attributes);
    else if (name === 'tbl') this.#tables.push({ isGrid: true, columns: 0 });
    else if (name === 'gridCol') this.#countColumn();
    else if (name === 'tr' || name === 'tc') this.#openCell(name);
    else if (this.#run !== undefined) this.#run.text += characterOf(name, attributes);
  }

  #close(name: string): void {
    if (name === 'p') this.#endParagraph();
    else if (name === 't') this.#isText = false;
    else if (name === 'r') this.#run = undefined;
    else if (name === 'pPr' || name === 'rPr') this.#isInProperties = false;
    else if (name === 'tr' || name === 'tc') this.#closeCell(name);
    else if (name === 'tbl') this.#closeTable();
  }

  #startRun(): void {
    this.#run = { text: '', isBold: false, isMono: false, isHidden: false };
    this.#paragraphs.at(-1)?.runs.push(this.#run);
  }

  #noteProperty(
    name: string,
    value: string | undefined,
    attributes: ReadonlyMap<string, string>,
  ): void {
    const paragraph = this.#paragraphs.at(-1);
    if (this.#run !== undefined) noteRun(this.#run, name, attributes);
    else if (paragraph === undefined) return;
    else if (name === 'pStyle') paragraph.styleId = value;
    else if (name === 'numId') paragraph.isNumbered = value !== '0';
    else if (name === 'outlineLvl') paragraph.outline = Number(value);
  }

  #countColumn(): void {
    const table = this.#tables.at(-1);
    if (table !== undefined) table.columns += 1;
  }

  #openCell(name: 'tr' | 'tc'): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    // Tables within a cell are words of the cell.
    table.isGrid = table.columns !== 1 && this.#tables.length === 1;
    if (!table.isGrid) return;
    if (name === 'tr') this.#closeCode();
    this.#html.open(name === 'tr' ? 'tr' : 'td', NONE);
  }

  #closeCell(name: 'tr' | 'tc'): void {
    if (this.#tables.at(-1)?.isGrid === true) this.#html.close(name === 'tr' ? 'tr' : 'td');
  }

  #closeTable(): void {
    this.#tables.pop();
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    this.#run = undefined;
    if (paragraph === undefined) return;
    const runs = paragraph.runs.filter(({ text, isHidden }) => text !== '' && !isHidden);
    const isEmpty = runs.every(({ text }) => text.trim() === '');
    const role = this.#roleOf(paragraph, runs);
    if (role?.kind === 'contents') return;
    if (role?.kind === 'code' && this.#tables.length === 0) this.#addCode(runs, isEmpty);
    else if (!isEmpty) {
      this.#closeCode();
      this.#write(role, runs);
    }
  }

  #roleOf({ styleId, isNumbered, outline }: Paragraph, runs: readonly Run[]): WordRole | undefined {
    const role = this.#styles(styleId);
    if (outline !== undefined && outline >= 0 && outline < 9) {
      return { kind: 'heading', level: Math.min(6, outline + 1) };
    }
    if (role !== undefined && role.kind !== 'list-item') return role;
    const words = runs.filter(({ text }) => text.trim() !== '');
    if (words.length > 0 && words.every(({ isMono }) => isMono)) return { kind: 'code' };
    return isNumbered ? { kind: 'list-item' } : role;
  }

  #write(role: WordRole | undefined, runs: readonly Run[]): void {
    const name =
      role?.kind === 'heading' ? `h${role.level}` : ELEMENTS[role?.kind ?? 'contents'] || 'p';
    this.#html.open(name, NONE);
    for (const { text, isBold } of runs) {
      if (isBold) this.#html.open('b', NONE);
      text.split('\n').forEach((line, index) => {
        if (index > 0) this.#html.open('br', NONE);
        this.#html.text(line);
      });
      if (isBold) this.#html.close('b');
    }
    this.#html.close(name);
  }

  /** Paragraphs of code that follow one another are one block. */
  #addCode(runs: readonly Run[], isEmpty: boolean): void {
    if (!this.#isCodeOpen) {
      if (isEmpty) return;
      this.#html.open('pre', NONE);
    } else this.#html.text('\n');
    this.#isCodeOpen = true;
    this.#html.text(runs.map(({ text }) => text).join(''));
  }

  #closeCode(): void {
    if (this.#isCodeOpen) this.#html.close('pre');
    this.#isCodeOpen = false;
  }
}

function noteRun(run: Run, name: string, attributes: ReadonlyMap<string, string>): void {
  const isOn = !['0', 'false', 'none', 'off'].includes(attributes.get('val') ?? '');
  if (name === 'b') run.isBold = isOn;
  else if (name === 'vanish' || name === 'webHidden') run.isHidden = isOn;
  else if (name === 'rFonts') run.isMono = isMonoFont(attributes.get('ascii'));
}

/** What an element of a run stands for. */
function characterOf(name: string, attributes: ReadonlyMap<string, string>): string {
  if (name === 'tab' || name === 'ptab') return '\t';
  if (name === 'br') return attributes.get('type') === undefined ? '\n' : ' ';
  if (name === 'cr') return '\n';
  return name === 'noBreakHyphen' ? '-' : '';
}

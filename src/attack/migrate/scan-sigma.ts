import type { MigrationLogsource } from './migration.js';

/** One entry of a `tags` list, where it stands in the text. Offsets are UTF-16. */
export interface SigmaTag {
  /** Without quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `''` when plain. */
  readonly quote: '' | "'" | '"';
  /** `block`: on a line of its own after a dash; `flow`: between brackets. */
  readonly style: 'block' | 'flow';
  readonly line: SigmaLine;
}

/** One line of the text. */
export interface SigmaLine {
  readonly start: number;
  /** Before the line's end mark. */
  readonly end: number;
  /** After the line's end mark. */
  readonly next: number;
  /** 1-based. */
  readonly number: number;
}

/** One YAML document of a Sigma file: what migration reads of it. */
export interface SigmaDocument {
  readonly title: string;
  readonly description: string;
  /** Undefined parts are not given by the document. */
  readonly logsource: MigrationLogsource;
  readonly tags: readonly SigmaTag[];
  /** Offsets of the sections named `tags`, first to last line; the rewriter writes nowhere else. */
  readonly tagRegions: readonly { readonly start: number; readonly end: number }[];
}

interface Section {
  readonly key: string;
  /** Offset just after the colon. */
  readonly valueStart: number;
  readonly lines: SigmaLine[];
}

const KEY = /^(?:"([\w -]{1,100})"|'([\w -]{1,100})'|([A-Za-z_][\w-]{0,100}))[ \t]*:(?=[ \t]|$)/;

/**
 * Finds the tags of a Sigma file without a YAML parser, so that everything else can stay as it is byte by byte. It relies on
 * what YAML says of block mappings: only a key of the top mapping stands at its indentation.
 *
 * @returns one entry a YAML document; none of it for text that is no block mapping.
 */
export function scanSigma(text: string): readonly SigmaDocument[] {
  const documents: SigmaLine[][] = [[]];
  for (const line of splitLines(text)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 4));
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(content)) documents.push([]);
    else documents.at(-1)?.push(line);
  }
  return documents.map((lines) => readDocument(text, splitSections(text, lines)));
}

function splitLines(text: string): readonly SigmaLine[] {
  const lines: SigmaLine[] = [];
  const lineEnd = /\r\n|\n|\r/g;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let found = lineEnd.exec(text); found !== null; found = lineEnd.exec(text)) {
    lines.push({ start, end: found.index, next: lineEnd.lastIndex, number: lines.length + 1 });
    start = lineEnd.lastIndex;
  }
  if (start < text.length) {
    lines.push({ start, end: text.length, next: text.length, number: lines.length + 1 });
  }
  return lines;
}

function splitSections(text: string, lines: readonly SigmaLine[]): readonly Section[] {
  const sections: Section[] = [];
  let indent: number | undefined;
  for (const line of lines) {
    const content = text.slice(line.start, line.end);
    const width = content.search(/[^ ]/);
    const isBlank = width === -1 || content[width] === '#';
    if (!isBlank) indent ??= width;
    const found = !isBlank && width === indent ? KEY.exec(content.slice(width, width + 300)) : null;
    const current = sections.at(-1);
    if (found !== null) {
      const key = found[1] ?? found[2] ?? found[3] ?? '';
      sections.push({ key, valueStart: line.start + width + found[0].length, lines: [line] });
    } else if (current !== undefined) {
      current.lines.push(line);
    }
  }
  return sections;
}

function readDocument(text: string, sections: readonly Section[]): SigmaDocument {
  const sectionText = (key: string): string => {
    const section = sections.find((other) => other.key === key);
    if (section === undefined) return '';
    return text.slice(section.valueStart, section.lines.at(-1)?.end);
  };
  const logsource = sectionText('logsource');
  const tagSections = sections.filter(({ key }) => key === 'tags');
  return {
    title: plainText(sectionText('title')),
    description: plainText(sectionText('description')),
    logsource: {
      product: partOf(logsource, 'product'),
      category: partOf(logsource, 'category'),
      service: partOf(logsource, 'service'),
    },
    tags: tagSections.flatMap((section) => readTags(text, section)),
    tagRegions: tagSections.map(({ lines }) => ({
      start: lines[0]?.start ?? 0,
      end: lines.at(-1)?.next ?? 0,
    })),
  };
}

function plainText(value: string): string {
  return value
    .slice(0, 20_000)
    .replace(/^\s*[|>][+-]?\d?/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2');
}

function partOf(logsource: string, part: string): string | undefined {
  const pattern = new RegExp(`(?:^|[\\s{,])${part}[ \\t]*:[ \\t]*["']?([^"'\\s,}#]{1,100})`);
  return pattern.exec(logsource.slice(0, 20_000))?.[1];
}

function readTags(text: string, { valueStart, lines }: Section): readonly SigmaTag[] {
  const [first] = lines;
  if (first === undefined) return [];
  const value = text.slice(valueStart, first.end);
  // An anchor or a YAML tag may stand before the list.
  const lead = /^(?:[ \t]*[&!][^\s[\]{},]*)*[ \t]*/.exec(value)?.[0].length ?? 0;
  const rest = value.slice(lead);
  if (rest.startsWith('[')) return readFlow(text, { start: valueStart + lead, lines });
  if (rest !== '' && !rest.startsWith('#')) return [];
  return readBlock(text, lines.slice(1));
}

/** Items of a block list. What stands deeper than their dashes belongs to the item before, which then is no plain tag. */
function readBlock(text: string, lines: readonly SigmaLine[]): readonly SigmaTag[] {
  const contents = lines
    .map((line) => ({ line, width: text.slice(line.start, line.end).search(/[^ \t]/) }))
    .filter(({ line, width }) => width !== -1 && text[line.start + width] !== '#');
  const [first] = contents;
  if (first === undefined) return [];
  return contents.flatMap(({ line, width }, index) => {
    const next = contents[index + 1];
    const isWhole = next === undefined || next.width <= first.width;
    return width === first.width && isWhole ? (readItem(text, line) ?? []) : [];
  });
}

function readItem(text: string, line: SigmaLine): SigmaTag | undefined {
  const content = text.slice(line.start, line.end);
  const dash = /^[ \t]*-[ \t]+/.exec(content);
  if (dash === null) return undefined;
  const scalar = readScalar(content, dash[0].length, /[ \t]#/);
  if (scalar?.isWhole !== true) return undefined;
  const { start, end, quote } = scalar;
  return {
    text: content.slice(start, end),
    start: line.start + start,
    end: line.start + end,
    quote,
    style: 'block',
    line,
  };
}

interface Scalar {
  readonly start: number;
  readonly end: number;
  readonly quote: SigmaTag['quote'];
  /** Whether it stands for itself: a key of a mapping, and what text follows the quotes of, does not. */
  readonly isWhole: boolean;
}

/** The scalar at `from`, without quotes and trailing blanks; undefined when something else stands there. */
function readScalar(content: string, from: number, plainEnd: RegExp): Scalar | undefined {
  const first = content[from];
  if (first === undefined || '#&*!|>%@`{[]},'.includes(first)) return undefined;
  if (first === '"' || first === "'") {
    const end = content.indexOf(first, from + 1);
    if (end === -1) return undefined;
    const isWhole = /^[ \t]*(?:[,\]#]|$)/.test(content.slice(end + 1, end + 300));
    return { start: from + 1, end, quote: first, isWhole };
  }
  const rest = content.slice(from);
  const cut = rest.search(plainEnd);
  const plain = (cut === -1 ? rest : rest.slice(0, cut)).trimEnd();
  if (plain === '') return undefined;
  return { start: from, end: from + plain.length, quote: '', isWhole: !/:(?:\s|$)/.test(plain) };
}

interface FlowStart {
  readonly start: number;
  readonly lines: readonly SigmaLine[];
}

function readFlow(text: string, { start, lines }: FlowStart): readonly SigmaTag[] {
  const tags: SigmaTag[] = [];
  for (const line of lines) {
    const from = Math.max(0, start + 1 - line.start);
    if (readFlowLine(text, { line, from, tags })) break;
  }
  return tags;
}

interface FlowLine {
  readonly line: SigmaLine;
  readonly from: number;
  /** Grows. */
  readonly tags: SigmaTag[];
}

/** Whether the list ends on this line. Lists within the list hold no tags of Sigma's: reading stops there. */
function readFlowLine(text: string, { line, from, tags }: FlowLine): boolean {
  const content = text.slice(line.start, line.end);
  let place = from;
  while (place < content.length) {
    const char = content[place] ?? '';
    if (']}[{'.includes(char)) return true;
    if (char === '#') return false;
    const scalar = /[\s,]/.test(char) ? undefined : readScalar(content, place, /[ \t]#|[,\]]/);
    if (scalar?.isWhole === true) tags.push(toFlowTag(content, line, scalar));
    place = scalar === undefined ? place + 1 : scalar.end + scalar.quote.length;
  }
  return false;
}

function toFlowTag(content: string, line: SigmaLine, { start, end, quote }: Scalar): SigmaTag {
  return {
    text: content.slice(start, end),
    start: line.start + start,
    end: line.start + end,
    quote,
    style: 'flow',
    line,
  };
}

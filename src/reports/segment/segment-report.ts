import type { ReportBlock, ReportDocument } from '../../model/index.js';
import type { SectionKind, Sentence } from '../sentence.js';
import { classifySection, titleWords } from './classify-section.js';
import { cutLongSpan, type TextSpan } from './cut-long-span.js';
import { splitSentences } from './split-sentences.js';

/** A heading whose section is open. */
interface OpenSection {
  readonly level: number;
  readonly kind: SectionKind;
}

/** A heading without a level, and a short paragraph that reads like one: below all that have. */
const LOWEST_LEVEL = 6;
const MAX_TITLE_PARAGRAPH = 60;

interface Outline {
  readonly open: OpenSection[];
  heading: string | undefined;
}

/**
 * Cuts a report into what the lanes read: the sentences of its paragraphs, list items, quotes and captions; headings,
 * table rows and blocks of code whole. Nothing is longer than 2,000 UTF-16 units.
 *
 * A heading such as `Mitigations` gives its kind to all below it, sub-headings included, until a heading of its own
 * level or above; so does a short paragraph with such a title.
 *
 * @returns in the order of the text, without overlap or white space at the ends.
 */
export function segmentReport({ text, blocks }: ReportDocument): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const outline: Outline = { open: [], heading: undefined };
  for (const block of blocks) {
    openSection(text, block, outline);
    const section = outline.open.at(-1)?.kind ?? 'body';
    const { heading } = outline;
    for (const { start, end } of spansOf(text, block)) {
      sentences.push({ start, end, block: block.kind, section, heading });
    }
  }
  return sentences;
}

function spansOf(text: string, block: ReportBlock): readonly TextSpan[] {
  const isSplit =
    block.kind === 'paragraph' ||
    block.kind === 'list-item' ||
    block.kind === 'quote' ||
    block.kind === 'caption';
  if (isSplit) return splitSentences(text, block);
  const spans: TextSpan[] = [];
  cutLongSpan(text, block, spans);
  return spans;
}

/** Notes what a heading, or a paragraph that reads like one, begins. */
function openSection(text: string, block: ReportBlock, outline: Outline): void {
  const isHeading = block.kind === 'heading';
  const mayBeTitle = block.kind === 'paragraph' && block.end - block.start <= MAX_TITLE_PARAGRAPH;
  if (!isHeading && !mayBeTitle) return;
  const words = text.slice(block.start, block.end);
  const kind = classifySection(words, block.start > text.length * 0.75);
  if (!isHeading && (kind === undefined || !isBareTitle(words))) return;
  const level = isHeading ? Math.min(block.level ?? LOWEST_LEVEL, LOWEST_LEVEL) : LOWEST_LEVEL + 1;
  const { open } = outline;
  while (open.length > 0 && (open.at(-1)?.level ?? 0) >= level) open.pop();
  const isTitle = outline.heading === undefined && level === 1 && wordCount(words) > 2;
  const own = isTitle ? undefined : kind;
  open.push({ level, kind: own ?? open.at(-1)?.kind ?? 'body' });
  outline.heading = words;
}

// The title of a report says nothing about its sections: `Mitigating Log4Shell in hospitals` is no list of mitigations.
const wordCount = (words: string): number => titleWords(words).split(' ').length;

/** `Recommendations`, `IOCs:`; a sentence about recommendations ends with a stop. */
function isBareTitle(words: string): boolean {
  return !/[.!?,;]$/.test(words) && wordCount(words) <= 6;
}

import type { ReportBlock } from '../../model/index.js';
import type { ReportReading } from '../../reports/index.js';
import { htmlCount, htmlText } from '../report/html-text.js';
import { cutAtMarks, type MarkedSpan, type TextMark } from './text-marks.js';

/** What the text of a report is drawn with. */
export interface TextDrawing {
  readonly reading: ReportReading;
  /** In the order of the text. */
  readonly marks: readonly TextMark[];
  /** Before the number of a mark in its anchor: `r1-`. */
  readonly prefix: string;
  /** Shortnames of tactics; the place of one decides its colour. */
  readonly tacticOrder: readonly string[];
}

// More text than a browser shows at ease; the findings of all of it are listed.
const MAX_TEXT = 2_000_000;

/** The text of a report with its marks, block by block. */
export function htmlReportText(drawing: TextDrawing): string {
  const { document } = drawing.reading;
  const shownEnd = Math.min(document.text.length, MAX_TEXT);
  const parts: string[] = [];
  const walk = { mark: 0, longest: 0 };
  let at = 0;
  let isInTable = false;
  for (const block of blocksOf(document.blocks, document.text.length)) {
    if (block.start >= shownEnd) break;
    const marks = marksOn(drawing.marks, block, walk);
    parts.push(gapBetween(drawing, { start: at, end: block.start }));
    const isRow = block.kind === 'table-row';
    if (isRow !== isInTable) parts.push(isRow ? TABLE_OPEN : TABLE_CLOSE);
    isInTable = isRow;
    parts.push(drawBlock(block, { ...drawing, marks }));
    at = block.end;
  }
  if (isInTable) parts.push(TABLE_CLOSE);
  if (at < shownEnd) parts.push(gapBetween(drawing, { start: at, end: shownEnd }));
  const left = document.text.length - shownEnd;
  if (left > 0)
    parts.push(`<p class="note">The last ${htmlCount(left)} characters are not shown.</p>`);
  return parts.join('');
}

const TABLE_OPEN = '<div class="scroll"><table class="from-report"><tbody>';
const TABLE_CLOSE = '</tbody></table></div>';

/** A document without blocks is one paragraph. */
function blocksOf(blocks: readonly ReportBlock[], length: number): readonly ReportBlock[] {
  return blocks.length === 0 ? [{ kind: 'paragraph', start: 0, end: length }] : blocks;
}

/** The marks that may touch a block; blocks come in order, so marks that ended long before are passed for good. */
function marksOn(
  marks: readonly TextMark[],
  block: ReportBlock,
  walk: { mark: number; longest: number },
): readonly TextMark[] {
  for (const mark of walk.longest === 0 ? marks : [])
    walk.longest = Math.max(walk.longest, mark.end - mark.start);
  let first = marks[walk.mark];
  while (first !== undefined && first.start + walk.longest <= block.start) {
    walk.mark += 1;
    first = marks[walk.mark];
  }
  const found: TextMark[] = [];
  for (let index = walk.mark; index < marks.length; index += 1) {
    const mark = marks[index];
    if (mark === undefined || mark.start >= block.end) break;
    if (mark.end > block.start) found.push(mark);
  }
  return found;
}

/** Text outside the blocks is white space as a rule. */
function gapBetween(drawing: TextDrawing, span: { start: number; end: number }): string {
  if (span.end <= span.start) return '';
  if (drawing.reading.document.text.slice(span.start, span.end).trim() === '') return '';
  return drawBlock({ kind: 'paragraph', ...span }, drawing);
}

function drawBlock(block: ReportBlock, drawing: TextDrawing): string {
  const { text } = drawing.reading.document;
  const spans = cutAtMarks(block, drawing.marks);
  const content = spans.map((span) => drawSpan(span, text, drawing)).join('');
  switch (block.kind) {
    case 'heading': {
      const level = Math.min(6, Math.max(3, (block.level ?? 2) + 2));
      return `<h${level} dir="auto">${content}</h${level}>`;
    }
    case 'table-row':
      return drawRow(block, drawing);
    case 'list-item':
      return `<p class="item" dir="auto">${content}</p>`;
    case 'code':
      return `<pre><code>${content}</code></pre>`;
    case 'quote':
      return `<blockquote dir="auto">${content}</blockquote>`;
    case 'caption':
      return `<p class="caption" dir="auto">${content}</p>`;
    case 'paragraph':
      return `<p dir="auto">${content}</p>`;
  }
}

/** Cells are separated by tabs; a mark over several cells is shown in each. */
function drawRow(block: ReportBlock, drawing: TextDrawing): string {
  const { text } = drawing.reading.document;
  const cuts: number[] = [];
  for (let tab = text.indexOf('\t', block.start); tab !== -1 && tab < block.end; ) {
    cuts.push(tab, tab + 1);
    tab = text.indexOf('\t', tab + 1);
  }
  const spans = cutAtMarks(block, drawing.marks, cuts);
  const content = spans.map((span) =>
    text.slice(span.start, span.end) === '\t' ? '</td><td>' : drawSpan(span, text, drawing),
  );
  return `<tr><td>${content.join('')}</td></tr>`;
}

function drawSpan({ start, end, marks }: MarkedSpan, text: string, drawing: TextDrawing): string {
  const shown = htmlText(text.slice(start, end));
  const [outer] = marks;
  if (outer === undefined) return shown;
  const techniques = marks.filter((mark) => mark.tactic !== undefined);
  // The innermost says most about its words; what is sure covers what is not.
  const inner = techniques.findLast(({ isReview }) => !isReview) ?? techniques.at(-1);
  const tactic = inner?.tactic;
  const place = tactic === undefined ? -1 : drawing.tacticOrder.indexOf(tactic);
  const classes = [
    tactic === undefined ? `k-${outer.kind}` : `t${place + 1}`,
    marks.every(({ isReview }) => isReview) ? 'review' : '',
  ];
  const begun = marks.filter((mark) => mark.start === start);
  const anchors = begun.map(({ number }) => `<a id="${drawing.prefix}${number}"></a>`).join('');
  const ended = marks.filter((mark) => mark.end === end && mark.kind !== 'ioc');
  const labels = [...new Set(ended.map(({ label }) => label))]
    .filter((label) => label !== text.slice(start, end))
    .join(' ');
  const title = [...new Set(marks.map((mark) => mark.title))].join('\n\n');
  const lanes = [
    ...new Set(marks.map(({ lane, isReview }) => `${lane}${isReview ? '-review' : ''}`)),
  ];
  const attributes = [
    `class="${classes.filter((name) => name !== '').join(' ')}"`,
    `data-lanes="${htmlText(lanes.join(' '))}"`,
    ...(labels === '' ? [] : [`data-labels="${htmlText(labels)}"`]),
    `title="${htmlText(title)}"`,
  ];
  return `${anchors}<mark ${attributes.join(' ')}>${shown}</mark>`;
}

import type { RunBreak, TextRun } from './text-run.js';

/** What pdf.js tells of a piece of text. */
export interface PdfTextItem {
  readonly str: string;
  /** Text space to page space: a, b, c, d, e, f. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly fontName: string;
}

/** A page as pdf.js reads it. */
export interface PdfPageText {
  readonly items: readonly PdfTextItem[];
  readonly monoFonts: ReadonlySet<string>;
  /** Page space to points from the top left, after the page's rotation. */
  readonly view: readonly number[];
}

/** Wider gaps, as a share of the size, are between columns or cells. */
const WIDE_GAP = 1.3;
/** Narrower gaps are within a word. */
const WORD_GAP = 0.12;
const MAX_RUNS = 20_000;

interface Glyphs {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  readonly font: string;
}

/** A run that may still grow to the right. */
interface OpenRun extends Glyphs {
  readonly breaks: readonly RunBreak[];
}

/** Joins a page's pieces of text into runs. Text that is turned, as of a watermark, is left out. */
export function pageRuns({ items, monoFonts, view }: PdfPageText): readonly TextRun[] {
  const runs: TextRun[] = [];
  let open: OpenRun | undefined;
  let hasSpace = false;
  const close = (): void => {
    if (open === undefined || open.text.trim() === '') return;
    const { text, x0, x1, y, size, font, breaks } = open;
    const isMono = monoFonts.has(font);
    runs.push({ text: text.trimEnd(), x0, x1, y, size, font, isMono, order: runs.length, breaks });
  };
  for (const item of items) {
    if (item.str.trim() === '') {
      hasSpace ||= item.str !== '';
      continue;
    }
    const next = glyphsOf(item, view);
    if (next === undefined) continue;
    const grown = open === undefined ? undefined : grow(open, next, hasSpace);
    if (grown === undefined) {
      close();
      if (runs.length >= MAX_RUNS) return runs;
    }
    open = grown ?? { ...next, breaks: [] };
    hasSpace = item.str.endsWith(' ');
  }
  close();
  return joinNeighbours(runs);
}

/** Undefined for text that does not run from left to right on a level line. */
function glyphsOf(
  { str, transform, width, fontName }: PdfTextItem,
  view: readonly number[],
): Glyphs | undefined {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = multiply(view, transform);
  const size = Math.hypot(c, d);
  if (!(size > 0) || Math.abs(b) > Math.abs(a) * 0.2 || a < 0) return undefined;
  const text = str.trimStart();
  const lead = str.length === 0 ? 0 : (width * (str.length - text.length)) / str.length;
  return { text, x0: e + lead, x1: e + width, y: f, size, font: fontName };
}

function multiply(m: readonly number[], n: readonly number[]): readonly number[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

/** The run with what follows it; undefined when that stands elsewhere. */
function grow(open: OpenRun, next: Glyphs, hasSpace: boolean): OpenRun | undefined {
  const size = Math.max(open.size, next.size);
  const gap = next.x0 - open.x1;
  // The number of a note stands higher, and is smaller.
  const isRaised = Math.min(open.size, next.size) < size * 0.85 && gap < size * 0.5;
  if (Math.abs(next.y - open.y) > size * (isRaised ? 0.6 : 0.25)) return undefined;
  if (gap > size * WIDE_GAP || gap < -size * 0.5) return undefined;
  const space = hasSpace || gap > size * WORD_GAP ? ' ' : '';
  const start = open.text.trimEnd();
  const at = start.length + space.length;
  return {
    ...open,
    ...(open.size < next.size ? { size: next.size, y: next.y } : {}),
    // The font of a bullet, or of a word in bold type, is not that of the line.
    font: next.text.length > open.text.length ? next.font : open.font,
    text: start + space + next.text,
    x0: open.x0,
    x1: Math.max(open.x1, next.x1),
    breaks: [...open.breaks.slice(-50), { at, x: next.x0 }],
  };
}

/** Joins runs that touch although the file does not draw them one after the other. */
function joinNeighbours(runs: readonly TextRun[]): readonly TextRun[] {
  const sorted = [...runs].sort((a, b) => Math.round(a.y) - Math.round(b.y) || a.x0 - b.x0);
  const joined: TextRun[] = [];
  for (const run of sorted) {
    const last = joined.at(-1);
    const grown =
      last === undefined || Math.abs(last.y - run.y) > last.size * 0.1
        ? undefined
        : touch(last, run);
    if (grown === undefined) joined.push(run);
    else joined[joined.length - 1] = grown;
  }
  return joined.sort((a, b) => a.order - b.order);
}

function touch(left: TextRun, right: TextRun): TextRun | undefined {
  const gap = right.x0 - left.x1;
  if (gap < -left.size * 0.3 || gap > left.size * 0.35) return undefined;
  const space = gap > left.size * WORD_GAP ? ' ' : '';
  const at = left.text.length + space.length;
  const shifted = right.breaks.map((one) => ({ at: one.at + at, x: one.x }));
  return {
    ...left,
    text: left.text + space + right.text,
    x1: right.x1,
    order: Math.min(left.order, right.order),
    breaks: [...left.breaks, { at, x: right.x0 }, ...shifted].slice(-50),
  };
}

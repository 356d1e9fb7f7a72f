import type { TextRun } from './text-run.js';

/** A part of a page whose lines go from its left to its right edge. */
export interface PageRegion {
  readonly left: number;
  readonly right: number;
  readonly runs: readonly TextRun[];
}

const BIN = 2;
/** Columns have at least so many lines. */
const MIN_LINES = 4;
const MAX_DEPTH = 3;

/** Cuts a page into regions in the order of reading: what spans the page, and columns, each before the one right of it. */
export function orderColumns(runs: readonly TextRun[], depth = 0): readonly PageRegion[] {
  const whole = regionOf(runs);
  if (depth === MAX_DEPTH || runs.length < MIN_LINES * 2) return [whole];
  const gutter = findGutter(whole);
  if (gutter === undefined) return [whole];
  const regions: PageRegion[] = [];
  let plain: TextRun[] = [];
  const closePlain = (): void => {
    if (plain.length > 0) regions.push({ ...whole, runs: plain });
    plain = [];
  };
  let found = false;
  for (const band of cutBands(runs, gutter)) {
    const { left, right, below } = cutSides(band, gutter);
    if (areColumns(left, right)) {
      found = true;
      closePlain();
      regions.push(...orderColumns(left, depth + 1), ...orderColumns(right, depth + 1));
      plain.push(...below);
    } else plain.push(...band);
  }
  closePlain();
  return found ? regions : [whole];
}

function regionOf(runs: readonly TextRun[]): PageRegion {
  let left = Number.POSITIVE_INFINITY;
  let right = 0;
  for (const { x0, x1 } of runs) {
    left = Math.min(left, x0);
    right = Math.max(right, x1);
  }
  return { left: runs.length === 0 ? 0 : left, right, runs };
}

/** Middle of the emptiest strip between the first and last quarter; undefined when text stands in all of them. */
function findGutter({ left, right, runs }: PageRegion): number | undefined {
  const bins = Math.min(2_000, Math.ceil((right - left) / BIN));
  if (!(bins > 20)) return undefined;
  const covers = new Float64Array(bins);
  for (const { x0, x1 } of runs) {
    const isSpanning = x1 - x0 > (right - left) * 0.6;
    if (isSpanning) continue;
    const from = Math.max(0, Math.floor((x0 - left) / BIN));
    const to = Math.min(bins, Math.ceil((x1 - left) / BIN));
    for (let bin = from; bin < to; bin += 1) covers[bin] = (covers[bin] ?? 0) + 1;
  }
  const limit = Math.max(...covers) * 0.06;
  const strip = widestStrip(covers, limit);
  return strip === undefined ? undefined : left + ((strip.start + strip.end) / 2) * BIN;
}

interface Strip {
  readonly start: number;
  readonly end: number;
}

function widestStrip(covers: Float64Array, limit: number): Strip | undefined {
  let best: Strip | undefined;
  let start = -1;
  for (let bin = Math.floor(covers.length * 0.2); bin < covers.length * 0.8; bin += 1) {
    const isEmpty = (covers[bin] ?? 0) <= limit;
    if (isEmpty && start === -1) start = bin;
    if (isEmpty && (best === undefined || bin + 1 - start > best.end - best.start)) {
      best = { start, end: bin + 1 };
    }
    if (!isEmpty) start = -1;
  }
  return best !== undefined && (best.end - best.start) * BIN >= 6 ? best : undefined;
}

/** Cuts a page where runs cross the gutter: these make bands of their own. */
function cutBands(runs: readonly TextRun[], gutter: number): readonly (readonly TextRun[])[] {
  const sorted = [...runs].sort((a, b) => a.y - b.y);
  const bands: TextRun[][] = [];
  let wasCrossing: boolean | undefined;
  for (const run of sorted) {
    const isCrossing = run.x0 < gutter - BIN && run.x1 > gutter + BIN;
    if (isCrossing !== wasCrossing) bands.push([]);
    bands.at(-1)?.push(run);
    wasCrossing = isCrossing;
  }
  return bands;
}

interface Sides {
  readonly left: readonly TextRun[];
  readonly right: readonly TextRun[];
  /** Short lines under both columns that the file draws after them. */
  readonly below: readonly TextRun[];
}

function cutSides(band: readonly TextRun[], gutter: number): Sides {
  const right = band.filter(({ x0 }) => x0 >= gutter - BIN);
  const others = band.filter(({ x0 }) => x0 < gutter - BIN);
  const lastOrder = Math.max(...right.map(({ order }) => order));
  const bottom = Math.max(...right.map(({ y }) => y));
  const isBelow = ({ order, y }: TextRun): boolean => order > lastOrder && y > bottom;
  return {
    left: others.filter((run) => !isBelow(run)),
    right,
    below: right.length === 0 ? [] : others.filter(isBelow),
  };
}

/**
 * Whether two sides are columns of text and not cells of a table: the file draws all of the left before the right, or
 * the lines of both are full.
 */
function areColumns(left: readonly TextRun[], right: readonly TextRun[]): boolean {
  if (left.length < MIN_LINES || right.length < MIN_LINES) return false;
  if (fullShare(left) >= 0.4 && fullShare(right) >= 0.4) return true;
  const last = Math.max(...left.map(({ order }) => order));
  const before = right.filter(({ order }) => order < last).length;
  return before === 0 && (isProse(left) || isProse(right) || !areAligned(left, right));
}

/** Share of lines that go to the right edge, or nearly. */
function fullShare(runs: readonly TextRun[]): number {
  const { left, right } = regionOf(runs);
  const width = right - left;
  const full = runs.filter(
    ({ x0, x1, text }) => x1 - x0 >= width * 0.75 && text.split(' ').length >= 3,
  );
  return full.length / runs.length;
}

const isProse = (runs: readonly TextRun[]): boolean => runs.length >= 6 && fullShare(runs) >= 0.3;

/** Whether most lines of one side stand beside one of the other. */
function areAligned(left: readonly TextRun[], right: readonly TextRun[]): boolean {
  const rows = new Set(left.map(({ y }) => Math.round(y / 2)));
  const beside = right.filter(({ y }) => {
    const row = Math.round(y / 2);
    return rows.has(row) || rows.has(row - 1) || rows.has(row + 1);
  });
  return beside.length >= right.length * 0.7;
}

import type { RunBreak, TextRun } from './text-run.js';

/** A line of a region: one run, or several with wide gaps between. */
export type RunLine = readonly TextRun[];

/** Lines closer than this, as a share of their size, may be one cell, wrapped. */
export const WRAP_GAP = 1.45;

/** Widest distance of the lines of one cell, as a share of their size. */
export const MAX_LEADING = 1.9;

/** From left to right. */
export interface Column {
  x0: number;
  x1: number;
}

/** Rows of a table: lines of one row are those that go on with its cells. */
export function tableRows(lines: readonly RunLine[]): readonly TextRun[] {
  const columns = findColumns(lines);
  const cut = lines.map((line) => cutAtColumns(line, lines));
  const isEven = haveEvenLines(lines);
  const rows: TextRun[][] = [];
  let last = 0;
  cut.forEach((line, index) => {
    const y = line[0]?.y ?? 0;
    const row = rows.at(-1);
    if (row !== undefined && goesOn(line, { row, gap: y - last, columns, isEven })) {
      row.push(...line);
    } else rows.push([...line]);
    last = index >= 0 ? y : last;
  });
  return rows.map((row) => rowOf(row, columns));
}

/** Whether all lines of a table are equally far apart: then distance tells nothing about its rows. */
function haveEvenLines(lines: readonly RunLine[]): boolean {
  const gaps = lines.slice(1).map((_line, index) => gapAbove(lines, index + 1));
  return gaps.length === 0 || Math.max(...gaps) - Math.min(...gaps) < 1.5;
}

interface Continuation {
  readonly row: readonly TextRun[];
  readonly gap: number;
  readonly columns: readonly Column[];
  readonly isEven: boolean;
}

/** Whether a line goes on with the row above: close, and without a cell in the first column unless that is all it has. */
function goesOn(line: RunLine, { row, gap, columns, isEven }: Continuation): boolean {
  const size = line[0]?.size ?? 0;
  const [first] = columns;
  const startsRow = first !== undefined && line.some(({ x0 }) => x0 <= first.x1);
  if (gap > size * (startsRow ? WRAP_GAP : MAX_LEADING)) return false;
  if (!startsRow) return true;
  if (isEven)
    return line.length === 1 && row.length > 1 && columns.length > 1 && !isWordy(row, columns);
  return true;
}

/** Whether the first cell of a row has room left: then what stands below is no rest of it. */
function isWordy(row: readonly TextRun[], [first]: readonly Column[]): boolean {
  const cell = row.filter(({ x0 }) => first !== undefined && x0 <= first.x1).at(-1);
  return (
    cell === undefined || first === undefined || cell.x1 < first.x0 + (first.x1 - first.x0) * 0.6
  );
}

/** Stretches from left to right that the cells of lines with several of them cover. */
export function findColumns(lines: readonly RunLine[]): readonly Column[] {
  const cells = lines
    .filter((line) => line.length >= 2)
    .flatMap((line) => cutAtColumns(line, lines))
    .sort((a, b) => a.x0 - b.x0);
  const columns: Column[] = [];
  for (const { x0, x1 } of cells) {
    const last = columns.at(-1);
    if (last !== undefined && x0 < last.x1 - 1) last.x1 = Math.max(last.x1, x1);
    else columns.push({ x0, x1 });
  }
  return columns;
}

/** Cuts runs where cells of other lines begin, since cells of a narrow table may touch. */
export function cutAtColumns(line: RunLine, lines: readonly RunLine[]): RunLine {
  return line.flatMap((run) =>
    cutRun(
      run,
      run.breaks.filter(({ x }) => beginsCell(x, line, lines)),
    ),
  );
}

/** A run in pieces. @param cuts some of its breaks, in order. */
export function cutRun(run: TextRun, cuts: readonly RunBreak[]): readonly TextRun[] {
  if (cuts.length === 0) return [run];
  const pieces: TextRun[] = [];
  let from = { at: 0, x: run.x0 };
  for (const to of [...cuts, { at: run.text.length, x: run.x1 + 1 }]) {
    const text = run.text.slice(from.at, to.at).trimEnd();
    const { at, x } = from;
    const breaks = run.breaks.flatMap((one) =>
      one.at > at && one.at < to.at ? [{ at: one.at - at, x: one.x }] : [],
    );
    if (text !== '') pieces.push({ ...run, text, x0: x, x1: to.x - 1, breaks });
    from = to;
  }
  return pieces;
}

const beginsCell = (x: number, own: RunLine, lines: readonly RunLine[]): boolean =>
  lines.some(
    (line) =>
      line !== own &&
      line.some(
        (run, index) =>
          (index > 0 && Math.abs(run.x0 - x) <= 1.5) ||
          run.breaks.some((one) => Math.abs(one.x - x) <= 0.5),
      ),
  );

/** A row as one run. */
export function rowOf(row: readonly TextRun[], columns: readonly Column[]): TextRun {
  const cells = new Map<number, string>();
  for (const run of [...row].sort((a, b) => a.y - b.y || a.x0 - b.x0)) {
    const column = columnOf(run, columns);
    const above = cells.get(column);
    cells.set(column, above === undefined ? run.text : joinCell(above, run.text));
  }
  const last = Math.max(...cells.keys());
  const texts = Array.from({ length: last + 1 }, (_, index) => cells.get(index) ?? '');
  const [first] = row;
  return {
    text: texts.join('\t'),
    x0: Math.min(...row.map(({ x0 }) => x0)),
    x1: Math.max(...row.map(({ x1 }) => x1)),
    y: Math.min(...row.map(({ y }) => y)),
    size: first?.size ?? 0,
    font: first?.font ?? '',
    isMono: row.every(({ isMono }) => isMono),
    order: Math.min(...row.map(({ order }) => order)),
    breaks: [],
    isRow: true,
  };
}

function columnOf({ x0, x1 }: TextRun, columns: readonly Column[]): number {
  const middle = Math.min(x1, x0 + 10);
  let best = 0;
  columns.forEach((column, index) => {
    if (middle >= column.x0 - 1) best = index;
  });
  return best;
}

/** A hash that was wrapped is one word; other words have a space between. */
function joinCell(above: string, below: string): string {
  const [start = ''] = /[\da-f]+$/i.exec(above) ?? [];
  const [rest = ''] = /^[\da-f]+/i.exec(below) ?? [];
  const isHash = start.length >= 8 && [32, 40, 64, 96, 128].includes(start.length + rest.length);
  const isLink = /(?:^|\s)(?:h(?:tt|xx)ps?:\/\/)\S+$/i.test(above) && /^[\w/?=&.%#-]+$/.test(below);
  const isHyphen = /\p{L}-$/u.test(above) && /^[\p{L}\d]/u.test(below);
  return isHash || isLink || isHyphen ? above + below : `${above} ${below}`;
}

export function gapAbove(lines: readonly RunLine[], index: number): number {
  return (lines[index]?.[0]?.y ?? 0) - (lines[index - 1]?.[0]?.y ?? 0);
}

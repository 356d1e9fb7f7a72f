import { isBullet } from './join-bullets.js';
import {
  cutAtColumns,
  cutRun,
  findColumns,
  MAX_LEADING,
  type RunLine,
  rowOf,
  tableRows,
  WRAP_GAP,
} from './table-rows.js';
import type { TextRun } from './text-run.js';

/** Cells that the file draws one after the other, from left to right. */
interface Chain {
  readonly cells: TextRun[][];
}

/** How far up or down the next cell of a row may begin, as a share of the size: cells may stand in the middle. */
const MAX_STEP = 25;
const MAX_ROW_GAP = 4;
const ALIGNED = 4;

/**
 * Finds tables by the order in which the file draws: a row's cells one after the other, each to the right of the one
 * before, then the next row. It tells cells apart that wrap or stand in the middle of their row.
 *
 * @returns the runs, in the order of drawing, with those of each row in one.
 */
export function drawnTables(runs: readonly TextRun[]): readonly TextRun[] {
  const found: TextRun[] = [];
  let table: Chain[] = [];
  const close = (): void => {
    found.push(...finishTable(table));
    table = [];
  };
  for (const chain of findChains(cutTouchingCells(runs))) {
    if (!belongs(table, chain)) close();
    table.push(chain);
  }
  close();
  return found;
}

/** Runs near enough to be of the same table, in the order of drawing. */
const NEIGHBOURS = 4;
/** A line that the file draws in more pieces is drawn word by word. */
const MAX_BREAKS = 6;

/** Cuts runs where the file begins to draw anew at the very place where it does in a line nearby: cells that touch. */
function cutTouchingCells(runs: readonly TextRun[]): readonly TextRun[] {
  return runs.flatMap((run, index) => {
    if (run.breaks.length === 0 || run.breaks.length > MAX_BREAKS) return [run];
    const near = runs
      .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)
      .filter(({ y, size, breaks }) => isNear(run, y, size) && breaks.length <= MAX_BREAKS);
    const cuts = run.breaks.filter(
      ({ at, x }) =>
        run.text.charAt(at - 1) === ' ' &&
        !isBullet(run.text.slice(0, at).trim()) &&
        near.some(({ x0, breaks }) => isAt(x0, x) || breaks.some((one) => isAt(one.x, x))),
    );
    return cutRun(run, cuts);
  });
}

const isAt = (a: number, b: number): boolean => Math.abs(a - b) <= 0.3;

const isNear = (run: TextRun, y: number, size: number): boolean =>
  Math.abs(y - run.y) > size * 0.8 && Math.abs(y - run.y) <= size * MAX_ROW_GAP;

const runsOf = ({ cells }: Chain): readonly TextRun[] => cells.flat();
const topOf = (chain: Chain): number => Math.min(...runsOf(chain).map(({ y }) => y));
const bottomOf = (chain: Chain): number => Math.max(...runsOf(chain).map(({ y }) => y));

function findChains(runs: readonly TextRun[]): readonly Chain[] {
  const chains: Chain[] = [];
  for (const run of runs) {
    const chain = chains.at(-1);
    const cell = chain?.cells.at(-1);
    const last = cell?.at(-1);
    if (chain === undefined || cell === undefined || last === undefined)
      chains.push({ cells: [[run]] });
    else if (isWrapped(cell, last, run)) cell.push(run);
    else if (isStep(last, run)) step(chains, chain, run);
    else chains.push({ cells: [[run]] });
  }
  return chains;
}

/** Whether a run is the next line of a cell, or of a paragraph. */
function isWrapped(cell: readonly TextRun[], last: TextRun, run: TextRun): boolean {
  const gap = run.y - last.y;
  if (gap <= 0 || gap > MAX_LEADING * Math.max(last.size, run.size)) return false;
  if (Math.abs(last.size - run.size) > last.size * 0.12) return false;
  const [first = last] = cell;
  const isCentred = Math.abs(first.x0 + first.x1 - run.x0 - run.x1) <= ALIGNED;
  return Math.abs(first.x0 - run.x0) <= ALIGNED || isCentred;
}

function isStep(last: TextRun, run: TextRun): boolean {
  return (
    run.x0 >= last.x1 - 1 && Math.abs(run.y - last.y) <= MAX_STEP * Math.max(last.size, run.size)
  );
}

/** Adds a cell. Lines above the first that reach over it are a paragraph before the table. */
function step(chains: Chain[], chain: Chain, run: TextRun): void {
  const [first = []] = chain.cells;
  const wide = chain.cells.length === 1 ? first.findLastIndex(({ x1 }) => x1 > run.x0 + 1) : -1;
  if (wide === -1) chain.cells.push([run]);
  else {
    const own = first.splice(wide + 1);
    chains.push({ cells: own.length === 0 ? [[run]] : [own, [run]] });
  }
}

/** Whether a chain is the next row of a table, or goes on with a cell of its last one. */
function belongs(table: readonly Chain[], chain: Chain): boolean {
  const above = table.at(-1);
  if (above === undefined) return true;
  const [run] = runsOf(chain);
  const size = run?.size ?? 0;
  const gap = topOf(chain) - bottomOf(above);
  if (topOf(chain) <= topOf(above) || gap > MAX_ROW_GAP * size) return false;
  if (table.every(({ cells }) => cells.length < 2)) return false;
  const columns = table.flatMap(({ cells }) => (cells.length < 2 ? [] : cells));
  const aligned = chain.cells.filter((cell) => columns.some((other) => areAligned(cell, other)));
  if (chain.cells.length >= 2) return aligned.length >= 2;
  return (
    aligned.length === 1 && gap <= WRAP_GAP * size && run !== undefined && isNarrow(run, columns)
  );
}

/** Whether cells begin, or stand around, the same place. */
function areAligned([a]: readonly TextRun[], [b]: readonly TextRun[]): boolean {
  if (a === undefined || b === undefined) return false;
  const isCentred = Math.abs(a.x0 + a.x1 - b.x0 - b.x1) <= ALIGNED * 2;
  return (
    Math.abs(a.x0 - b.x0) <= ALIGNED ||
    Math.abs(a.x1 - b.x1) <= 1 ||
    isCentred ||
    (b.x0 <= a.x0 && a.x1 <= b.x1) ||
    (a.x0 <= b.x0 && b.x1 <= a.x1)
  );
}

/** Whether a lone run ends before the next column. */
function isNarrow(run: TextRun, columns: readonly (readonly TextRun[])[]): boolean {
  return columns.every(
    ([cell]) => cell === undefined || cell.x0 <= run.x0 + ALIGNED || cell.x0 >= run.x1,
  );
}

function finishTable(table: readonly Chain[]): readonly TextRun[] {
  const rows = table.filter(({ cells }) => cells.length >= 2);
  const runs = table.flatMap(runsOf);
  if (rows.length < 2 || !haveColumn(rows) || areColumnsOfText(rows)) return runs;
  const lines = table.map((chain): RunLine => runsOf(chain));
  const isByCell = table.some(
    ({ cells }) => cells.length >= 2 && cells.slice(0, -1).some((cell) => cell.length > 1),
  );
  if (!isByCell) return tableRows(lines);
  const columns = findColumns(lines);
  return lines.map((line) => rowOf(cutAtColumns(line, lines), columns));
}

/** Whether cells other than the first stand exactly below one another; the gaps of justified lines do not. */
function haveColumn(rows: readonly Chain[]): boolean {
  return rows.slice(1).some((row, index) => {
    const above = rows[index]?.cells.slice(1) ?? [];
    return row.cells
      .slice(1)
      .some(([a]) => above.some(([b]) => a !== undefined && b !== undefined && isBelow(a, b)));
  });
}

const isBelow = (a: TextRun, b: TextRun): boolean =>
  Math.abs(a.x0 - b.x0) <= 1.5 ||
  Math.abs(a.x0 + a.x1 - b.x0 - b.x1) <= 2 ||
  // Numbers stand to the right; so does the last word of a justified line.
  (Math.abs(a.x1 - b.x1) <= 1 && /^[\d.,%]{1,15}$/.test(a.text));

/** Lines of two columns of prose that the file draws side by side are no rows. */
function areColumnsOfText(rows: readonly Chain[]): boolean {
  if (rows.length < 4 || rows.some(({ cells }) => cells.length !== 2)) return false;
  return [0, 1].every((index) => {
    const cells = rows.map(({ cells }) => cells[index]?.[0]).filter((run) => run !== undefined);
    const width = Math.max(...cells.map(({ x0, x1 }) => x1 - x0));
    const full = cells.filter(
      ({ x0, x1, text }) => x1 - x0 >= width * 0.75 && text.split(' ').length >= 3,
    );
    return full.length >= cells.length * 0.4;
  });
}

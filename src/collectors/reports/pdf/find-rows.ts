import { isBullet } from './join-bullets.js';
import type { PageRegion } from './order-columns.js';
import { gapAbove, type RunLine, tableRows, WRAP_GAP } from './table-rows.js';
import { groupByLine, type PageLine, type TextRun } from './text-run.js';

/** Lines further apart than this, as a share of their size, do not belong to one table. */
const MAX_ROW_GAP = 4;
const ALIGNED = 3;
/** Lines of one cell in a row, as a wrapped cell makes them. */
const MAX_LONE_CELLS = 6;

/** Turns the runs of a region into lines, and into rows where they form a table. */
export function findRows(region: PageRegion, page: number): readonly PageLine[] {
  const lines = groupByLine(region.runs);
  const found: PageLine[] = [];
  let at = 0;
  while (at < lines.length) {
    const end = endOfTable(lines, at);
    if (end > at) {
      const rows = tableRows(lines.slice(at, end));
      found.push(...rows.map((row) => toLine([row], { region, page })));
      at = end;
    } else {
      found.push(toLine(lines[at] ?? [], { region, page }));
      at += 1;
    }
  }
  return found;
}

/** Where a table ends that begins at a line; the line itself when none does. A table has two lines of two cells. */
function endOfTable(lines: readonly RunLine[], start: number): number {
  const first = lines[start] ?? [];
  if (first.length < 2 || first.some(({ text }) => isBullet(text))) return start;
  let end = start + 1;
  let rows = 1;
  for (let index = start + 1; isNearTable(lines, { start, end, index }); index += 1) {
    if ((lines[index] ?? []).length < 2) continue;
    rows += 1;
    end = index + 1;
  }
  // What goes on with a cell of the last row belongs to the table too.
  while (end < lines.length && isTail(lines, end, start)) end += 1;
  return rows >= 2 && haveColumn(lines.slice(start, end)) ? end : start;
}

/** Whether runs other than the first of their line stand exactly below one another; gaps of justified lines do not. */
function haveColumn(lines: readonly RunLine[]): boolean {
  return lines.some((line, index) =>
    line
      .slice(1)
      .some((run) =>
        lines
          .slice(index + 1, index + 8)
          .some((below) =>
            below
              .slice(1)
              .some(
                (other) =>
                  Math.abs(run.x0 - other.x0) <= 1.5 ||
                  (Math.abs(run.x1 - other.x1) <= 1 && /^[\d.,%]{1,15}$/.test(run.text)),
              ),
          ),
      ),
  );
}

interface TablePlace {
  readonly start: number;
  /** After the last row. */
  readonly end: number;
  readonly index: number;
}

/** Whether a line may be of the table above it: a row, or one of few lone cells. */
function isNearTable(lines: readonly RunLine[], { start, end, index }: TablePlace): boolean {
  const line = lines[index];
  if (line === undefined || gapAbove(lines, index) > MAX_ROW_GAP * (line[0]?.size ?? 0))
    return false;
  return (
    line.length >= 2 || (index - end < MAX_LONE_CELLS && isCell(line, lines.slice(start, end)))
  );
}

function isTail(lines: readonly RunLine[], end: number, start: number): boolean {
  const line = lines[end] ?? [];
  const size = line[0]?.size ?? 0;
  return (
    line.length === 1 &&
    gapAbove(lines, end) <= WRAP_GAP * size &&
    isCell(line, lines.slice(start, end))
  );
}

/** Whether a lone run begins where a cell does, and does not reach over the next one. */
function isCell([run]: RunLine, above: readonly RunLine[]): boolean {
  if (run === undefined) return false;
  return above.some((line) =>
    line.some((cell, index) => {
      const next = line[index + 1];
      return (
        line.length >= 2 &&
        Math.abs(cell.x0 - run.x0) <= ALIGNED &&
        (next === undefined || run.x1 <= next.x0)
      );
    }),
  );
}

interface Place {
  readonly region: PageRegion;
  readonly page: number;
}

function toLine(line: RunLine, { region, page }: Place): PageLine {
  const [first] = line;
  const widest = line.reduce((a, b) => (b.text.length > a.text.length ? b : a), first as TextRun);
  return {
    kind: first?.isRow === true ? 'row' : 'line',
    text: line.map(({ text }) => text).join(' '),
    x0: first?.x0 ?? 0,
    x1: line.at(-1)?.x1 ?? 0,
    y: first?.y ?? 0,
    size: widest.size,
    font: widest.font,
    isMono: line.every(({ isMono }) => isMono),
    page,
    left: region.left,
    right: region.right,
  };
}

import type { CellKey } from '../layers/layer-tab.js';
import type { GridCell, GridModel } from './grid-model.js';

/** The head of a tactic, or a cell. */
export type GridFocus =
  | { readonly kind: 'head'; readonly column: number }
  | { readonly kind: 'cell'; readonly key: CellKey };

/** A move by the keyboard. */
export type GridMove =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'row-start'
  | 'row-end'
  | 'start'
  | 'end'
  | 'page-up'
  | 'page-down';

/** Rows of a page, when the grid does not say how many it shows. */
const PAGE_ROWS = 10;

const toFocus = (cell: GridCell | undefined): GridFocus | undefined =>
  cell === undefined ? undefined : { kind: 'cell', key: cell.key };

function inColumn(model: GridModel, column: number): readonly GridCell[] {
  return model.rows.flatMap((row) => row.filter((cell) => cell.column === column));
}

/** The cell of a column that is nearest to a row. */
function nearest(cells: readonly GridCell[], row: number): GridCell | undefined {
  let best: GridCell | undefined;
  for (const cell of cells) {
    if (best === undefined || Math.abs(cell.row - row) < Math.abs(best.row - row)) best = cell;
  }
  return best;
}

function sideways(model: GridModel, from: GridCell, step: 1 | -1): GridFocus | undefined {
  for (let column = from.column + step; column >= 0 && column < model.columnCount; column += step) {
    const cells = inColumn(model, column);
    // A column of sub-techniques has gaps: only those of this row are beside it.
    const beside = model.subColumns.has(column)
      ? cells.find(({ row }) => row === from.row)
      : nearest(cells, from.row);
    if (beside !== undefined) return toFocus(beside);
  }
  return undefined;
}

function upOrDown(model: GridModel, from: GridCell, rows: number): GridFocus | undefined {
  const cells = inColumn(model, from.column);
  const at = cells.indexOf(from);
  if (Math.abs(rows) === 1) {
    const next = cells[at + rows];
    if (next !== undefined) return toFocus(next);
    return rows < 0 ? { kind: 'head', column: from.column } : undefined;
  }
  return toFocus(nearest(cells, from.row + rows));
}

function headAt(model: GridModel, column: number): number {
  return model.heads.findIndex((head) => column >= head.column && column < head.column + head.span);
}

function moveHead(model: GridModel, column: number, move: GridMove): GridFocus | undefined {
  const at = headAt(model, column);
  const toHead = (index: number): GridFocus | undefined => {
    const head = model.heads[index];
    return head === undefined ? undefined : { kind: 'head', column: head.column };
  };
  switch (move) {
    case 'left':
      return toHead(at - 1);
    case 'right':
      return toHead(at + 1);
    case 'row-start':
    case 'start':
      return toHead(0);
    case 'row-end':
      return toHead(model.heads.length - 1);
    case 'down':
      return toFocus(inColumn(model, column)[0]);
    case 'page-down':
      return toFocus(nearest(inColumn(model, column), PAGE_ROWS - 1));
    case 'end':
      return toFocus(model.rows.at(-1)?.at(-1));
    case 'up':
    case 'page-up':
      return undefined;
  }
}

/**
 * Where a key leads to.
 *
 * @returns undefined where there is nothing further that way.
 */
export function moveFocus(
  model: GridModel,
  focus: GridFocus,
  move: GridMove,
): GridFocus | undefined {
  if (focus.kind === 'head') return moveHead(model, focus.column, move);
  const from = model.byKey.get(focus.key);
  if (from === undefined) return toFocus(model.rows[0]?.[0]);
  const row = model.rows[from.row] ?? [];
  switch (move) {
    case 'left':
      return sideways(model, from, -1);
    case 'right':
      return sideways(model, from, 1);
    case 'up':
      return upOrDown(model, from, -1);
    case 'down':
      return upOrDown(model, from, 1);
    case 'page-up':
      return upOrDown(model, from, -PAGE_ROWS);
    case 'page-down':
      return upOrDown(model, from, PAGE_ROWS);
    case 'row-start':
      return toFocus(row[0]);
    case 'row-end':
      return toFocus(row.at(-1));
    case 'start':
      return toFocus(model.rows[0]?.[0]);
    case 'end':
      return toFocus(model.rows.at(-1)?.at(-1));
  }
}

/** The cells from one to another, both in, down the columns: what Shift selects. */
export function cellsBetween(model: GridModel, from: CellKey, to: CellKey): ReadonlySet<CellKey> {
  const order = [...model.byKey.keys()];
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  if (a === -1 || b === -1) return new Set([to]);
  return new Set(order.slice(Math.min(a, b), Math.max(a, b) + 1));
}

/**
 * The next cell whose name or id begins with what was typed, after the one in focus and round the end.
 *
 * @param typed lower case.
 */
export function typeAhead(
  model: GridModel,
  from: CellKey | undefined,
  typed: string,
): CellKey | undefined {
  const cells = [...model.byKey.values()];
  const at = cells.findIndex(({ key }) => key === from);
  // One letter goes on to the next cell; more of them may still mean the one in focus.
  const start = typed.length > 1 ? Math.max(0, at) : at + 1;
  const ordered = [...cells.slice(start), ...cells.slice(0, start)];
  return ordered.find(({ cell: { technique } }) => {
    const { name, attackId } = technique;
    return name.toLowerCase().startsWith(typed) || attackId.toLowerCase().startsWith(typed);
  })?.key;
}

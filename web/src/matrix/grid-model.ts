import type { Tactic } from '../../../src/attack/lookup.js';
import type { MatrixCell, MatrixColumn, MatrixView } from '../../../src/exporters/index.js';
import { type CellKey, cellKey } from '../layers/layer-tab.js';

/** A cell at its place in the grid. */
export interface GridCell {
  readonly key: CellKey;
  readonly cell: MatrixCell;
  readonly parent: MatrixCell | undefined;
  /** From 0, without the head. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  /** Sub-techniques that may be shown; 0 = it cannot be opened. */
  readonly subtechniqueCount: number;
  readonly isOpen: boolean;
  /** Last sub-technique of its technique. */
  readonly isLast: boolean;
}

/** The head of a tactic over its columns. */
export interface GridHead {
  readonly tactic: Tactic;
  readonly column: number;
  readonly span: number;
  readonly shown: number;
}

/** Cells in rows and columns, as they are drawn and walked. */
export interface GridModel {
  readonly kind: 'grid-model';
  readonly layout: MatrixView['layout']['layout'];
  readonly heads: readonly GridHead[];
  /** Each row in the order of its columns; rows may be short. */
  readonly rows: readonly (readonly GridCell[])[];
  readonly columnCount: number;
  /** Columns that hold sub-techniques beside their technique. */
  readonly subColumns: ReadonlySet<number>;
  readonly byKey: ReadonlyMap<CellKey, GridCell>;
}

/** What the grid leaves out and opens. */
export interface GridOptions {
  readonly isShown: (cell: MatrixCell) => boolean;
  readonly toggled: ReadonlySet<CellKey>;
  /** Opens every technique, whatever is toggled: for the table. Default false. */
  readonly opensAll?: boolean;
}

/** Squares of a row of a tactic in the mini layout. */
const MINI_COLUMNS = 4;

interface Block {
  readonly cell: MatrixCell;
  readonly subtechniques: readonly MatrixCell[];
  readonly isOpen: boolean;
}

function blocksOf({ cells }: MatrixColumn, options: GridOptions): readonly Block[] {
  return cells.flatMap((cell) => {
    const subtechniques = cell.subtechniques.filter((sub) => sub.visible && options.isShown(sub));
    const isShown = cell.visible && options.isShown(cell);
    if (!isShown && subtechniques.length === 0) return [];
    const key = cellKey(cell.technique.attackId, cell.tactic);
    const isOpen =
      subtechniques.length > 0 &&
      (options.opensAll === true || cell.expanded !== options.toggled.has(key));
    return [{ cell, subtechniques, isOpen }];
  });
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function placed(cell: MatrixCell, parent: Block | undefined, place: Place): GridCell {
  return {
    key: cellKey(cell.technique.attackId, cell.tactic),
    cell,
    parent: parent?.cell,
    ...place,
    subtechniqueCount: 0,
    isOpen: false,
    isLast: parent?.subtechniques.at(-1) === cell,
  };
}

/** The cells of one tactic, from the row and column where it begins. */
function placeBlocks(
  blocks: readonly Block[],
  column: number,
  layout: GridModel['layout'],
): readonly GridCell[] {
  const cells: GridCell[] = [];
  let row = 0;
  for (const block of blocks) {
    const head = placed(block.cell, undefined, { row, column });
    cells.push({ ...head, subtechniqueCount: block.subtechniques.length, isOpen: block.isOpen });
    const subs = block.isOpen ? block.subtechniques : [];
    const [down, across] = layout === 'side' ? [0, 1] : [1, 0];
    for (const [index, sub] of subs.entries()) {
      cells.push(placed(sub, block, { row: row + down + index, column: column + across }));
    }
    row += layout === 'side' ? Math.max(1, subs.length) : 1 + subs.length;
  }
  return cells;
}

/** Squares one after the other, a technique before its sub-techniques. */
function placeSquares(blocks: readonly Block[], column: number): readonly GridCell[] {
  const cells = placeBlocks(blocks, column, 'flat');
  return cells.map((cell, index) => ({
    ...cell,
    row: Math.floor(index / MINI_COLUMNS),
    column: column + (index % MINI_COLUMNS),
  }));
}

function columnsOf(blocks: readonly Block[], layout: GridModel['layout']): number {
  if (layout === 'mini') return MINI_COLUMNS;
  return layout === 'side' && blocks.some(({ isOpen }) => isOpen) ? 2 : 1;
}

/** Puts the visible cells of a view into rows and columns. A tactic without a visible cell keeps its column. */
export function gridModel(view: MatrixView, options: GridOptions): GridModel {
  const { layout } = view.layout;
  const heads: GridHead[] = [];
  const rows: GridCell[][] = [];
  const subColumns = new Set<number>();
  const byKey = new Map<CellKey, GridCell>();
  let column = 0;
  for (const each of view.columns) {
    const blocks = blocksOf(each, options);
    const span = columnsOf(blocks, layout);
    const cells =
      layout === 'mini' ? placeSquares(blocks, column) : placeBlocks(blocks, column, layout);
    for (const cell of cells) {
      let row = rows[cell.row];
      while (row === undefined) {
        rows.push([]);
        row = rows[cell.row];
      }
      row.push(cell);
      byKey.set(cell.key, cell);
    }
    if (layout === 'side' && span === 2) subColumns.add(column + 1);
    heads.push({ tactic: each.tactic, column, span, shown: cells.length });
    column += span;
  }
  for (const row of rows) row.sort((a, b) => a.column - b.column);
  return { kind: 'grid-model', layout, heads, rows, columnCount: column, subColumns, byKey };
}

/** Whether two models have the same cells at the same places, so that only their look may differ. */
export function hasSameStructure(one: GridModel, other: GridModel): boolean {
  return (
    one.layout === other.layout &&
    one.columnCount === other.columnCount &&
    one.rows.length === other.rows.length &&
    one.heads.every((head, index) => isSameHead(head, other.heads[index])) &&
    one.rows.every((row, index) => isSameRow(row, other.rows[index] ?? []))
  );
}

const isSameHead = (one: GridHead, other: GridHead | undefined): boolean =>
  one.tactic.stixId === other?.tactic.stixId &&
  one.span === other.span &&
  one.shown === other.shown;

const isSameRow = (one: readonly GridCell[], other: readonly GridCell[]): boolean =>
  one.length === other.length &&
  one.every((cell, index) => {
    const match = other[index];
    return (
      match !== undefined &&
      match.key === cell.key &&
      match.column === cell.column &&
      match.isOpen === cell.isOpen &&
      match.subtechniqueCount === cell.subtechniqueCount &&
      match.cell.technique.name === cell.cell.technique.name
    );
  });

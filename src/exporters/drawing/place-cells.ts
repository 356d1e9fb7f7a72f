import type { MatrixCell, MatrixColumn } from '../matrix-view.js';
import { type FontFamily, textWidth } from './text-width.js';
import { wrapText } from './wrap-text.js';

/** How columns are laid out; lengths in pixels. */
export interface Placement {
  readonly layout: 'side' | 'flat' | 'mini';
  readonly x: number;
  readonly y: number;
  /** Of the whole matrix. */
  readonly width: number;
  readonly family: FontFamily;
  /** Of the text in cells; the edge of a square in `mini`. */
  readonly size: number;
  /** Added above and below the text of each cell. */
  readonly extraPadding: number;
  readonly label: (cell: MatrixCell) => string;
  /** Room kept free at the right of a cell's first line. */
  readonly reserve: (cell: MatrixCell, size: number) => number;
}

/** A cell with its place and its text broken into lines. */
export interface PlacedCell {
  readonly cell: MatrixCell;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly size: number;
}

/** The head of a column. */
export interface PlacedHead {
  readonly column: MatrixColumn;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly size: number;
  /** Techniques drawn below, without sub-techniques. */
  readonly techniques: number;
}

/** The whole matrix in place. */
export interface PlacedMatrix {
  readonly heads: readonly PlacedHead[];
  readonly cells: readonly PlacedCell[];
  /** Lower edge of the longest column. */
  readonly bottom: number;
  /** Cells of the longest column, one on top of the other. */
  readonly rows: number;
  /** A word is wider than its cell and had to be broken. */
  readonly broken: boolean;
}

/** From baseline to baseline, in font sizes. */
export const LINE_HEIGHT = 1.18;
/** Left and right of the text of a cell, in font sizes. */
export const SIDE_PADDING = 0.4;
const TOP_PADDING = 0.28;
const COLUMN_GAP = 0.35;
const HEAD_SCALE = 1.1;
/** How far sub-techniques of `flat` are set in, in font sizes. */
export const SUB_INDENT = 1.1;
const SUB_SQUARE = 0.78;

function drawnCells(cells: readonly MatrixCell[]): readonly MatrixCell[] {
  return cells.filter((cell) => cell.visible);
}

function drawnSubtechniques(cell: MatrixCell): readonly MatrixCell[] {
  return cell.expanded ? drawnCells(cell.subtechniques) : [];
}

interface Slot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface PlacedColumn {
  readonly cells: readonly PlacedCell[];
  readonly bottom: number;
  readonly rows: number;
  readonly broken: boolean;
}

function placeText(
  cell: MatrixCell,
  slot: Slot,
  placement: Placement,
): { placed: PlacedCell; broken: boolean } {
  const { size } = placement;
  const room = Math.max(size, slot.width - 2 * SIDE_PADDING * size);
  const firstReserve = Math.min(placement.reserve(cell, size), room - size);
  const font = { family: placement.family, bold: false, size };
  const { lines, broken } = wrapText(placement.label(cell), room, { font, firstReserve });
  const height =
    lines.length * LINE_HEIGHT * size + 2 * (TOP_PADDING * size + placement.extraPadding);
  return { placed: { cell, ...slot, height, lines, size }, broken };
}

/** Sub-techniques stand below their technique, set in from the left. */
function placeFlat(cells: readonly MatrixCell[], slot: Slot, placement: Placement): PlacedColumn {
  const out: PlacedCell[] = [];
  let { y } = slot;
  let anyBroken = false;
  const add = (cell: MatrixCell, indent: number): void => {
    const place = { x: slot.x + indent, y, width: slot.width - indent };
    const { placed, broken } = placeText(cell, place, placement);
    out.push(placed);
    y += placed.height;
    anyBroken ||= broken;
  };
  for (const cell of cells) {
    add(cell, 0);
    for (const sub of drawnSubtechniques(cell)) add(sub, SUB_INDENT * placement.size);
  }
  return { cells: out, bottom: y, rows: out.length, broken: anyBroken };
}

/** Sub-techniques stand in a second column, beside their technique, which is as high as all of them. */
function placeSide(cells: readonly MatrixCell[], slot: Slot, placement: Placement): PlacedColumn {
  const isWide = cells.some((cell) => drawnSubtechniques(cell).length > 0);
  const width = isWide ? slot.width / 2 : slot.width;
  const out: PlacedCell[] = [];
  let { y } = slot;
  let rows = 0;
  let anyBroken = false;
  for (const cell of cells) {
    const parent = placeText(cell, { x: slot.x, y, width }, placement);
    const subs = drawnSubtechniques(cell);
    const beside = placeFlat(subs, { x: slot.x + width, y, width }, placement);
    const height = Math.max(parent.placed.height, beside.bottom - y);
    out.push({ ...parent.placed, height }, ...stretched(beside.cells, y + height));
    anyBroken ||= parent.broken || beside.broken;
    rows += Math.max(1, beside.rows);
    y += height;
  }
  return { cells: out, bottom: y, rows, broken: anyBroken };
}

/** The last cell made longer so that the group ends where its technique does. */
function stretched(cells: readonly PlacedCell[], bottom: number): readonly PlacedCell[] {
  const last = cells.at(-1);
  if (last === undefined) return cells;
  return [...cells.slice(0, -1), { ...last, height: bottom - last.y }];
}

/** Squares in rows; a technique that is open begins a row and its sub-techniques follow it, smaller. */
function placeMini(cells: readonly MatrixCell[], slot: Slot, placement: Placement): PlacedColumn {
  const { size } = placement;
  const step = size * 1.15;
  const right = slot.x + slot.width;
  const out: PlacedCell[] = [];
  let { x, y } = slot;
  let rows = 1;
  const newLine = (indent: number): void => {
    x = slot.x + indent;
    y += step;
    rows += 1;
  };
  const add = (cell: MatrixCell, edge: number, indent: number): void => {
    if (x + edge > right + 0.01 && x > slot.x + indent) newLine(indent);
    out.push({ cell, x, y: y + size - edge, width: edge, height: edge, lines: [], size: edge });
    x += edge + size * 0.15;
  };
  for (const cell of cells) {
    const subs = drawnSubtechniques(cell);
    if (subs.length > 0 && x > slot.x) newLine(0);
    add(cell, size, 0);
    for (const sub of subs) add(sub, size * SUB_SQUARE, step);
    if (subs.length > 0) newLine(0);
  }
  const bottom = out.reduce((lowest, cell) => Math.max(lowest, cell.y + cell.height), slot.y);
  return { cells: out, bottom, rows, broken: false };
}

const PLACERS = { flat: placeFlat, side: placeSide, mini: placeMini } as const;

/** Widths a column takes beside the others: two where sub-techniques stand in a column of their own. */
function unitsOf(cells: readonly MatrixCell[], layout: Placement['layout']): number {
  return layout === 'side' && cells.some((cell) => drawnSubtechniques(cell).length > 0) ? 2 : 1;
}

/** Columns of a matrix counted in column widths; a wide one of `side` counts twice. */
export function columnUnits(columns: readonly MatrixColumn[], layout: Placement['layout']): number {
  return columns.reduce((sum, { cells }) => sum + unitsOf(drawnCells(cells), layout), 0);
}

/** Size of the text of column heads; in `mini` the squares say nothing of it, so the column's width decides. */
function headSize(placement: Placement, unitWidth: number): number {
  return placement.layout === 'mini'
    ? Math.max(4, Math.min(11, unitWidth / 8))
    : placement.size * HEAD_SCALE;
}

/** Gives every cell of the columns its place. Reads the same text widths everywhere, so places never differ. */
export function placeCells(columns: readonly MatrixColumn[], placement: Placement): PlacedMatrix {
  const gap = COLUMN_GAP * placement.size;
  const units = Math.max(1, columnUnits(columns, placement.layout));
  const unitWidth = (placement.width - gap * Math.max(0, columns.length - 1)) / units;
  const size = headSize(placement, unitWidth);
  const font = { family: placement.family, bold: true, size };
  const heads = columns.map((column) => {
    const cells = drawnCells(column.cells);
    const width = unitWidth * unitsOf(cells, placement.layout);
    const room = width - 2 * SIDE_PADDING * size;
    return {
      column,
      cells,
      width,
      ...wrapText(column.tactic.name, Math.max(room, size), { font }),
    };
  });
  const headLines = Math.max(1, ...heads.map(({ lines }) => lines.length));
  // One more line, smaller, for the number of techniques.
  const headHeight = (headLines + 0.85) * LINE_HEIGHT * size + 2 * TOP_PADDING * size;
  const top = placement.y + headHeight + gap;
  const placedHeads: PlacedHead[] = [];
  const placedColumns: PlacedColumn[] = [];
  let { x } = placement;
  for (const { column, cells, width, lines } of heads) {
    const place = { x, y: placement.y, width, height: headHeight };
    placedHeads.push({ column, ...place, lines, size, techniques: cells.length });
    placedColumns.push(PLACERS[placement.layout](cells, { x, y: top, width }, placement));
    x += width + gap;
  }
  return {
    heads: placedHeads,
    cells: placedColumns.flatMap(({ cells }) => cells),
    bottom: Math.max(top, ...placedColumns.map(({ bottom }) => bottom)),
    rows: Math.max(0, ...placedColumns.map(({ rows }) => rows)),
    broken: heads.some(({ broken }) => broken) || placedColumns.some(({ broken }) => broken),
  };
}

/** Width in pixels of the score of a cell as it is drawn at the right. */
export function scoreWidth(text: string, family: FontFamily, size: number): number {
  return textWidth(text, { family, bold: true, size }) + 0.3 * size;
}

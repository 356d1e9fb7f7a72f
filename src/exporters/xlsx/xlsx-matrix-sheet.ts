import type { CellObject, Row, SheetData } from 'write-excel-file/universal';
import { textColorOn } from '../../layers/index.js';
import { domainTitle, drawnCellsOf, layerTitle } from '../describe-view.js';
import { THEMES } from '../drawing/theme.js';
import { formatScore } from '../format-score.js';
import type { MatrixCell, MatrixColumn, MatrixView } from '../matrix-view.js';
import { opaqueColor } from '../opaque-color.js';
import type { RenderOptions } from '../render-options.js';
import { xlsxRowHeight } from './xlsx-row-height.js';
import { xlsxText } from './xlsx-text.js';

/** In characters. */
export const MATRIX_COLUMN_WIDTH = 26;

const THEME = THEMES.light;
const BORDER = { borderColor: THEME.border, borderStyle: 'thin' } as const;

function text(value: string): CellObject {
  const { text: clean } = xlsxText(value);
  return clean === undefined ? {} : { value: clean, type: String };
}

function headCell({ tactic, cells }: MatrixColumn, { layer }: MatrixView): CellObject {
  const count = cells.filter(({ visible }) => visible).length;
  const own = layer.showTacticRowBackground
    ? opaqueColor(layer.tacticRowBackground, THEME.page)
    : undefined;
  return {
    ...text(`${tactic.name}\n${count} ${count === 1 ? 'technique' : 'techniques'}`),
    ...BORDER,
    backgroundColor: own ?? THEME.head,
    textColor: own === undefined ? THEME.text : textColorOn(own),
    fontWeight: 'bold',
    wrap: true,
    alignVertical: 'top',
    height: 30,
  };
}

/** Words of a cell: id and name as the layer shows them, and the score where it is asked for. */
function label(cell: MatrixCell, view: MatrixView, options: RenderOptions): string {
  const { attackId, name } = cell.technique;
  const showId = options.showId ?? view.layout.showId;
  const showName = options.showName ?? view.layout.showName;
  const score =
    options.showScore && cell.enabled && cell.shownScore !== undefined
      ? [`(${formatScore(cell.shownScore)})`]
      : [];
  return [...(showId ? [attackId] : []), ...(showName || !showId ? [name] : []), ...score].join(
    ' ',
  );
}

function fillOf({ enabled, color }: MatrixCell): CellObject {
  if (!enabled) {
    return {
      backgroundColor: THEME.page,
      fillPatternStyle: 'lightUp',
      fillPatternColor: THEME.border,
    };
  }
  return color === undefined ? {} : { backgroundColor: color };
}

function techniqueCell(cell: MatrixCell, view: MatrixView, options: RenderOptions): CellObject {
  const isMuted = !cell.enabled || !cell.matches;
  return {
    ...text(label(cell, view, options)),
    ...BORDER,
    ...fillOf(cell),
    textColor: cell.textColor ?? (isMuted ? THEME.muted : THEME.text),
    wrap: true,
    alignVertical: 'top',
    // Without a side to be set in from, the indent has no effect.
    align: 'left',
    indent: cell.technique.isSubtechnique ? 1 : 0,
  };
}

function heightOf(cells: readonly (CellObject | null)[]): number {
  return xlsxRowHeight(
    cells.map((cell) => ({ text: String(cell?.value ?? ''), width: MATRIX_COLUMN_WIDTH - 2 })),
  );
}

/** The matrix as it looks: a column per tactic, colours, hatched where disabled; sub-techniques below, set in. */
export function xlsxMatrixSheet(view: MatrixView, options: RenderOptions): SheetData {
  const columns = view.columns.map(drawnCellsOf);
  const height = columns.reduce((most, { length }) => Math.max(most, length), 0);
  const rows: Row[] = [
    [{ ...text(layerTitle(view)), fontWeight: 'bold', fontSize: 14 }],
    [
      {
        ...text(
          `${domainTitle(view)}${view.layer.description === '' ? '' : ` – ${view.layer.description}`}`,
        ),
      },
    ],
    view.columns.map((column) => headCell(column, view)),
  ];
  for (let row = 0; row < height; row += 1) {
    const cells = columns.map((column) => {
      const cell = column[row];
      return cell === undefined ? null : techniqueCell(cell, view, options);
    });
    const rowHeight = heightOf(cells);
    rows.push(cells.map((cell) => (cell === null ? null : { ...cell, height: rowHeight })));
  }
  return rows;
}

import { drawnCellsOf } from '../describe-view.js';
import type { MatrixView } from '../matrix-view.js';
import { opaqueColor } from '../opaque-color.js';
import type { RenderOptions } from '../render-options.js';
import { type CellLook, cellLabel } from './cell-scene.js';
import { type Page, pageOf } from './page-size.js';
import { columnUnits, SIDE_PADDING, SUB_INDENT } from './place-cells.js';
import { THEMES, type Theme } from './theme.js';
import { widestWord } from './wrap-text.js';

/** A point is 1/72 inch, a pixel 1/96. */
export const PIXELS_PER_POINT = 96 / 72;

// Sizes where no sheet sets them: text of 7.5 points in columns that hold the long words of ATT&CK on one line.
const FREE_SIZE = 10;
const FREE_SQUARE = 12;
const COLUMN_EMS = 11.8;
const MOST_COLUMN_EMS = 22;
const SQUARES_PER_ROW = 8;
const LEAST_FREE_WIDTH = 720;

/** What every part of a drawing is laid out from; lengths in pixels. */
export interface Frame {
  readonly view: MatrixView;
  readonly options: RenderOptions;
  readonly theme: Theme;
  readonly look: CellLook;
  readonly page: Page | undefined;
  readonly margin: number;
  /** Between the margins. */
  readonly width: number;
  /** Of the header and of notes. */
  readonly textSize: number;
}

type FreeFrame = Pick<Frame, 'options' | 'view' | 'look'>;

/** Size of the text, or of the squares of `mini`, where no sheet sets it. */
export function freeSize({ options, view }: FreeFrame): number {
  if (view.layout.layout === 'mini') return FREE_SQUARE;
  return (options.fontSize ?? FREE_SIZE / PIXELS_PER_POINT) * PIXELS_PER_POINT;
}

/** Width of a column that breaks no word, as far as that is not out of all proportion. */
function freeColumn({ view, options, look }: FreeFrame, size: number): number {
  const font = { family: options.font, bold: false, size };
  const widest = view.columns.flatMap(drawnCellsOf).reduce((most, cell) => {
    const indent = cell.technique.isSubtechnique ? SUB_INDENT : 0;
    return Math.max(most, widestWord(cellLabel(cell, look), font) + indent * size);
  }, 0);
  const wanted = widest + (2 * SIDE_PADDING + 0.1) * size;
  return Math.min(Math.max(wanted, COLUMN_EMS * size), MOST_COLUMN_EMS * size);
}

/** Width that the columns take where no sheet sets it. */
export function freeWidth(frame: FreeFrame): number {
  const { columns, layout } = frame.view;
  const size = freeSize(frame);
  const column = layout.layout === 'mini' ? SQUARES_PER_ROW * 1.15 * size : freeColumn(frame, size);
  return (
    columnUnits(columns, layout.layout) * column + Math.max(0, columns.length - 1) * 0.35 * size
  );
}

/** Works out theme, sheet, margins and the size of the header's text. */
export function frameOf(view: MatrixView, options: RenderOptions): Frame {
  const theme = THEMES[options.theme];
  const page = pageOf(options);
  const margin = page === undefined ? 16 : 0.022 * Math.min(page.width, page.height);
  const look: CellLook = {
    options,
    theme,
    border: opaqueColor(options.borderColor ?? '', theme.page) ?? theme.border,
    showId: options.showId ?? view.layout.showId,
    showName: options.showName ?? view.layout.showName,
  };
  const width =
    page === undefined
      ? Math.max(LEAST_FREE_WIDTH, freeWidth({ view, options, look }))
      : page.width - 2 * margin;
  const textSize = page === undefined ? 12 : Math.min(20, Math.max(6, width * 0.0105));
  return { view, options, theme, look, page, margin, width, textSize };
}

import { textColorOn } from '../layers/index.js';
import type { Issue } from '../model/index.js';
import { type CellLook, cellLabel, cellReserve, cellScene } from './cell-scene.js';
import { cleanLine } from './clean-text.js';
import {
  describeView,
  domainTitle,
  drawnCellsOf,
  layerTitle,
  undrawnText,
} from './describe-view.js';
import { type FittedMatrix, fitMatrix } from './fit-matrix.js';
import { headerScene } from './header-scene.js';
import { legendLines, legendScene } from './legend-scene.js';
import type { MatrixView } from './matrix-view.js';
import { opaqueColor } from './opaque-color.js';
import { type Page, PIXELS_PER, pageOf } from './page-size.js';
import {
  columnUnits,
  LINE_HEIGHT,
  type PlacedHead,
  type Placement,
  placeCells,
  SIDE_PADDING,
  SUB_INDENT,
} from './place-cells.js';
import type { RenderOptions } from './render-options.js';
import { overflowIssue } from './render-overflow.js';
import type { HexColor, Scene, SceneItem } from './scene.js';
import { textWidth } from './text-width.js';
import { THEMES, type Theme } from './theme.js';
import { widestWord, wrapText } from './wrap-text.js';

/** A scene, and what did not fit it. */
export interface MatrixScene {
  readonly scene: Scene;
  readonly issues: readonly Issue[];
}

const PIXELS_PER_POINT = 96 / 72;

// Sizes where no sheet sets them: text of 7.5 points in columns that hold the long words of ATT&CK on one line.
const FREE_SIZE = 10;
const FREE_SQUARE = 12;
const COLUMN_EMS = 11.8;
const MOST_COLUMN_EMS = 22;
const SQUARES_PER_ROW = 8;
const LEAST_FREE_WIDTH = 720;

// Four points: below, print cannot be read.
const LEAST_READABLE = 4 * PIXELS_PER_POINT;

interface Frame {
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

function freeSize({ options, view }: FreeFrame): number {
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
function freeWidth(frame: FreeFrame): number {
  const { columns, layout } = frame.view;
  const size = freeSize(frame);
  const column = layout.layout === 'mini' ? SQUARES_PER_ROW * 1.15 * size : freeColumn(frame, size);
  return (
    columnUnits(columns, layout.layout) * column + Math.max(0, columns.length - 1) * 0.35 * size
  );
}

function frameOf(view: MatrixView, options: RenderOptions): Frame {
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

/** Entries that no cell shows, named in a note of at most three lines. */
function noteLines({ view, options, width, textSize }: Frame): readonly string[] {
  const { undrawn } = view;
  if (undrawn.length === 0) return [];
  const what = undrawn.length === 1 ? '1 entry' : `${undrawn.length} entries`;
  const text = `Not in the drawing, ${what} of the layer: ${undrawn.map(undrawnText).join(', ')}`;
  const font = { family: options.font, bold: false, size: textSize * 0.85 };
  return wrapText(text, width, { font, maxLines: 3 }).lines;
}

interface Drawn {
  readonly items: readonly SceneItem[];
  readonly bottom: number;
  readonly issues: readonly Issue[];
}

// With a header of its own height the text shrinks down to this share before it is cut.
const HEADER_SHRINK = [1, 0.9, 0.8, 0.7, 0.6, 0.5] as const;

function drawHeader(frame: Frame): Drawn {
  const { view, options, theme, page, margin, width, textSize } = frame;
  const given = options.headerHeight;
  if (!options.showHeader || given === 0) return { items: [], bottom: margin, issues: [] };
  const height = given === undefined ? undefined : given * PIXELS_PER[options.unit];
  const maxHeight = height ?? (page === undefined ? 20 * textSize : page.height * 0.25);
  const draw = (share: number): Drawn =>
    headerScene(view, {
      options,
      theme,
      x: margin,
      y: margin,
      width,
      size: textSize * share,
      maxHeight,
      height,
    });
  let drawn = draw(1);
  for (const share of HEADER_SHRINK) {
    if (drawn.issues.length === 0) break;
    drawn = draw(share);
  }
  if (drawn.items.length === 0) return drawn;
  return { ...drawn, bottom: drawn.bottom + 0.8 * textSize };
}

function headItems(head: PlacedHead, { view, theme }: Frame): readonly SceneItem[] {
  const { x, y, width, height, size, techniques } = head;
  const { layer } = view;
  const own = layer.showTacticRowBackground
    ? opaqueColor(layer.tacticRowBackground, theme.page)
    : undefined;
  const fill = own ?? theme.head;
  const ink: HexColor = own === undefined ? theme.text : textColorOn(own);
  const left = x + SIDE_PADDING * size;
  const text = { lineHeight: LINE_HEIGHT * size, fill: ink, anchor: 'start' } as const;
  const count = techniques === 1 ? '1 technique' : `${techniques} techniques`;
  const small = size * 0.8;
  const countFits =
    textWidth(count, { family: 'sans', bold: false, size: small }) <=
    width - 2 * SIDE_PADDING * size;
  return [
    { kind: 'rect', x, y, width, height, fill, stroke: undefined, strokeWidth: 0 },
    { kind: 'text', x: left, y: y + 1.2 * size, lines: head.lines, ...text, size, bold: true },
    {
      kind: 'text',
      x: left,
      y: y + height - 0.45 * size,
      lines: [countFits ? count : String(techniques)],
      ...text,
      size: small,
      bold: false,
    },
  ];
}

function placeMatrix(frame: Frame, top: number, limit: number | undefined): FittedMatrix {
  const { view, options, look, margin } = frame;
  const { columns, layout } = view;
  const width = frame.page === undefined ? freeWidth(frame) : frame.width;
  const placement: Omit<Placement, 'size' | 'extraPadding'> = {
    layout: layout.layout,
    x: margin,
    y: top,
    width,
    family: options.font,
    label: (cell) => cellLabel(cell, look),
    reserve: (cell, size) => cellReserve(cell, size, look),
  };
  const hasOwnSize = options.fontSize !== undefined && layout.layout !== 'mini';
  if (limit !== undefined && !hasOwnSize) return fitMatrix(columns, placement, limit);
  const size = freeSize(frame);
  const matrix = placeCells(columns, { ...placement, size, extraPadding: 0 });
  return { matrix, size, fits: limit === undefined || matrix.bottom <= limit };
}

function fitIssues({ matrix, size, fits }: FittedMatrix, frame: Frame): readonly Issue[] {
  const { page, options, view } = frame;
  const issues: Issue[] = [];
  const points = Math.round((size / PIXELS_PER_POINT) * 10) / 10;
  if (!fits && page !== undefined) {
    const share = Math.ceil((100 * (matrix.bottom - page.height)) / page.height);
    issues.push(
      overflowIssue(
        `the columns are higher than the page by ${Math.max(1, share)} % of it at ${points} points; choose a larger size, a smaller font size or fewer sub-techniques`,
      ),
    );
  } else if (
    options.fontSize === undefined &&
    size < LEAST_READABLE &&
    view.layout.layout !== 'mini'
  ) {
    issues.push(
      overflowIssue(
        `the text is ${points} points high so that it fits the page, which is hard to read; choose a larger size or fewer sub-techniques`,
      ),
    );
  }
  if (matrix.broken) {
    issues.push(
      overflowIssue(`words are broken because the columns are too narrow at ${points} points`),
    );
  }
  return issues;
}

/** A legend that stands where it was asked for, over whatever is below. */
function freeLegend({ view, options, theme, textSize }: Frame): Drawn {
  const none = { items: [], bottom: 0, issues: [] };
  if (options.legend === 'docked' || !options.showLegend || !options.showHeader) return none;
  const lines = legendLines(view, options, theme);
  if (lines.length === 0) return none;
  const per = PIXELS_PER[options.unit];
  const { x, y, width, height } = options.legend;
  const box = { x: x * per, y: y * per, width: width * per, height: height * per };
  const pad = Math.min(0.5 * textSize, box.width / 8, box.height / 8);
  const inner = {
    x: box.x + pad,
    y: box.y + pad,
    width: box.width - 2 * pad,
    height: box.height - 2 * pad,
  };
  const draw = (size: number) => legendScene(lines, inner, { size, options, theme });
  let drawn = draw(textSize);
  for (const share of HEADER_SHRINK) {
    if (drawn.leftOut.length === 0) break;
    drawn = draw(textSize * share);
  }
  return {
    items: [
      { kind: 'rect', ...box, fill: theme.page, stroke: theme.rule, strokeWidth: 1 },
      ...drawn.items,
    ],
    bottom: box.y + box.height,
    issues: drawn.leftOut.map((label) =>
      overflowIssue(`the legend has no room for "${label.slice(0, 60)}"`),
    ),
  };
}

function noteItems(lines: readonly string[], y: number, frame: Frame): readonly SceneItem[] {
  if (lines.length === 0) return [];
  const { theme, margin, textSize, view } = frame;
  const size = textSize * 0.85;
  const text: SceneItem = {
    kind: 'text',
    x: margin,
    y: y + size,
    lines,
    lineHeight: size * 1.25,
    size,
    bold: false,
    fill: theme.muted,
    anchor: 'start',
  };
  return [{ kind: 'group', title: view.undrawn.map(undrawnText).join('\n'), items: [text] }];
}

/**
 * Lays out the drawing of a view: header, columns, cells, notes.
 *
 * @param options resolved; `size: 'fit'` makes the drawing as large as the matrix needs.
 * @returns the scene, and an issue for all that did not fit or is too small to be read.
 */
export function matrixScene(view: MatrixView, options: RenderOptions): MatrixScene {
  const frame = frameOf(view, options);
  const { page, margin, textSize, theme, look } = frame;
  const header = drawHeader(frame);
  const notes = noteLines(frame);
  const noteHeight = notes.length === 0 ? 0 : (notes.length * 1.25 + 0.6) * 0.85 * textSize;
  const limit = page === undefined ? undefined : page.height - margin - noteHeight;
  const fitted = placeMatrix(frame, header.bottom, limit);
  const { matrix } = fitted;
  const legend = freeLegend(frame);
  const noteTop = matrix.bottom + 0.5 * textSize;
  const freeHeight = Math.max(matrix.bottom + noteHeight + margin, legend.bottom + margin);
  const width = page?.width ?? frame.width + 2 * margin;
  const height = page?.height ?? Math.ceil(freeHeight);
  const title = cleanLine(`${layerTitle(view)} – ${domainTitle(view)}`);
  return {
    scene: {
      kind: 'scene',
      width,
      height,
      pageWidth: page?.widthText ?? String(Math.round(width * 100) / 100),
      pageHeight: page?.heightText ?? String(height),
      background: theme.page,
      family: options.font,
      title,
      description: describeView(view),
      items: [
        ...header.items,
        ...matrix.heads.flatMap((head) => headItems(head, frame)),
        ...matrix.cells.map((cell) => cellScene(cell, look)),
        ...noteItems(notes, Math.min(noteTop, limit ?? noteTop), frame),
        ...legend.items,
      ],
    },
    issues: [...header.issues, ...legend.issues, ...fitIssues(fitted, frame)],
  };
}

import type { Issue } from '../../model/index.js';
import { cleanLine } from '../clean-text.js';
import { describeView, domainTitle, layerTitle } from '../describe-view.js';
import type { MatrixView } from '../matrix-view.js';
import type { RenderOptions } from '../render-options.js';
import { cellLabel, cellReserve, cellScene } from './cell-scene.js';
import { type FittedMatrix, fitMatrix } from './fit-matrix.js';
import { type Frame, frameOf, freeSize, freeWidth, PIXELS_PER_POINT } from './frame.js';
import { freeLegend, TEXT_SHRINK } from './free-legend.js';
import { headItems } from './head-scene.js';
import { headerScene } from './header-scene.js';
import { noteItems, noteLines } from './notes-scene.js';
import { PIXELS_PER } from './page-size.js';
import { type Placement, placeCells } from './place-cells.js';
import { overflowIssue } from './render-overflow.js';
import type { Scene, SceneItem } from './scene.js';

/** A scene, and what did not fit it. */
export interface MatrixScene {
  readonly scene: Scene;
  readonly issues: readonly Issue[];
}

// Four points: below, print cannot be read.
const LEAST_READABLE = 4 * PIXELS_PER_POINT;

interface Drawn {
  readonly items: readonly SceneItem[];
  readonly bottom: number;
  readonly issues: readonly Issue[];
}

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
  for (const share of TEXT_SHRINK) {
    if (drawn.issues.length === 0) break;
    drawn = draw(share);
  }
  if (drawn.items.length === 0) return drawn;
  return { ...drawn, bottom: drawn.bottom + 0.8 * textSize };
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
  const freeHeight = Math.max(matrix.bottom + noteHeight, legend.bottom) + margin;
  const width = page?.width ?? Math.max(frame.width + margin, legend.right) + margin;
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

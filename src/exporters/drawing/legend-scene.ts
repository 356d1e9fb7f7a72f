import { cleanLine } from '../clean-text.js';
import { drawnCellsOf } from '../describe-view.js';
import type { MatrixCell, MatrixView } from '../matrix-view.js';
import { opaqueColor } from '../opaque-color.js';
import type { RenderOptions } from '../render-options.js';
import type { Box } from './band-sign.js';
import { bandGlyph } from './band-sign.js';
import type { SceneItem } from './scene.js';
import { textWidth } from './text-width.js';
import type { Theme } from './theme.js';
import { ellipsize } from './wrap-text.js';

/** A line of the legend: a sign and what it means. */
export interface LegendLine {
  readonly label: string;
  /** Draws the sign into a box as wide as it is high. */
  readonly sign: (box: Box) => readonly SceneItem[];
}

function swatch(box: Box, fill: `#${string}` | undefined, stroke: `#${string}`): SceneItem {
  return { kind: 'rect', ...box, fill, stroke, strokeWidth: Math.max(0.35, box.height * 0.06) };
}

function layerLines({ layer }: MatrixView, theme: Theme): readonly LegendLine[] {
  return layer.legendItems.map(({ label, color }) => ({
    label: cleanLine(label),
    sign: (box) => [swatch(box, opaqueColor(color, theme.page), theme.border)],
  }));
}

/** What signs of the drawing mean that the layer's own legend does not name; only those that are drawn. */
function signLines(view: MatrixView, options: RenderOptions, theme: Theme): readonly LegendLine[] {
  const cells = view.columns.flatMap(drawnCellsOf);
  const lines: LegendLine[] = [];
  const stroke = opaqueColor(`${theme.muted}66`, theme.page) ?? theme.muted;
  const hatch = (box: Box, pattern: 'falling' | 'dots'): readonly SceneItem[] => [
    {
      kind: 'hatch',
      ...box,
      pattern,
      spacing: box.height * 0.4,
      stroke,
      strokeWidth: box.height * 0.09,
    },
    swatch(box, undefined, theme.border),
  ];
  if (cells.some(({ enabled }) => !enabled)) {
    lines.push({ label: 'disabled', sign: (box) => hatch(box, 'falling') });
  }
  const hasComment = ({ entry }: MatrixCell): boolean =>
    entry !== undefined && entry.comment !== '';
  if (cells.some((cell) => cell.enabled && cell.color === undefined && hasComment(cell))) {
    lines.push({ label: 'comment, no score', sign: (box) => hatch(box, 'dots') });
  }
  if (cells.some(hasComment))
    lines.push({ label: 'has a comment', sign: (box) => corner(box, theme) });
  if (options.secondChannel === 'glyph' && cells.some(({ band }) => band !== undefined)) {
    const step = { band: Math.ceil(options.bands / 2), bands: options.bands };
    lines.push({
      label: 'bars: score',
      sign: (box) => bandGlyph(box, step, theme.text),
    });
  }
  return lines;
}

function corner(box: Box, theme: Theme): readonly SceneItem[] {
  const { x, y, width } = box;
  const edge = width * 0.5;
  return [
    swatch(box, undefined, theme.border),
    {
      kind: 'polygon',
      points: [x + width - edge, y, x + width, y, x + width, y + edge],
      fill: theme.comment,
    },
  ];
}

/** The lines of a layer's legend, then those that explain the signs of the drawing. */
export function legendLines(
  view: MatrixView,
  options: RenderOptions,
  theme: Theme,
): readonly LegendLine[] {
  return [...layerLines(view, theme), ...signLines(view, options, theme)];
}

/** How a legend is set. */
export interface LegendLook {
  readonly size: number;
  readonly options: RenderOptions;
  readonly theme: Theme;
}

/** Drawn legend: what it is made of, its lower edge, and lines that did not fit or were shortened. */
export interface LegendScene {
  readonly items: readonly SceneItem[];
  readonly bottom: number;
  readonly leftOut: readonly string[];
}

/** Flows the lines of a legend into rows of a box; lines below its lower edge are left out; they and shortened ones are named. */
export function legendScene(lines: readonly LegendLine[], box: Box, look: LegendLook): LegendScene {
  const { size, theme } = look;
  const font = { family: look.options.font, bold: false, size };
  const sign = size * 0.9;
  const rowHeight = size * 1.35;
  const items: SceneItem[] = [];
  const leftOut: string[] = [];
  let { x, y } = box;
  for (const line of lines) {
    const label = ellipsize(line.label, Math.max(0, box.width - sign - 0.4 * size), font);
    const width = sign + 0.4 * size + textWidth(label, font);
    if (x > box.x && x + width > box.x + box.width) {
      x = box.x;
      y += rowHeight;
    }
    if (y + rowHeight > box.y + box.height + 0.5) {
      leftOut.push(line.label);
      continue;
    }
    if (label !== line.label) leftOut.push(line.label);
    const place = { x, y: y + (rowHeight - sign) / 2, width: sign, height: sign };
    items.push(...line.sign(place), {
      kind: 'text',
      x: x + sign + 0.4 * size,
      y: y + rowHeight / 2 + 0.36 * size,
      lines: [label],
      lineHeight: rowHeight,
      size,
      bold: false,
      fill: theme.text,
      anchor: 'start',
    });
    x += width + size;
  }
  return { items, bottom: y + (lines.length === 0 ? 0 : rowHeight), leftOut };
}

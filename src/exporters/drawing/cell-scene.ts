import { cleanLine } from '../clean-text.js';
import { formatScore } from '../format-score.js';
import type { MatrixCell } from '../matrix-view.js';
import { opaqueColor } from '../opaque-color.js';
import type { RenderOptions } from '../render-options.js';
import { bandGlyph, bandPattern, glyphWidth } from './band-sign.js';
import { cellTooltip } from './cell-tooltip.js';
import { LINE_HEIGHT, type PlacedCell, SIDE_PADDING, scoreWidth } from './place-cells.js';
import type { HexColor, SceneItem } from './scene.js';
import type { Theme } from './theme.js';

/** What decides the look of every cell. */
export interface CellLook {
  readonly options: RenderOptions;
  readonly theme: Theme;
  readonly border: HexColor;
  readonly showId: boolean;
  readonly showName: boolean;
}

/** The words in a cell; empty when neither id nor name is shown. */
export function cellLabel(cell: MatrixCell, { showId, showName }: CellLook): string {
  const { attackId, name } = cell.technique;
  const parts = [...(showId ? [attackId] : []), ...(showName ? [name] : [])];
  return cleanLine(parts.join(' '));
}

function scoreText(cell: MatrixCell, { options }: CellLook): string | undefined {
  if (!options.showScore || !cell.enabled || cell.shownScore === undefined) return undefined;
  return formatScore(cell.shownScore);
}

function hasGlyph(cell: MatrixCell, { options }: CellLook): boolean {
  return options.secondChannel === 'glyph' && cell.band !== undefined && cell.color !== undefined;
}

/** Room that score and glyph take at the right of the first line. */
export function cellReserve(cell: MatrixCell, size: number, look: CellLook): number {
  const score = scoreText(cell, look);
  const number = score === undefined ? 0 : scoreWidth(score, look.options.font, size);
  return number + (hasGlyph(cell, look) ? glyphWidth(look.options.bands, size) : 0);
}

function inkOf(cell: MatrixCell, theme: Theme): HexColor {
  if (cell.color !== undefined && cell.textColor !== undefined) return cell.textColor;
  return cell.enabled && cell.matches ? theme.text : theme.muted;
}

function hatchOf(
  { cell, x, y, width, height, size }: PlacedCell,
  theme: Theme,
): readonly SceneItem[] {
  const hasOnlyWords =
    cell.enabled &&
    cell.color === undefined &&
    cell.entry !== undefined &&
    cell.entry.comment !== '';
  if (cell.enabled && !hasOnlyWords) return [];
  const stroke = opaqueColor(`${theme.muted}66`, theme.page) ?? theme.muted;
  return [
    {
      kind: 'hatch',
      x,
      y,
      width,
      height,
      pattern: cell.enabled ? 'dots' : 'falling',
      spacing: size * (cell.enabled ? 0.5 : 0.55),
      stroke,
      strokeWidth: Math.max(0.3, size * (cell.enabled ? 0.1 : 0.08)),
    },
  ];
}

function bandItems(placed: PlacedCell, ink: HexColor, look: CellLook): readonly SceneItem[] {
  const { cell, size } = placed;
  const { options } = look;
  if (cell.band === undefined || cell.color === undefined) return [];
  const step = { band: cell.band, bands: options.bands };
  if (options.secondChannel === 'pattern') {
    return bandPattern(placed, step, { size, fill: cell.color, ink });
  }
  if (options.secondChannel !== 'glyph') return [];
  if (placed.lines.length === 0) {
    const pad = placed.width * 0.18;
    const inner = { x: placed.x + pad, y: placed.y + pad, width: placed.width - 2 * pad };
    return bandGlyph({ ...inner, height: placed.height - 2 * pad }, step, ink);
  }
  const width = glyphWidth(options.bands, size) - 0.3 * size;
  const x = placed.x + placed.width - SIDE_PADDING * size - width;
  return bandGlyph(
    { x, y: firstBaseline(placed) - 0.72 * size, width, height: 0.72 * size },
    step,
    ink,
  );
}

function firstBaseline({ y, height, lines, size }: PlacedCell): number {
  const text = lines.length * LINE_HEIGHT * size;
  return y + (height - text) / 2 + (LINE_HEIGHT * size + 0.72 * size) / 2;
}

function textItems(placed: PlacedCell, ink: HexColor, look: CellLook): readonly SceneItem[] {
  const { cell, x, width, size, lines } = placed;
  if (lines.length === 0) return [];
  const y = firstBaseline(placed);
  const font = { size, fill: ink, lineHeight: LINE_HEIGHT * size } as const;
  const items: SceneItem[] = [];
  if (lines.some((line) => line !== '')) {
    const at = { x: x + SIDE_PADDING * size, y };
    items.push({ kind: 'text', ...at, lines, ...font, bold: false, anchor: 'start' });
  }
  const score = scoreText(cell, look);
  if (score !== undefined) {
    const glyph = hasGlyph(cell, look) ? glyphWidth(look.options.bands, size) : 0;
    const at = { x: x + width - SIDE_PADDING * size - glyph, y };
    items.push({ kind: 'text', ...at, lines: [score], ...font, bold: true, anchor: 'end' });
  }
  return items;
}

/** A corner turned in: the cell holds a comment. */
function cornerItems(
  { cell, x, y, width, height, size }: PlacedCell,
  theme: Theme,
): readonly SceneItem[] {
  if (cell.entry === undefined || cell.entry.comment === '') return [];
  const edge = Math.min(0.5 * size, width / 3, height / 3);
  const right = x + width;
  const fill = cell.textColor ?? theme.comment;
  return [{ kind: 'polygon', points: [right - edge, y, right, y, right, y + edge], fill }];
}

/** Draws a cell: fill, hatch or pattern, edge, words, number, sign of the band, corner of the comment, tooltip. */
export function cellScene(placed: PlacedCell, look: CellLook): SceneItem {
  const { cell, x, y, width, height } = placed;
  const { options, theme, border } = look;
  const ink = inkOf(cell, theme);
  const box = { kind: 'rect', x, y, width, height } as const;
  const edge = Math.max(0.35, Math.min(1, placed.size * 0.08));
  return {
    kind: 'group',
    title: options.showTooltips ? cellTooltip(cell) : undefined,
    items: [
      { ...box, fill: cell.color ?? theme.page, stroke: undefined, strokeWidth: 0 },
      ...hatchOf(placed, theme),
      ...bandItems(placed, ink, look),
      { ...box, fill: undefined, stroke: border, strokeWidth: edge },
      ...textItems(placed, ink, look),
      ...cornerItems(placed, theme),
    ],
  };
}

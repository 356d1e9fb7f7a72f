import { type LayerGradient, scoreColor, textColorOn } from '../../layers/index.js';
import { formatScore } from '../format-score.js';
import { opaqueColor } from '../opaque-color.js';
import type { RenderOptions } from '../render-options.js';
import { type Box, bandGlyph, bandPattern, glyphWidth } from './band-sign.js';
import type { HexColor, SceneItem } from './scene.js';
import type { Theme } from './theme.js';

// Enough that the steps of a smooth gradient are not seen.
const STEPS = 48;

/**
 * A bar of the gradient's colours over its lowest, middle and highest score.
 *
 * @param area upper left corner and width in pixels; `size` is that of the text. The bar and its text take 2.4 sizes.
 */
export function gradientItems(
  gradient: LayerGradient,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly size: number },
  { options, theme }: { readonly options: RenderOptions; readonly theme: Theme },
): readonly SceneItem[] {
  const { x, y, width, size } = area;
  const { minValue, maxValue } = gradient;
  const isBanded = options.secondChannel !== 'none';
  const steps = isBanded ? options.bands : STEPS;
  const step = width / steps;
  const items: SceneItem[] = [];
  const signs: SceneItem[] = [];
  for (let index = 0; index < steps; index += 1) {
    const share = isBanded ? (index + 0.5) / steps : index / (steps - 1);
    const color = scoreColor(gradient, minValue + share * (maxValue - minValue));
    const fill = opaqueColor(color, theme.page);
    const box = { x: x + index * step, y, width: step, height: size };
    // Each step is painted to the end and the next over it, so that no seam shows between them.
    const painted = { ...box, width: x + width - box.x };
    items.push({ kind: 'rect', ...painted, fill, stroke: undefined, strokeWidth: 0 });
    signs.push(...signOf(box, index + 1, { options, size, fill: fill ?? theme.page }));
  }
  items.push(...signs, {
    kind: 'rect',
    x,
    y,
    width,
    height: size,
    fill: undefined,
    stroke: theme.border,
    strokeWidth: 0.75,
  });
  const middle = (minValue + maxValue) / 2;
  const ticks = [
    { at: x, value: minValue, anchor: 'start' },
    { at: x + width / 2, value: middle, anchor: 'middle' },
    { at: x + width, value: maxValue, anchor: 'end' },
  ] as const;
  for (const { at, value, anchor } of ticks) {
    items.push({
      kind: 'text',
      x: at,
      y: y + 2.05 * size,
      lines: [formatScore(value)],
      lineHeight: size,
      size: size * 0.9,
      bold: false,
      fill: theme.text,
      anchor,
    });
  }
  return items;
}

function signOf(
  box: Box,
  band: number,
  look: { readonly options: RenderOptions; readonly size: number; readonly fill: HexColor },
): readonly SceneItem[] {
  const { options, size, fill } = look;
  const step = { band, bands: options.bands };
  const ink = textColorOn(fill);
  if (options.secondChannel === 'pattern') return bandPattern(box, step, { size, fill, ink });
  if (options.secondChannel !== 'glyph') return [];
  const width = Math.min(box.width * 0.7, glyphWidth(options.bands, size));
  const inner = { x: box.x + (box.width - width) / 2, y: box.y + size * 0.15, width };
  return bandGlyph({ ...inner, height: size * 0.7 }, step, ink);
}

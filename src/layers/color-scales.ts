import { formatColor } from './color.js';
import type { LayerGradient } from './layer.js';
import { NO_UNKNOWN } from './layer-defaults.js';
import { gradientShare, interpolateColors } from './score-color.js';

/**
 * Portolan's own scale, low to high: pale yellow through grey to dark blue.
 *
 * Lightness falls at every step and the hue runs along yellow–blue, the axis that red-green blindness keeps; a test
 * simulates it.
 */
export const COLOR_BLIND_SAFE_SCALE = [
  '#fff7bc',
  '#d9c45c',
  '#979a86',
  '#4f73a8',
  '#13366f',
] as const;

/** Most bands whose neighbours stay apart (CIE76 ΔE ≥ 20) for people with red-green blindness. */
export const MAX_BANDS = 5;

/**
 * Colours for a few bands of a scale, low to high, evenly spread and with both ends.
 *
 * @param count 2..5; clamped.
 */
export function bandColors(count: number): readonly string[] {
  const bands = Math.min(MAX_BANDS, Math.max(2, Math.trunc(count)));
  return Array.from({ length: bands }, (_, band) => {
    const color = interpolateColors(COLOR_BLIND_SAFE_SCALE, band / (bands - 1));
    return color === undefined ? COLOR_BLIND_SAFE_SCALE[0] : formatColor(color);
  });
}

/** The band that a score falls in, 0..count-1: bands of equal width over the gradient's range. */
export function bandOf(gradient: LayerGradient, score: number, count: number): number {
  return Math.min(count - 1, Math.floor(gradientShare(gradient, score) * count));
}

/** A gradient of the colour-blind-safe scale: what a layer that Portolan makes has. */
export function safeGradient(minValue: number, maxValue: number): LayerGradient {
  return { colors: COLOR_BLIND_SAFE_SCALE, minValue, maxValue, unknown: NO_UNKNOWN };
}

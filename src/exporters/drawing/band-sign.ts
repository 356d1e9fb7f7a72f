import { opaqueColor } from '../opaque-color.js';
import type { HexColor, SceneItem } from './scene.js';

/** A box in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width of the glyph beside text of that size, its gap included. */
export function glyphWidth(bands: number, size: number): number {
  return bands * 0.2 * size + 0.3 * size;
}

/**
 * Bars like those of a signal: `band` of `bands` are full, the rest are stumps.
 *
 * @param box filled from left to right, bars standing on its lower edge.
 */
export function bandGlyph(
  box: Box,
  { band, bands }: { readonly band: number; readonly bands: number },
  ink: HexColor,
): readonly SceneItem[] {
  const step = box.width / bands;
  return Array.from({ length: bands }, (_, index) => {
    const share = index < band ? (index + 1) / bands : 0.08;
    const height = box.height * share;
    return {
      kind: 'polygon',
      points: corners({
        x: box.x + index * step,
        y: box.y + box.height - height,
        width: step * 0.7,
        height,
      }),
      fill: ink,
    };
  });
}

function corners({ x, y, width, height }: Box): readonly number[] {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}

// Distance of the strokes in text sizes: the higher the band, the denser.
const SPACINGS: readonly number[] = [Number.POSITIVE_INFINITY, 1.5, 1, 0.66, 0.42];

/**
 * Strokes over a coloured cell, denser with each band; the lowest has none.
 *
 * @param look size of the text of the cell, its fill and its ink; the strokes are a mix so that text stays readable.
 */
export function bandPattern(
  box: Box,
  { band, bands }: { readonly band: number; readonly bands: number },
  look: { readonly size: number; readonly fill: HexColor; readonly ink: HexColor },
): readonly SceneItem[] {
  const step = Math.round(((band - 1) / (bands - 1)) * (SPACINGS.length - 1));
  const spacing = SPACINGS[step] ?? Number.POSITIVE_INFINITY;
  if (!Number.isFinite(spacing)) return [];
  return [
    {
      kind: 'hatch',
      ...box,
      pattern: 'rising',
      spacing: spacing * look.size,
      stroke: opaqueColor(`${look.ink}55`, look.fill) ?? look.ink,
      strokeWidth: Math.max(0.3, look.size * 0.07),
    },
  ];
}

import { type Color, flattenColor, formatColor, parseColor } from './color.js';
import type { LayerGradient, LayerTechnique } from './layer.js';
import { DEFAULT_GRADIENT } from './layer-defaults.js';

// Source: ATT&CK Navigator, the presets of its gradient menu.
/** Navigator's gradients by the names it gives them. */
export const NAVIGATOR_GRADIENTS = {
  redgreen: ['#ff6666', '#ffe766', '#8ec843'],
  greenred: ['#8ec843', '#ffe766', '#ff6666'],
  bluered: ['#66b1ff', '#ff66f4', '#ff6666'],
  redblue: ['#ff6666', '#ff66f4', '#66b1ff'],
  transparentblue: ['#ffffff00', '#66b1ff'],
  transparentred: ['#ffffff00', '#ff6666'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type NavigatorGradient = keyof typeof NAVIGATOR_GRADIENTS;

function mixColors(from: Color, to: Color, share: number): Color {
  const mix = (start: number, end: number): number => start + (end - start) * share;
  return {
    red: mix(from.red, to.red),
    green: mix(from.green, to.green),
    blue: mix(from.blue, to.blue),
    alpha: mix(from.alpha, to.alpha),
  };
}

/**
 * The colour at a share of a row of stops that are spread evenly.
 *
 * @param share 0..1; clamped.
 * @returns undefined when there is no stop, or one of the two stops beside it is no colour.
 */
export function interpolateColors(stops: readonly string[], share: number): Color | undefined {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const index = Math.floor(place);
  const from = parseColor(stops[index] ?? '');
  if (from === undefined || index === place) return from;
  const to = parseColor(stops[index + 1] ?? '');
  return to === undefined ? undefined : mixColors(from, to, place - index);
}

/**
 * Where a score lies in a gradient, 0..1.
 *
 * @returns 0 below `minValue`, 1 at and above `maxValue`, so 1 for a score at the one value of a gradient without width.
 */
export function gradientShare({ minValue, maxValue }: LayerGradient, score: number): number {
  if (score >= maxValue) return 1;
  if (score <= minValue) return 0;
  return (score - minValue) / (maxValue - minValue);
}

/**
 * The colour of a score: linear between the two stops it lies between, in sRGB, not in steps.
 *
 * @param score any number; outside the gradient it has the colour of the nearer end.
 * @returns `#rrggbb`, or `#rrggbbaa` when it is not opaque.
 */
export function scoreColor(gradient: LayerGradient, score: number): string {
  const share = gradientShare(gradient, Number.isNaN(score) ? gradient.minValue : score);
  const color =
    interpolateColors(gradient.colors, share) ?? interpolateColors(DEFAULT_GRADIENT.colors, share);
  return color === undefined ? '#ffffff' : formatColor(color);
}

/**
 * The colour of a cell: the technique's own when it has one, else the colour of its score.
 *
 * @param technique what the layer says of it.
 * @param options `score` stands in for the technique's, for the aggregate of a parent; `page` shows through what is transparent, default white.
 * @returns opaque `#rrggbb`; undefined when it has neither colour nor score.
 */
export function cellColor(
  technique: Pick<LayerTechnique, 'color' | 'score'>,
  gradient: LayerGradient,
  options: { readonly score?: number | undefined; readonly page?: string } = {},
): string | undefined {
  const score = options.score ?? technique.score;
  const own = parseColor(technique.color);
  const color = own ?? (score === undefined ? undefined : parseColor(scoreColor(gradient, score)));
  const page = parseColor(options.page ?? '#ffffff') ?? parseColor('#ffffff');
  return color === undefined || page === undefined
    ? undefined
    : formatColor(flattenColor(color, page));
}

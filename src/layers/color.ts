import { CSS_COLORS } from './css-colors.table.js';

/** Red, green and blue 0..255 of sRGB, alpha 0..1. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

const HEX = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/;
const RGB = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*(\d?\.?\d{1,6})\s*)?\)$/;

function fromHex(digits: string): Color {
  const short = digits.length < 6;
  const channel = (at: number): number => {
    const text = short ? digits.slice(at, at + 1).repeat(2) : digits.slice(at * 2, at * 2 + 2);
    return Number.parseInt(text, 16);
  };
  const hasAlpha = digits.length === 4 || digits.length === 8;
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  return { red, green, blue, alpha: hasAlpha ? channel(3) / 255 : 1 };
}

function fromRgb(match: RegExpExecArray): Color | undefined {
  const [red = 0, green = 0, blue = 0] = match.slice(1, 4).map(Number);
  const alpha = match[4] === undefined ? 1 : Number(match[4]);
  if (Math.max(red, green, blue) > 255 || alpha > 1) return undefined;
  return { red, green, blue, alpha };
}

/**
 * The colour that a layer's text names.
 *
 * @param text `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa` (also without #), `rgb(…)`, `rgba(…)`, a CSS name, `transparent`; any case.
 * @returns undefined when it names none. The empty text names none.
 */
export function parseColor(text: string): Color | undefined {
  if (text.length > 64) return undefined;
  const name = text.trim().toLowerCase();
  if (name === 'transparent') return { red: 0, green: 0, blue: 0, alpha: 0 };
  const digits = HEX.exec(name)?.[1] ?? CSS_COLORS.get(name);
  if (digits !== undefined) return fromHex(digits);
  const match = RGB.exec(name);
  return match === null ? undefined : fromRgb(match);
}

/** `#rrggbb`, or `#rrggbbaa` when it is not opaque; lower case, so safe to write anywhere. */
export function formatColor({ red, green, blue, alpha }: Color): string {
  const pair = (value: number): string =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0');
  const opacity = pair(alpha * 255);
  return `#${pair(red)}${pair(green)}${pair(blue)}${opacity === 'ff' ? '' : opacity}`;
}

/** How a colour looks on an opaque background. */
export function flattenColor(color: Color, background: Color): Color {
  const mix = (top: number, below: number): number => top * color.alpha + below * (1 - color.alpha);
  return {
    red: mix(color.red, background.red),
    green: mix(color.green, background.green),
    blue: mix(color.blue, background.blue),
    alpha: 1,
  };
}

/** One sRGB channel, 0..255, as linear light 0..1. Source: IEC 61966-2-1. */
export function linearChannel(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminance({ red, green, blue }: Color): number {
  return 0.2126 * linearChannel(red) + 0.7152 * linearChannel(green) + 0.0722 * linearChannel(blue);
}

/** Contrast ratio of two opaque colours, 1..21. Source: WCAG 2.2. */
export function contrastRatio(a: Color, b: Color): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const BLACK: Color = { red: 0, green: 0, blue: 0, alpha: 1 };
const WHITE: Color = { red: 255, green: 255, blue: 255, alpha: 1 };

/**
 * Black or white, whichever reads better on a background; its contrast is always 4.5 or more.
 *
 * @param background a colour that `parseColor` reads; what it does not read counts as the page.
 * @param page what shows through a transparent background; default white.
 */
export function textColorOn(background: string, page = '#ffffff'): '#000000' | '#ffffff' {
  const under = parseColor(page) ?? WHITE;
  const fill = flattenColor(parseColor(background) ?? under, under);
  return contrastRatio(fill, BLACK) >= contrastRatio(fill, WHITE) ? '#000000' : '#ffffff';
}

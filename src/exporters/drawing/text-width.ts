import { MEASURED_CODES, TEXT_WIDTHS } from './text-width.table.js';

/** Kinds of font that a drawing can be set in. */
export const FONT_FAMILIES = ['sans', 'serif', 'mono'] as const;
/** One of `FONT_FAMILIES`. */
export type FontFamily = (typeof FONT_FAMILIES)[number];

/** A font in which text is measured and drawn. */
export interface TextFont {
  readonly family: FontFamily;
  readonly bold: boolean;
  /** Pixels. */
  readonly size: number;
}

const PLACE = new Map(MEASURED_CODES.map((code, index) => [code, index]));

// Widths in thousandths where no font was measured: an ideograph fills the square, the rest is like a wide letter.
const WIDE = 1000;
const OTHER = 650;

function isCombining(code: number): boolean {
  return (
    (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0xfe00 && code <= 0xfe0f)
  );
}

function isWide(code: number): boolean {
  return (code >= 0x1100 && code <= 0x11ff) || (code >= 0x2e80 && code <= 0xffdc) || code > 0xffff;
}

function widthsOf({ family, bold }: TextFont): readonly number[] {
  if (family === 'mono') return TEXT_WIDTHS.mono;
  if (family === 'serif') return bold ? TEXT_WIDTHS.serifBold : TEXT_WIDTHS.serif;
  return bold ? TEXT_WIDTHS.sansBold : TEXT_WIDTHS.sans;
}

function widthOfOther(code: number): number {
  if (isCombining(code)) return 0;
  return isWide(code) ? WIDE : OTHER;
}

/**
 * Width of one line of text in pixels, from a table of numbers and not from the fonts of the machine, so that a
 * drawing comes out the same everywhere. Kerning is left out: real text is a little narrower.
 */
export function textWidth(text: string, font: TextFont): number {
  const widths = widthsOf(font);
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const place = PLACE.get(code);
    thousandths += place === undefined ? widthOfOther(code) : (widths[place] ?? OTHER);
  }
  return (thousandths * font.size) / 1000;
}

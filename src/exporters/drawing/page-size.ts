import type { PageUnit, RenderOptions } from '../render-options.js';

/** Pixels per unit. Source: CSS Values 4 §6.2, one inch is 96 pixels. */
export const PIXELS_PER: Readonly<Record<PageUnit, number>> = {
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
};

// Short side first. Source: ANSI Y14.1 for letter to 11 × 17, ARCH C and D, ISO 216 for A4 and A3.
const SHEETS: Readonly<
  Record<Exclude<RenderOptions['size'], 'fit' | 'custom'>, readonly [number, number, PageUnit]>
> = {
  letter: [8.5, 11, 'in'],
  legal: [8.5, 14, 'in'],
  small: [11, 17, 'in'],
  medium: [18, 24, 'in'],
  large: [24, 36, 'in'],
  a4: [210, 297, 'mm'],
  a3: [297, 420, 'mm'],
};

/** A sheet: in pixels for the drawing, in words for the document. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** `297mm` */
  readonly widthText: string;
  readonly heightText: string;
}

/** The sheet asked for; undefined = no sheet, the drawing decides. */
export function pageOf(options: RenderOptions): Page | undefined {
  if (options.size === 'fit') return undefined;
  if (options.size === 'custom') return sheet(options.width, options.height, options.unit);
  const [short, long, unit] = SHEETS[options.size];
  return options.orientation === 'portrait' ? sheet(short, long, unit) : sheet(long, short, unit);
}

function sheet(width: number, height: number, unit: PageUnit): Page {
  return {
    width: width * PIXELS_PER[unit],
    height: height * PIXELS_PER[unit],
    widthText: `${width}${unit}`,
    heightText: `${height}${unit}`,
  };
}

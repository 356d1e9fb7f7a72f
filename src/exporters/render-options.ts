import { AppError } from '../model/index.js';
import { FONT_FAMILIES, type FontFamily } from './drawing/text-width.js';

/** Lengths on paper. */
export const PAGE_UNITS = ['in', 'cm', 'mm', 'px'] as const;
/** One of `PAGE_UNITS`; a pixel is 1/96 inch. */
export type PageUnit = (typeof PAGE_UNITS)[number];

/** `fit` takes the room that the matrix needs; `custom` asks for `width` and `height`; the rest are sheets of paper. */
export const PAGE_SIZES = [
  'fit',
  'custom',
  'letter',
  'legal',
  'small',
  'medium',
  'large',
  'a4',
  'a3',
] as const;
/** One of `PAGE_SIZES`. */
export type PageSize = (typeof PAGE_SIZES)[number];

/** Sub-techniques beside their technique, below it, or everything as small squares. */
export const LAYOUTS = ['side', 'flat', 'mini'] as const;
/** Which techniques are open: all, those the layer opens, those with an annotated sub-technique, none. */
export const SUBTECHNIQUE_CHOICES = ['all', 'expanded', 'annotated', 'none'] as const;
/** Signs of the score beside its colour: none, bars, or denser strokes. */
export const SECOND_CHANNELS = ['none', 'glyph', 'pattern'] as const;

/** Where an undocked legend stands, in the unit of the page, from its upper left corner. */
export interface LegendPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a layer is drawn or listed. What is undefined is as the layer itself says. */
export interface RenderOptions {
  readonly size: PageSize;
  /** In `unit`; used by `custom` only. */
  readonly width: number;
  readonly height: number;
  readonly unit: PageUnit;
  /** Turns the sheet; of no effect on `fit` and `custom`. */
  readonly orientation: 'portrait' | 'landscape';
  /** In `unit`; undefined = as high as its text. */
  readonly headerHeight: number | undefined;
  readonly font: FontFamily;
  /** Points of 1/72 inch; undefined = the largest at which everything fits the page. */
  readonly fontSize: number | undefined;
  readonly theme: 'light' | 'dark';
  readonly layout: (typeof LAYOUTS)[number] | undefined;
  /** `expanded` = where the layer opens them. */
  readonly subtechniques: (typeof SUBTECHNIQUE_CHOICES)[number];
  /** `#rrggbb`; undefined = the theme's. */
  readonly borderColor: string | undefined;
  readonly showHeader: boolean;
  readonly showAbout: boolean;
  readonly showDomain: boolean;
  readonly showFilters: boolean;
  readonly showLegend: boolean;
  readonly showGradient: boolean;
  readonly legend: 'docked' | LegendPlace;
  readonly showId: boolean | undefined;
  readonly showName: boolean | undefined;
  /** The number in the cell. */
  readonly showScore: boolean;
  /** A sign of the score beside its colour. */
  readonly secondChannel: (typeof SECOND_CHANNELS)[number];
  /** Steps of the second channel over the gradient, 2..5. */
  readonly bands: number;
  /** Tooltips with comment, links and metadata. */
  readonly showTooltips: boolean;
  /** JSON only: leave out techniques that the layer's filters hide. */
  readonly visibleOnly: boolean;
  /** PNG only: pixels of the picture per pixel of the drawing, 0.1..10. */
  readonly scale: number;
}

/** What is used for every option that is not given. */
export const DEFAULT_RENDER_OPTIONS: RenderOptions = {
  size: 'fit',
  width: 11,
  height: 8.5,
  unit: 'in',
  orientation: 'landscape',
  headerHeight: undefined,
  font: 'sans',
  fontSize: undefined,
  theme: 'light',
  layout: undefined,
  subtechniques: 'expanded',
  borderColor: undefined,
  showHeader: true,
  showAbout: true,
  showDomain: true,
  showFilters: true,
  showLegend: true,
  showGradient: true,
  legend: 'docked',
  showId: undefined,
  showName: undefined,
  showScore: false,
  secondChannel: 'none',
  bands: 5,
  showTooltips: true,
  visibleOnly: false,
  scale: 2,
};

/** Options as a caller gives them; what is left out or undefined has its default. */
export type GivenRenderOptions = {
  readonly [K in keyof RenderOptions]?: RenderOptions[K] | undefined;
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  size: PAGE_SIZES,
  unit: PAGE_UNITS,
  orientation: ['portrait', 'landscape'],
  font: FONT_FAMILIES,
  theme: ['light', 'dark'],
  layout: LAYOUTS,
  subtechniques: SUBTECHNIQUE_CHOICES,
  secondChannel: SECOND_CHANNELS,
};

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  width: [0.1, 20_000],
  height: [0.1, 20_000],
  headerHeight: [0, 20_000],
  fontSize: [1, 200],
  bands: [2, 5],
  scale: [0.1, 10],
};

function isInside(value: unknown, [least, most]: readonly [number, number]): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

function checkOption(name: string, value: unknown): void {
  if (!(name in DEFAULT_RENDER_OPTIONS)) {
    throw new AppError('USAGE', `expected an option, found ${name}`);
  }
  const usual = DEFAULT_RENDER_OPTIONS[name as keyof RenderOptions];
  if (typeof usual === 'boolean' && typeof value !== 'boolean') {
    throw new AppError('USAGE', `${name}: expected true or false, found ${String(value)}`);
  }
  const choices = CHOICES[name];
  if (choices !== undefined && !choices.includes(String(value))) {
    throw new AppError('USAGE', `${name}: expected ${choices.join(', ')}, found ${String(value)}`);
  }
  const range = RANGES[name];
  if (range !== undefined && !isInside(value, range)) {
    throw new AppError(
      'USAGE',
      `${name}: expected a number from ${range[0]} to ${range[1]}, found ${String(value)}`,
    );
  }
}

function checkLegend(legend: RenderOptions['legend']): void {
  if (legend === 'docked') return;
  const isPlace =
    typeof legend === 'object' &&
    isInside(legend.x, [0, 20_000]) &&
    isInside(legend.y, [0, 20_000]) &&
    isInside(legend.width, [0.1, 20_000]) &&
    isInside(legend.height, [0.1, 20_000]);
  if (!isPlace) {
    throw new AppError('USAGE', 'legend: expected docked, or x, y, width and height of 0 to 20000');
  }
}

/**
 * Options with every default filled in.
 *
 * @throws AppError USAGE when a value is none of the choices or outside its range.
 */
export function resolveRenderOptions(given: GivenRenderOptions): RenderOptions {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of set) checkOption(name, value);
  const options: RenderOptions = { ...DEFAULT_RENDER_OPTIONS, ...Object.fromEntries(set) };
  checkLegend(options.legend);
  if (options.borderColor !== undefined && !/^#[0-9a-f]{6}$/i.test(options.borderColor)) {
    throw new AppError('USAGE', `borderColor: expected #rrggbb, found ${options.borderColor}`);
  }
  return options;
}

import type { FontFamily } from './text-width.js';

/** How an area is filled beside its colour, so that meaning does not hang on colour alone. */
export type HatchPattern = 'rising' | 'falling' | 'dots';

/** Colour as `#rrggbb`; opaque, whatever it was made from. */
export type HexColor = `#${string}`;

/** Part of a drawing. Lengths and places in pixels of 1/96 inch, y downwards. */
export type SceneItem =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: HexColor | undefined;
      readonly stroke: HexColor | undefined;
      /** Pixels; of no effect without `stroke`. */
      readonly strokeWidth: number;
    }
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly stroke: HexColor;
      readonly strokeWidth: number;
    }
  | {
      readonly kind: 'polygon';
      /** Flat list x, y, x, y …; closed by itself. */
      readonly points: readonly number[];
      readonly fill: HexColor;
    }
  | {
      readonly kind: 'text';
      /** Where the anchor of the first line stands. */
      readonly x: number;
      /** Baseline of the first line. */
      readonly y: number;
      readonly lines: readonly string[];
      /** Pixels from baseline to baseline. */
      readonly lineHeight: number;
      readonly size: number;
      readonly bold: boolean;
      readonly fill: HexColor;
      readonly anchor: 'start' | 'middle' | 'end';
    }
  | {
      readonly kind: 'hatch';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly pattern: HatchPattern;
      /** Pixels from line to line. */
      readonly spacing: number;
      readonly stroke: HexColor;
      readonly strokeWidth: number;
    }
  | {
      readonly kind: 'group';
      /** Tooltip where the medium has one; lines separated by `\n`. */
      readonly title: string | undefined;
      readonly items: readonly SceneItem[];
    };

/** A drawing as data; every medium paints the same one. */
export interface Scene {
  readonly kind: 'scene';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Size on paper as SVG and CSS write it: `297mm`. */
  readonly pageWidth: string;
  readonly pageHeight: string;
  readonly background: HexColor;
  readonly family: FontFamily;
  /** Accessible name. */
  readonly title: string;
  /** What the drawing shows, in a sentence or more. */
  readonly description: string;
  readonly items: readonly SceneItem[];
}

import { describe, expect, it } from 'vitest';
import { type Color, linearChannel, parseColor } from './color.js';
import { bandColors, bandOf, COLOR_BLIND_SAFE_SCALE, safeGradient } from './color-scales.js';
import { NAVIGATOR_GRADIENTS } from './score-color.js';

type Matrix = readonly (readonly number[])[];
type Vector = readonly number[];

// Source: Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15(6), 2009;
// severity 1.0, for linear RGB.
const VISIONS: Readonly<Record<string, Matrix>> = {
  'normal vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

const multiply = (matrix: Matrix, vector: Vector): Vector =>
  matrix.map((row) => row.reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0));

// Source: IEC 61966-2-1 (D65), CIE 15.
const TO_XYZ: Matrix = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
];

function toLab({ red, green, blue }: Color, vision: Matrix): Vector {
  const seen = multiply(vision, [red, green, blue].map(linearChannel)).map((value) =>
    Math.min(1, Math.max(0, value)),
  );
  const [x = 0, y = 0, z = 0] = multiply(TO_XYZ, seen).map((value) =>
    value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116,
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 distance of each color from the one before it. */
function steps(colors: readonly string[], vision: Matrix): readonly number[] {
  const labs = colors.map((text) => {
    const color = parseColor(text);
    if (color === undefined) throw new Error(`no color: ${text}`);
    return toLab(color, vision);
  });
  return labs
    .slice(1)
    .map((lab, index) => Math.hypot(...lab.map((value, at) => value - (labs[index]?.[at] ?? 0))));
}

describe('the color-blind-safe scale', () => {
  const cases = Object.keys(VISIONS).flatMap((vision) =>
    [2, 3, 4, 5].map((count) => ({ vision, count })),
  );

  it.each(cases)(
    'keeps neighbors of $count bands 20 or more apart in $vision',
    ({ vision, count }) => {
      const colors = bandColors(count);
      expect(colors).toHaveLength(count);
      expect(Math.min(...steps(colors, VISIONS[vision] ?? []))).toBeGreaterThanOrEqual(20);
    },
  );

  it('gets darker at every step', () => {
    const identity = VISIONS['normal vision'] ?? [];
    const lightness = COLOR_BLIND_SAFE_SCALE.map(
      (text) =>
        toLab(parseColor(text) ?? { red: 0, green: 0, blue: 0, alpha: 1 }, identity)[0] ?? 0,
    );
    expect(lightness).toEqual(lightness.toSorted((a, b) => b - a));
  });

  it("is needed: the ends of Navigator's red to green are less than 20 apart in deuteranopia", () => {
    const [red, , green] = NAVIGATOR_GRADIENTS.redgreen;
    expect(steps([red, green], VISIONS['deuteranopia'] ?? [])[0]).toBeLessThan(20);
    expect(steps([red, green], VISIONS['normal vision'] ?? [])[0]).toBeGreaterThan(100);
  });

  it('has two to five bands, whatever is asked for', () => {
    expect(bandColors(1)).toHaveLength(2);
    expect(bandColors(9)).toEqual([...COLOR_BLIND_SAFE_SCALE]);
  });
});

describe('bandOf', () => {
  it.each([
    [0, 0],
    [19.9, 0],
    [20, 1],
    [99, 4],
    [100, 4],
    [-1, 0],
    [500, 4],
  ])('puts %d of 0 to 100 in band %d of five', (score, band) => {
    expect(bandOf(safeGradient(0, 100), score, 5)).toBe(band);
  });
});

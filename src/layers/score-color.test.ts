import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerGradient } from './layer.js';
import { DEFAULT_GRADIENT } from './layer-defaults.js';
import { cellColor, NAVIGATOR_GRADIENTS, scoreColor } from './score-color.js';

function gradient(colors: readonly string[], minValue = 0, maxValue = 100): LayerGradient {
  return { colors, minValue, maxValue, unknown: {} };
}

const GRAY = gradient(['#000000', '#ffffff']);

describe('scoreColor', () => {
  it.each([
    [0, '#000000'],
    [100, '#ffffff'],
    [50, '#808080'],
    [20, '#333333'],
    // Navigator's steps end before these: it throws for them.
    [99.5, '#fefefe'],
    [99.9, '#ffffff'],
    [99.999_999, '#ffffff'],
    [-5, '#000000'],
    [1e9, '#ffffff'],
    [Number.NEGATIVE_INFINITY, '#000000'],
    [Number.POSITIVE_INFINITY, '#ffffff'],
    [Number.NaN, '#000000'],
  ])('gives %d its place between black and white: %s', (score, expected) => {
    expect(scoreColor(GRAY, score)).toBe(expected);
  });

  it('is exact between the stops of three colors', () => {
    expect(scoreColor(DEFAULT_GRADIENT, 0)).toBe('#ff6666');
    expect(scoreColor(DEFAULT_GRADIENT, 25)).toBe('#ffa766');
    expect(scoreColor(DEFAULT_GRADIENT, 50)).toBe('#ffe766');
    expect(scoreColor(DEFAULT_GRADIENT, 100)).toBe('#8ec843');
  });

  it('works for a range of 0 to 1 with three colors', () => {
    expect(scoreColor(gradient(NAVIGATOR_GRADIENTS.redgreen, 0, 1), 0.5)).toBe('#ffe766');
  });

  it('keeps what is transparent', () => {
    const blue = gradient(NAVIGATOR_GRADIENTS.transparentblue, 0, 1);
    expect(scoreColor(blue, 0)).toBe('#ffffff00');
    expect(scoreColor(blue, 1)).toBe('#66b1ff');
  });

  it('gives the last color at the one value of a gradient without width, the first below it', () => {
    expect(scoreColor(gradient(['#000', '#fff'], 5, 5), 5)).toBe('#ffffff');
    expect(scoreColor(gradient(['#000', '#fff'], 5, 5), 4)).toBe('#000000');
  });

  it('answers any score of any gradient with a color', () => {
    const colors = fc.array(fc.oneof(fc.constantFrom('#ff6666', 'red', '#fff0'), fc.string()), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(colors, fc.double(), fc.double(), fc.double(), (stops, least, most, score) => {
        expect(scoreColor(gradient(stops, least, most), score)).toMatch(
          /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/,
        );
      }),
    );
  });
});

describe('cellColor', () => {
  it('takes the color set by hand before the score', () => {
    expect(cellColor({ color: 'Red', score: 50 }, GRAY)).toBe('#ff0000');
  });

  it('takes the score before nothing', () => {
    expect(cellColor({ color: '', score: 50 }, GRAY)).toBe('#808080');
    expect(cellColor({ color: '', score: undefined }, GRAY)).toBeUndefined();
    expect(cellColor({ color: '', score: undefined }, GRAY, { score: 100 })).toBe('#ffffff');
  });

  it('shows the page through what is transparent', () => {
    expect(cellColor({ color: '#ff000080', score: undefined }, GRAY, { page: '#000000' })).toBe(
      '#800000',
    );
  });
});

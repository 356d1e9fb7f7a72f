import { describe, expect, it } from 'vitest';
import { pageOf } from './drawing/page-size.js';
import {
  DEFAULT_RENDER_OPTIONS,
  type GivenRenderOptions,
  resolveRenderOptions,
} from './render-options.js';

describe('resolveRenderOptions', () => {
  it('fills in what is left out or undefined', () => {
    expect(resolveRenderOptions({})).toEqual(DEFAULT_RENDER_OPTIONS);
    expect(resolveRenderOptions({ size: undefined, theme: 'dark' })).toEqual({
      ...DEFAULT_RENDER_OPTIONS,
      theme: 'dark',
    });
  });

  it.each([
    [{ size: 'a5' }, 'size: expected fit, custom, letter'],
    [{ unit: 'em' }, 'unit: expected in, cm, mm, px, found em'],
    [{ width: 0 }, 'width: expected a number from 0.1 to 20000, found 0'],
    [{ height: Number.NaN }, 'height: expected a number'],
    [{ fontSize: '12' }, 'fontSize: expected a number'],
    [{ bands: 6 }, 'bands: expected a number from 2 to 5'],
    [{ borderColor: 'red" onload="x' }, 'borderColor: expected #rrggbb'],
    [{ legend: 'left' }, 'legend: expected docked, or x, y, width and height'],
    [{ legend: { x: 0, y: 0, width: -1, height: 1 } }, 'legend: expected docked'],
    [{ showHeader: 'no' }, 'showHeader: expected true or false, found no'],
    [{ colour: 'red' }, 'expected an option, found colour'],
  ])('refuses %j', (given, message) => {
    const wrong = given as unknown as GivenRenderOptions;
    expect(() => resolveRenderOptions(wrong)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
    );
  });
});

describe('pageOf', () => {
  it.each<readonly [GivenRenderOptions, string, string]>([
    [{ size: 'letter', orientation: 'portrait' }, '8.5in', '11in'],
    [{ size: 'legal' }, '14in', '8.5in'],
    [{ size: 'small' }, '17in', '11in'],
    [{ size: 'medium' }, '24in', '18in'],
    [{ size: 'large', orientation: 'portrait' }, '24in', '36in'],
    [{ size: 'a4' }, '297mm', '210mm'],
    [{ size: 'a3', orientation: 'portrait' }, '297mm', '420mm'],
    [{ size: 'custom', width: 20, height: 10, unit: 'cm' }, '20cm', '10cm'],
  ])('of %j is %s by %s', (given, width, height) => {
    const page = pageOf(resolveRenderOptions(given));
    expect([page?.widthText, page?.heightText]).toEqual([width, height]);
  });

  it('counts 96 pixels to the inch', () => {
    const options = resolveRenderOptions({ size: 'custom', width: 2.54, height: 25.4, unit: 'cm' });
    expect(pageOf(options)?.width).toBeCloseTo(96);
    expect(pageOf(options)?.height).toBeCloseTo(960);
  });

  it('is none when the drawing takes the room it needs', () => {
    expect(pageOf(resolveRenderOptions({}))).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastRatio, formatColor, parseColor, textColorOn } from './color.js';

describe('parseColor', () => {
  it.each([
    ['#ff6666', '#ff6666'],
    ['FF6666', '#ff6666'],
    ['#f60', '#ff6600'],
    ['#f608', '#ff660088'],
    ['#ff666600', '#ff666600'],
    ['#66b1ffff', '#66b1ff'],
    [' Red ', '#ff0000'],
    ['rebeccapurple', '#663399'],
    ['transparent', '#00000000'],
    ['rgb(255, 0, 10)', '#ff000a'],
    ['rgba(255,0,10,0.5)', '#ff000a80'],
  ])('reads %s as %s', (text, expected) => {
    const color = parseColor(text);
    expect(color && formatColor(color)).toBe(expected);
  });

  it.each([
    '',
    '#',
    '#ff',
    '#fffff',
    'url(x)',
    'rgb(256,0,0)',
    'rgba(0,0,0,1.5)',
    '"><svg',
    'constructor',
    '__proto__',
    `#${'f'.repeat(1e5)}`,
  ])('reads no color in %.40s', (text) => {
    expect(parseColor(text)).toBeUndefined();
  });

  it('answers any text without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseColor(text)));
  });
});

describe('textColorOn', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  const anyColor = fc.record({
    red: channel,
    green: channel,
    blue: channel,
    alpha: fc.constant(1),
  });

  it('has a contrast of 4.5 or more on every background', () => {
    fc.assert(
      fc.property(anyColor, (background) => {
        const text = parseColor(textColorOn(formatColor(background)));
        expect(text && contrastRatio(text, background)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('reads the page through a transparent background', () => {
    expect(textColorOn('#00000000')).toBe('#000000');
    expect(textColorOn('#00000000', '#000000')).toBe('#ffffff');
    expect(textColorOn('no color', '#000000')).toBe('#ffffff');
  });
});

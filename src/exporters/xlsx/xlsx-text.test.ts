import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xlsxSheetName } from './xlsx-sheet-name.js';
import { xlsxText } from './xlsx-text.js';

describe('xlsxText', () => {
  it.each([
    ['', undefined],
    ['\u0000', undefined],
    ['plain', 'plain'],
    ['a\r\nb', 'a\nb'],
    ['=1+1', "'=1+1"],
    ['_x0041_', '_x005F_x0041_'],
    ['__X00e9_', '__x005F_X00e9_'],
    ['constructor', '_x0063_onstructor'],
    ['__proto__', '_x005F__proto__'],
  ])('of %j is %j', (raw, text) => {
    expect(xlsxText(raw)).toEqual({ text, cut: false });
  });

  it('cuts a text that no cell holds, and says so in the cell', () => {
    const { text, cut } = xlsxText('x'.repeat(40_000));
    expect(text).toHaveLength(32_767);
    expect(text).toMatch(/\(cut: a cell holds 32,767 characters\)$/);
    expect(cut).toBe(true);
    expect(xlsxText('x'.repeat(32_767)).cut).toBe(false);
  });

  it('is never an own name of every object', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      expect(String(xlsxText(name).text) in Object.prototype).toBe(false);
    }
  });
});

describe('xlsxSheetName', () => {
  it.each([
    ['Coverage', 'Coverage'],
    ['', 'layer'],
    ['History', 'layer'],
    ['a/b\\c:d*e?f[g]h', 'a b c d e f g h'],
    ["'quoted'", 'quoted'],
    ['A very long name of a layer of our site in Ulm', 'A very long name of a layer of'],
  ])('makes of %j the name %j', (wanted, name) => {
    expect(xlsxSheetName(wanted, new Set())).toBe(name);
  });

  it('numbers names that are taken, whatever their case', () => {
    const taken = new Set(['coverage', 'coverage (2)']);
    expect(xlsxSheetName('COVERAGE', taken)).toBe('COVERAGE (3)');
  });

  it('is always a name that Excel takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (wanted) => {
        const name = xlsxSheetName(wanted, new Set());
        expect(name).toMatch(/^[^[\]/\\:*?]{1,31}$/u);
        expect(name).not.toMatch(/^'|'$/);
      }),
    );
  });
});

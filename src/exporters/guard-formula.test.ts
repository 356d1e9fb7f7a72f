import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormula } from './guard-formula.js';

describe('guardFormula', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\ufeff=1',
    '＝1',
    '＠x',
  ])('puts an apostrophe before %j', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`);
  });

  it.each(['', 'a=1', '1-1', "'=1", 'T1059', '(=1)', '"=1"'])('leaves %j as it is', (text) => {
    expect(guardFormula(text)).toBe(text);
  });

  it('lets nothing begin like a formula, and only adds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const guarded = guardFormula(text);
        expect(guarded).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(guarded.endsWith(text)).toBe(true);
      }),
    );
  });
});

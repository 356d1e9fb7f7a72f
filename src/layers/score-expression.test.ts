import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import { formatIssue, isIssue } from '../model/index.js';
import {
  MAX_EXPRESSION_CHARS,
  MAX_EXPRESSION_DEPTH,
  parseScoreExpression,
} from './score-expression.js';

// a and b are scored, c is 0, u is unscored.
const SCORES: Readonly<Record<string, number>> = { a: 60, b: 20, c: 0 };

function evaluate(text: string): number | undefined {
  const expression = parseScoreExpression(text);
  if (isIssue(expression)) throw new Error(formatIssue(expression));
  return expression.evaluate((name) => SCORES[name]);
}

const none = undefined;

describe('parseScoreExpression', () => {
  it.each<[string, number | undefined]>([
    ['a', 60],
    ['A + B', 80],
    ['a - b - 5', 35],
    ['a + b * 2', 100],
    ['(a + b) * 2', 160],
    ['a / b', 3],
    ['a / c', none],
    ['c / c', none],
    ['a % 7', 4],
    ['-1 % 3', 2],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['10 ^ 999', none],
    ['- -a', 60],
    ['+a', 60],
    ['.5 + 1e2', 100.5],
    ['pi > 3.14 and pi < 3.15', 1],
    ['true + true', 2],
    ['a > b', 1],
    ['a < b', 0],
    ['a >= 60', 1],
    ['a <= 59', 0],
    ['a == 60', 1],
    ['a != 60', 0],
    ['0 < b < a', 1],
    ['0 < a < b', 0],
    ['a > b and b > c', 1],
    ['a < b or c', 0],
    ['a xor b', 0],
    ['a xor c', 1],
    ['not a', 0],
    ['!c', 1],
    ['a && c || b', 1],
    ['c and c or a', 1],
    ['c or a and c', 0],
    // As in Navigator (mathjs) a sign binds before a comparison: (not a) > 5.
    ['not a > 5', 0],
    ['not (a > 100)', 1],
    ['a > 50 ? 100 : 0', 100],
    ['c ? 1 : b ? 2 : 3', 2],
    ['c ? 1 : c ? 2 : 3', 3],
    ['min(a, b, c)', 0],
    ['max(a, b)', 60],
    ['avg(a, b)', 40],
    ['mean(a, b)', 40],
    ['median(a, b, c)', 20],
    ['median(a, b)', 40],
    ['sum(a, b, c)', 80],
    ['abs(b - a)', 40],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['round(a / 7, 2)', 8.57],
    ['floor(2.7) + ceil(2.1)', 5],
    ['sqrt(16)', 4],
    ['sqrt(-1)', none],
    ['sign(b - a)', -1],
    ['clamp(a, 0, 50)', 50],
    ['count(a, b, c, u)', 3],
  ])('works out %s as %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it.each<[string, number | undefined]>([
    ['u', none],
    ['u + 1', none],
    ['u * 0', none],
    ['-u', none],
    ['abs(u)', none],
    ['round(u)', none],
    ['u > 5', none],
    ['u < 5', none],
    ['u == u', none],
    ['0 < u < 5', none],
    ['5 < c < u', 0],
    ['u and a', 0],
    ['u or a', 1],
    ['a and not u', 1],
    ['u xor a', 1],
    ['u > 5 or a > 5', 1],
    ['not (u > 5)', 1],
    ['u ? 1 : 2', 2],
    ['min(u, a, b)', 20],
    ['max(u, a)', 60],
    ['avg(u, a, b)', 40],
    ['sum(u, a)', 60],
    ['max(u, u)', none],
    ['count(u, u)', 0],
    ['scored(u)', 0],
    ['scored(c)', 1],
    ['or0(u) + a', 60],
    ['default(u, 5)', 5],
    ['default(a, 5)', 60],
    ['default(u, u)', none],
    ['a > 50 ? unscored : a', none],
  ])('does not take unscored for 0: %s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it('names the layers it asks for, each once', () => {
    expect(parseScoreExpression('max(b, a) + b2 * pi')).toMatchObject({
      variables: ['b', 'a', 'b2'],
    });
  });

  it.each([
    ['', 1, 'expected a number, layer or "(", found the end'],
    ['a +', 4, 'expected a number, layer or "(", found the end'],
    ['a b', 3, 'expected an operator or the end, found "b"'],
    ['2a', 2, 'expected an operator or the end, found "a"'],
    ['(a', 3, 'expected ")", found the end'],
    ['a)', 2, 'expected an operator or the end, found ")"'],
    ['a = b', 3, 'expected a number, layer or operator, found "="'],
    ['a ? b', 6, 'expected ":", found the end'],
    ['min()', 1, 'expected 1 or more values in min(…), found 0'],
    ['a + clamp(a)', 5, 'expected 3 values in clamp(…), found 1'],
    ['round(a, 1, 2)', 1, 'expected 1 to 2 values in round(…), found 3'],
    [
      'eval(a)',
      1,
      'expected one of min, max, avg, mean, median, sum, count, abs, floor, ceil, sqrt, sign, round, clamp, scored, or0, default, found "eval"',
    ],
    ['constructor("x")', 13, 'expected a number, layer or operator, found """'],
    ['a\u0000', 2, 'expected a number, layer or operator, found an invisible character'],
    ['a.b', 2, 'expected a number, layer or operator, found "."'],
    ['1..2', 3, 'expected an operator or the end, found "0.2"'],
  ])('names the column of what it cannot read in %j', (text, column, message) => {
    expect(parseScoreExpression(text)).toEqual({
      kind: 'issue',
      code: 'LAYER_EXPRESSION',
      message,
      at: { source: 'expression', line: 1, column },
    });
  });

  it.each([
    ['too long', '1+'.repeat(MAX_EXPRESSION_CHARS)],
    ['too many parentheses', '('.repeat(MAX_EXPRESSION_DEPTH + 1)],
    ['too many signs', '-'.repeat(MAX_EXPRESSION_DEPTH + 1)],
    ['too many powers', '2^'.repeat(MAX_EXPRESSION_DEPTH + 1)],
    ['too many choices', 'a?1:'.repeat(MAX_EXPRESSION_DEPTH + 1)],
    ['too many calls', 'abs('.repeat(MAX_EXPRESSION_DEPTH + 1)],
  ])('refuses an expression that is %s', (_, text) => {
    expect(parseScoreExpression(text)).toMatchObject({ code: 'LAYER_EXPRESSION' });
  });

  it('works out the longest sum it reads', () => {
    expect(evaluate(`${'1+'.repeat(MAX_EXPRESSION_CHARS / 2 - 1)}1`)).toBe(
      MAX_EXPRESSION_CHARS / 2,
    );
  });

  it('answers any text, and never with NaN or infinity', () => {
    const word = fc.constantFrom(
      'a',
      'b',
      'u',
      '1',
      '0',
      '2.5',
      '1e300',
      '+',
      '-',
      '*',
      '/',
      '%',
      '^',
      '(',
      ')',
      ',',
      '<',
      '>=',
      '==',
      '!',
      'and',
      'or',
      'xor',
      'not',
      '?',
      ':',
      'min',
      'max',
      'round',
      'sqrt',
      'default',
      'unscored',
      ' ',
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 25 }).map((words) => words.join(' ')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (source) => {
        const expression = parseScoreExpression(source);
        if (isIssue(expression)) return;
        const score = expression.evaluate((name) => SCORES[name]);
        expect(score === undefined || Number.isFinite(score)).toBe(true);
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });
});

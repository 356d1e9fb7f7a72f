import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTypoDistance } from './typo-distance.js';
import { createTypoFinder } from './typo-finder.js';

const distance = createTypoDistance();

describe('createTypoDistance', () => {
  it.each([
    ['mimikatz', 'mimikatz', 0],
    ['mimkatz', 'mimikatz', 1],
    ['mimiikatz', 'mimikatz', 1],
    ['mimikats', 'mimikatz', 1],
    ['mimikazt', 'mimikatz', 1],
    ['imimkatz', 'mimikatz', 2],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('counts the errors between %j and %j as %i', (a, b, errors) => {
    expect(distance(a, b, 5)).toBe(errors);
  });

  it('stops at one more than is allowed', () => {
    expect(distance('kitten', 'sitting', 1)).toBe(2);
    expect(distance('a', 'abcdefgh', 2)).toBe(3);
  });

  it('agrees with the plain definition on any two words', () => {
    const word = fc.string({ maxLength: 9, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 9 }), (a, b, most) => {
        expect(distance(a, b, most)).toBe(Math.min(most + 1, plainDistance(a, b)));
      }),
    );
  });

  it('grows with the words', () => {
    const [a, b] = ['ab'.repeat(400), 'ba'.repeat(400)];
    expect(distance(a, b, 1000)).toBe(plainDistance(a, b));
  });
});

describe('createTypoFinder', () => {
  const words = ['apt28', 'apt29', 'powershell', 'shell', 'ad'];
  const find = createTypoFinder(words);
  const found = (word: string, most: number): readonly (string | undefined)[] =>
    find(word, most).map(({ index }) => words[index]);

  it('finds words that are near, not those that are the same', () => {
    expect(found('powreshell', 1)).toEqual(['powershell']);
    expect(found('powershell', 2)).toEqual([]);
  });

  it('keeps to the digits and forgives nothing in words of one or two letters', () => {
    expect(found('atp29', 1)).toEqual(['apt29']);
    expect(found('apt27', 1)).toEqual([]);
    expect(found('ae', 1)).toEqual([]);
  });
});

/** The whole table, as textbooks define optimal string alignment. */
function plainDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number): number => table[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const ways = [
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + cost,
      ];
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) ways.push(at(row - 2, column - 2) + 1);
      (table[row] as number[])[column] = Math.min(...ways);
    }
  }
  return at(a.length, b.length);
}

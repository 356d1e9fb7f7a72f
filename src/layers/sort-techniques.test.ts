import { describe, expect, it } from 'vitest';
import type { LayerSorting } from './layer.js';
import { sortTechniques } from './sort-techniques.js';

const ITEMS = [
  { name: 'Delta', score: 0 },
  { name: 'alpha', score: undefined },
  { name: 'Charlie', score: -3 },
  { name: 'Bravo', score: 5 },
  { name: 'Échelon', score: 5 },
  { name: 'echo', score: undefined },
];

describe('sortTechniques', () => {
  it.each<[LayerSorting, string]>([
    [0, 'alpha Bravo Charlie Delta Échelon echo'],
    [1, 'echo Échelon Delta Charlie Bravo alpha'],
    [2, 'alpha echo Charlie Delta Bravo Échelon'],
    [3, 'Bravo Échelon Delta Charlie alpha echo'],
  ])('sorts by %d, unscored ones below every score', (sorting, expected) => {
    const sorted = sortTechniques(ITEMS, sorting, (item) => item.score);
    expect(sorted.map((item) => item.name).join(' ')).toBe(expected);
  });

  it('leaves the list it is given as it is', () => {
    const names = ITEMS.map((item) => item.name);
    sortTechniques(ITEMS, 3, (item) => item.score);
    expect(ITEMS.map((item) => item.name)).toEqual(names);
  });
});

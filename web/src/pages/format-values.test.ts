import { expect, it } from 'vitest';
import { countOf, formatBytes, formatTime } from './format-values.js';

it('writes numbers, times and sizes for people', () => {
  expect([0, 999, 1_000, 1_234_567, 5e12].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 MB',
    '5.0 TB',
  ]);
  expect(formatTime('2026-03-03T09:02:08.642Z')).toBe('2026-03-03 09:02:08 UTC');
  expect(formatTime(undefined)).toBe('–');
  expect([countOf(1, 'match', 'matches'), countOf(1200, 'rule')]).toEqual([
    '1 match',
    '1,200 rules',
  ]);
});

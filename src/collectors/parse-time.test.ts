import { expect, it } from 'vitest';
import { parseTime } from './parse-time.js';

it.each([
  ['2026-03-03T08:42:10Z', '2026-03-03T08:42:10.000Z'],
  ['2026-03-03 08:42:10,5', '2026-03-03T08:42:10.500Z'],
  ['2026-03-03T10:42:10.123456789+0200', '2026-03-03T08:42:10.123Z'],
  [1772527330, '2026-03-03T08:42:10.000Z'],
  ['1772527330123', '2026-03-03T08:42:10.123Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2026-02-30T00:00:00Z', undefined],
  ['2026-02-29T00:00:00Z', undefined],
  ['2026-04-31 00:00:00', undefined],
  ['yesterday', undefined],
  [42, undefined],
  [null, undefined],
])('reads %j as %j', (value, time) => {
  expect(parseTime(value)).toBe(time);
});

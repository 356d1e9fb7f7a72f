import { describe, expect, it } from 'vitest';
import { parseTimePoint } from './map-time-range.js';

const now = new Date('2026-03-03T12:00:00Z');

describe('parseTimePoint', () => {
  it.each([
    ['2026-03-03', '2026-03-03T00:00:00.000Z'],
    ['2026-03-03T08:42', '2026-03-03T08:42:00.000Z'],
    ['2026-03-03 08:42:10.5', '2026-03-03T08:42:10.500Z'],
    ['2026-03-03T08:42:10Z', '2026-03-03T08:42:10.000Z'],
    ['2026-03-03T08:42+02:00', '2026-03-03T06:42:00.000Z'],
    ['2026-03-03T08:42-0530', '2026-03-03T14:12:00.000Z'],
    [' 90m ', '2026-03-03T10:30:00.000Z'],
    ['24h', '2026-03-02T12:00:00.000Z'],
    ['7d', '2026-02-24T12:00:00.000Z'],
    ['2w', '2026-02-17T12:00:00.000Z'],
  ])('reads %j as %s', (text, expected) => {
    expect(parseTimePoint('--since', text, now)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '3',
    '5y',
    '2026-02-30',
    '2026-13-01',
    '2026-03-03T25:00',
    '-1h',
    '03.03.2026',
  ])('refuses %j', (text) => {
    expect(() => parseTimePoint('--since', text, now)).toThrow('--since: expected a date');
  });
});

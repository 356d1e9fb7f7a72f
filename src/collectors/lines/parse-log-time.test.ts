import { describe, expect, it } from 'vitest';
import { parseLogTime } from './parse-log-time.js';

const OPTIONS = { latest: new Date('2026-11-24T12:00:00Z'), isDayFirst: false };
const read = (text: string, isDayFirst = false) => parseLogTime(text, { ...OPTIONS, isDayFirst });

describe('parseLogTime', () => {
  it.each([
    ['2026-11-24T10:00:00.123456Z', '2026-11-24T10:00:00.123Z', 'Z'],
    ['2026-11-24T10:00:00+02:00', '2026-11-24T08:00:00.000Z', '+02:00'],
    ['2026-11-24 10:00:00.1 -0530', '2026-11-24T15:30:00.100Z', '-05:30'],
    ['2026-11-24 10:00:00,123', '2026-11-24T10:00:00.123Z', undefined],
    ['2026/11/24 10:00:00 CET', '2026-11-24T09:00:00.000Z', '+01:00'],
    ['2026-11-24 10:00:00 BST', '2026-11-24T10:00:00.000Z', undefined],
    ['Nov 24 2026 10:00:00', '2026-11-24T10:00:00.000Z', undefined],
    ['Tue Nov 24 10:00:00.5 2026', '2026-11-24T10:00:00.500Z', undefined],
    ['2026 Jan  5 10:00:00.123 UTC', '2026-01-05T10:00:00.123Z', 'Z'],
    ['24/Nov/2026:10:00:00 +0100', '2026-11-24T09:00:00.000Z', '+01:00'],
    ['Tue, 24 Nov 2026 10:00:00 GMT', '2026-11-24T10:00:00.000Z', 'Z'],
    ['11/24/2026 10:05:01 PM', '2026-11-24T22:05:01.000Z', undefined],
    ['11/24/2026 12:05:01 AM', '2026-11-24T00:05:01.000Z', undefined],
    ['24.11.2026 10:05:01', '2026-11-24T10:05:01.000Z', undefined],
    ['24/11/2026 10:05', '2026-11-24T10:05:00.000Z', undefined],
    ['11/24/26 10:05:01', '2026-11-24T10:05:01.000Z', undefined],
    ['1795514400', '2026-11-24T10:00:00.000Z', 'Z'],
    ['1795514400123', '2026-11-24T10:00:00.123Z', 'Z'],
  ])('reads %s', (text, time, zone) => {
    expect(read(text)).toEqual({ time, zone, assumesYear: false });
  });

  it('reads numbers with slashes as the file does elsewhere', () => {
    expect(read('03/04/2026 10:00:00')?.time).toBe('2026-03-04T10:00:00.000Z');
    expect(read('03/04/2026 10:00:00', true)?.time).toBe('2026-04-03T10:00:00.000Z');
  });

  it.each([
    ['the same year', 'Nov 24 10:00:00', '2026-11-24T10:00:00.000Z'],
    ['a clock that is ahead by less than a day', 'Nov 25 10:00:00', '2026-11-25T10:00:00.000Z'],
    ['the year before', 'Dec 31 23:59:59', '2025-12-31T23:59:59.000Z'],
    ['a leap year', 'Feb 29 10:00:00', '2024-02-29T10:00:00.000Z'],
  ])('takes the latest year that is possible: %s', (_name, text, time) => {
    expect(read(text)).toEqual({ time, zone: undefined, assumesYear: true });
  });

  it.each([
    '2026-02-30 10:00:00',
    '2026-13-01 10:00:00',
    '2026-11-24 25:00:00',
    'Foo 24 10:00:00',
    '32/32/2026 10:00:00',
    'yesterday',
    '',
    '9'.repeat(100),
  ])('takes %s for no time', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

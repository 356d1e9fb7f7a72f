import { expect, it } from 'vitest';
import type { ApiMapping } from '../../../src/server/api-types.js';
import { placeMarks } from './place-marks.js';

function mapping(subject: string, firstSeen?: string, lastSeen = firstSeen): ApiMapping {
  const times = firstSeen === undefined ? {} : { firstSeen, lastSeen };
  return {
    id: `${subject} ${firstSeen}`,
    subject,
    techniqueId: 'T1059',
    tactics: ['execution'],
    domain: 'enterprise-attack',
    attackVersion: '19.1',
    kind: 'observed',
    confidence: 0.5,
    status: 'proposed',
    evidenceCount: 1,
    rules: [],
    isStale: false,
    ...times,
  } as ApiMapping;
}

it('places marks between the first and the last, subjects in the order of their first', () => {
  const line = placeMarks(
    [
      mapping('b', '2026-01-01T00:00:05Z'),
      mapping('a', '2026-01-01T00:00:10Z'),
      mapping('b', '2026-01-01T00:00:00Z', '2026-01-01T00:00:06Z'),
      mapping('c'),
    ],
    0.01,
  );
  expect(line.subjects.map(({ subject, lanes }) => [subject, lanes])).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
  expect(line.subjects[0]?.marks.map(({ start, end, lane }) => [start, end, lane])).toEqual([
    [0, 0.6, 0],
    [0.5, 0.5, 1],
  ]);
  expect(line.undated).toBe(1);
});

it('has nothing to place when nothing has a time', () => {
  expect(placeMarks([mapping('a')], 0.01)).toEqual({
    firstMs: 0,
    lastMs: 0,
    subjects: [],
    undated: 1,
  });
});

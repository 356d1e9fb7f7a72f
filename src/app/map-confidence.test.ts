import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CONFIDENCE_OF_LEVEL,
  CONFIDENCE_OF_STATUS,
  combineConfidences,
  ruleConfidence,
} from './map-confidence.js';

describe('confidence', () => {
  it('is what docs/map.md says', () => {
    const document = readFileSync('docs/map.md', 'utf8');
    for (const [level, value] of Object.entries(CONFIDENCE_OF_LEVEL))
      expect(document).toContain(`| ${level} | ${value.toFixed(2)} |`);
    for (const [status, value] of Object.entries(CONFIDENCE_OF_STATUS)) {
      if (status === 'unsupported') continue;
      const sign = value > 0 ? '+' : '−';
      const text = value === 0 ? '0' : sign + Math.abs(value).toFixed(2);
      expect(document).toContain(`| ${status} | ${text} |`);
    }
  });

  it.each([
    ['critical', 'stable', 0.9],
    ['high', 'test', 0.7],
    ['low', 'experimental', 0.2],
    ['informational', 'deprecated', 0.05],
  ] as const)('of a rule of level %s and status %s is %d', (level, status, expected) => {
    expect(ruleConfidence({ level, status })).toBeCloseTo(expected);
  });

  it.each([
    [[], 0],
    [[0.5], 0.5],
    [[0.5, 0.5], 0.75],
    [[0.9, 0.9, 0.9], 0.95],
  ])('of rules of %j together is %d', (confidences, expected) => {
    expect(combineConfidences(confidences)).toBe(expected);
  });
});

import type { SigmaLevel, SigmaRule, SigmaStatus } from '../sigma/index.js';

/** How sure one match of a rule makes us that its technique happened, by the rule's level: 0..1. A first table, not learned. */
export const CONFIDENCE_OF_LEVEL: Readonly<Record<SigmaLevel, number>> = {
  informational: 0.1,
  low: 0.3,
  medium: 0.5,
  high: 0.7,
  critical: 0.85,
};

/** Added for the rule's status. */
export const CONFIDENCE_OF_STATUS: Readonly<Record<SigmaStatus, number>> = {
  stable: 0.05,
  test: 0,
  experimental: -0.1,
  deprecated: -0.15,
  unsupported: -0.15,
};

/** Techniques below are seen and not listed. */
export const DEFAULT_MIN_CONFIDENCE = 0.25;
// Rules alone never prove that an adversary was there.
const MAX_CONFIDENCE = 0.95;

/** Confidence of one rule: level and status, 0.05..0.95. */
export function ruleConfidence({ level, status }: Pick<SigmaRule, 'level' | 'status'>): number {
  const sum = CONFIDENCE_OF_LEVEL[level] + CONFIDENCE_OF_STATUS[status];
  return Math.min(MAX_CONFIDENCE, Math.max(0.05, sum));
}

/**
 * Confidence of a technique from the different rules that fired for it, as if each could be wrong on its own. How often
 * a rule fired does not count: noisy rules fire often.
 *
 * @returns 0..0.95, rounded to two digits; 0 without rules.
 */
export function combineConfidences(confidences: readonly number[]): number {
  const allWrong = confidences.reduce((product, one) => product * (1 - one), 1);
  return Math.round(Math.min(MAX_CONFIDENCE, 1 - allWrong) * 100) / 100;
}

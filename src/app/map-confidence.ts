export type { ConfidenceRule } from './map-confidence-rule.js';

import type { SigmaLevel, SigmaRule, SigmaStatus } from '../sigma/index.js';

/**
 * How sure one match of a rule by itself makes us that its technique happened, by the rule's level: 0..1. Not learned: it
 * orders evidence; how sure a technique is says `createConfidenceTally`.
 */
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

// Rules alone never prove that an adversary was there.
const MAX_CONFIDENCE = 0.95;

/** Confidence of one rule: level and status, 0.05..0.95. */
export function ruleConfidence({ level, status }: Pick<SigmaRule, 'level' | 'status'>): number {
  const sum = CONFIDENCE_OF_LEVEL[level] + CONFIDENCE_OF_STATUS[status];
  return Math.min(MAX_CONFIDENCE, Math.max(0.05, sum));
}

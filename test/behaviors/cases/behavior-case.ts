import type { BehaviorEvent } from '../../../src/behaviors/index.js';

/** A stream of events, and what one behaviour says of it. */
export interface BehaviorCase {
  readonly behavior: string;
  readonly name: string;
  readonly events: readonly BehaviorEvent[];
  /** All techniques told with a confidence of 0.25 or more; empty: none must be. */
  readonly techniqueIds: readonly string[];
}

export const START = Date.UTC(2026, 2, 3, 10);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export function repeat(
  count: number,
  make: (index: number) => BehaviorEvent,
): readonly BehaviorEvent[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

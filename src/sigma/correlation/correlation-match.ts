import type { SigmaCorrelation } from '../sigma-rule.js';

/** A correlation held for a group of events. */
export interface CorrelationMatch<T> {
  readonly kind: 'correlation-match';
  readonly correlation: SigmaCorrelation;
  /** Group-by field or alias → value, as the first event has it. */
  readonly group: ReadonlyMap<string, string>;
  /** Milliseconds since 1970 of the first event, of the one with which the condition began to hold, and of the last. */
  readonly firstMs: number;
  readonly heldMs: number;
  readonly lastMs: number;
  /** Events that took part, at least one. */
  readonly eventCount: number;
  /** The highest number that was compared: a count, a sum, a mean, a percentile, how many rules matched. */
  readonly value: number;
  /** The events, oldest first, at most 100: the first ones, that with which the condition began to hold, one of each rule. */
  readonly evidence: readonly T[];
}

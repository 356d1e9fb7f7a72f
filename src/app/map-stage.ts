import type { Issue } from '../model/index.js';
import type { SigmaRule } from '../sigma/index.js';
import type { TalliedMatch } from './map-match.js';
import type { MatchedEvent } from './map-unit.js';

/** An event on which rules fired or that a behaviour watches, at its place in the input. */
export interface StagedEvent extends MatchedEvent {
  readonly source: string;
  /** The rules that fired, in their order. */
  readonly rules: readonly SigmaRule[];
}

/**
 * What runs over the whole input on the main thread, in the order of the input whatever the number of workers:
 * correlations and behaviours. Its matches join those of the rules.
 */
export interface MapStage {
  /** Fields of the event that are kept for it when a rule fires; none when the stage does not read that rule. */
  fieldsOf(rule: SigmaRule): readonly string[];
  /** Whether a rule only feeds the stage and is no match by itself. */
  isSilent(rule: SigmaRule): boolean;
  /** Takes an event; the matches that became whole with it. */
  take(event: StagedEvent): readonly TalliedMatch[];
  /** The matches that the end of the input makes whole. */
  finish(): readonly TalliedMatch[];
  /** What could not be used; whole after `finish`. */
  issues(): readonly Issue[];
}

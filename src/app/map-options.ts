import type { SigmaLevel } from '../sigma/index.js';
import type { TalliedMatch } from './map-match.js';
import type { RuleMatch } from './map-result.js';

export interface MapOptions {
  /** Files and folders of logs. */
  readonly paths: readonly string[];
  /** Folders or files of Sigma rules, or names of installed packs, beside Portolan's own. Default none. */
  readonly rules?: readonly string[] | undefined;
  /** Files of processing pipelines, applied to all rules. Default none. */
  readonly pipelines?: readonly string[] | undefined;
  /** Files of values for the placeholders of rules. Default none. */
  readonly placeholders?: readonly string[] | undefined;
  /** Whether Portolan's own rules run. Default true. */
  readonly ownRules?: boolean | undefined;
  /** Default the newest that ships. */
  readonly attackVersion?: string | undefined;
  /** ISO 8601 UTC; events before are passed over and counted. Events without a time stay. Default all. */
  readonly since?: string | undefined;
  /** ISO 8601 UTC; events at or after are passed over and counted. Default all. */
  readonly until?: string | undefined;
  /** Rules of a lower level do not run. Default all run. */
  readonly minLevel?: SigmaLevel | undefined;
  /** 0..1; techniques below are counted and not listed. Default the threshold of the shipped model. */
  readonly minConfidence?: number | undefined;
  /** 1..64 threads that read; the result is the same. Default: by the size of the input and the processors. */
  readonly workers?: number | undefined;
  /** Stops the reading; the outcome tells what was found until then. */
  readonly signal?: AbortSignal | undefined;
  /** Called for every match, in the order of files, events and rules. */
  readonly onMatch?: ((match: RuleMatch) => void) | undefined;
  /** Called for every match with all that is known of it, fields and event too; reading takes longer for it. */
  readonly onWholeMatch?: ((match: TalliedMatch) => void) | undefined;
  /** Awaited after each batch of events, so that what takes the matches is not overrun. */
  readonly afterBatch?: (() => Promise<void>) | undefined;
  /** Called now and then while reading, and at its end. */
  readonly onProgress?: ((progress: MapProgress) => void) | undefined;
}

/** How far a run is. */
export interface MapProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly events: number;
  /** Read from disk so far. */
  readonly bytes: number;
  /** On disk when the run began. */
  readonly totalBytes: number;
}

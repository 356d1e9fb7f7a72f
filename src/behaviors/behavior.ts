import type { TechniqueId } from '../model/index.js';
import type { Reading } from './reading.js';

/** Sigma's levels. */
export type BehaviorLevel = 'informational' | 'low' | 'medium' | 'high' | 'critical';

/** Which events a behaviour is given. All that is named must fit; `eventIds` is any of them. */
export interface EventSelector {
  readonly service?: string;
  readonly category?: string;
  readonly product?: string;
  readonly channel?: RegExp;
  readonly eventIds?: readonly number[];
}

/** Something that shows in a stream of events and in none of them alone. */
export interface Behavior {
  /** kebab-case; its rule id is `portolan:<name>`. */
  readonly name: string;
  readonly title: string;
  /** ATT&CK 19.1, all that its sightings may name. */
  readonly techniqueIds: readonly string[];
  readonly level: BehaviorLevel;
  /** What it watches, for people. */
  readonly watches: string;
  /** Its thresholds and where they come from. */
  readonly thresholds: string;
  readonly falsePositives: string;
  readonly events: readonly EventSelector[];
  /** A detector of its own for one run. */
  start(): Detector;
}

/** One behaviour over one run. Takes events in the order of the files; memory is bounded whatever comes. */
export interface Detector {
  take(reading: Reading): readonly Sighting[];
  /** What can be said only when all events are known. */
  finish?(): readonly Sighting[];
  /** Entries held now, for the test that they are bounded. */
  retained(): number;
}

/** A behaviour seen. */
export interface Sighting {
  /** Of the behaviour's techniques, those that this shows. */
  readonly techniqueIds: readonly string[];
  /** 0..1 */
  readonly confidence: number;
  /** What was counted, in a sentence. */
  readonly reason: string;
  /** At most 5. */
  readonly evidence: readonly EventReference[];
}

/** An event that a sighting rests on. */
export interface EventReference {
  readonly time: string | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly source: string;
  readonly record: string;
  /** The fields that counted, at most 512 characters each. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A behaviour that was seen, with its proof; the last piece of evidence gives its time, host and user. */
export interface BehaviorMatch {
  readonly kind: 'behavior-match';
  /** `portolan:<name>` */
  readonly ruleId: string;
  readonly title: string;
  readonly level: BehaviorLevel;
  readonly techniqueIds: readonly TechniqueId[];
  readonly confidence: number;
  readonly reason: string;
  readonly time: string | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  /** 1..5 */
  readonly evidence: readonly EventReference[];
}

import type { FieldValue, Logsource } from '../collectors/index.js';
import type { Issue } from '../model/index.js';
import type { EventLogsource } from '../sigma/index.js';

/** What one thread reads at a time: a file with all that is in it, or a part of a large one. Plain: it goes to workers. */
export interface MapUnit {
  /** Place in the order of the input. */
  readonly index: number;
  readonly path: string;
  /** Bytes of the part, first and one after the last; undefined: the whole file. */
  readonly part: { readonly start: number; readonly end: number } | undefined;
  /** Whether the file has no part after this. */
  readonly isLast: boolean;
  /** On disk. */
  readonly bytes: number;
}

/** A rule that fired on an event. */
export interface UnitMatch {
  /** Place of the rule in the rule set. */
  readonly rule: number;
  /** What it matched; undefined when earlier events of the unit proved the same. */
  readonly fields: Readonly<Record<string, string>> | undefined;
}

/** An event on which rules fired, or that a behaviour watches, without what nobody asks for any more. */
export interface MatchedEvent {
  readonly record: string;
  readonly time: string | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  /** In the order of the rules. */
  readonly matches: readonly UnitMatch[];
  /** Fields that were asked for with `fieldsOf`, as text. */
  readonly kept: Readonly<Record<string, readonly string[]>> | undefined;
  /** What behaviours read of it; undefined when none watches its kind. Values are cut to 4,096 characters. */
  readonly watched: WatchedEvent | undefined;
  /** Undefined unless the reader keeps whole events. */
  readonly whole: WholeEvent | undefined;
}

/** An event as a store keeps it. */
export interface WholeEvent {
  /** Of all its fields: the same for the same event in another file. */
  readonly contentHash: string;
  /** At most 64 fields of at most 1,024 characters; undefined when enough events of the rules on the host are known. */
  readonly fields: Readonly<Record<string, string>> | undefined;
}

export interface WatchedEvent {
  readonly logsource: Logsource;
  readonly fields: ReadonlyMap<string, FieldValue>;
}

/** One kind of events in a log. */
export interface EventKind {
  readonly logsource: EventLogsource;
  /** For people, with the log's own names where Sigma has none. */
  readonly label: string;
  /** Channel or provider, as written. */
  readonly origin: string | undefined;
  readonly events: number;
  /** Whether any rule is about it. */
  readonly isCovered: boolean;
}

/** What came of a log, or of a part of it. */
export interface LogSummary {
  readonly format: string | undefined;
  readonly isEmpty: boolean;
  readonly events: number;
  readonly coveredEvents: number;
  /** Events before `since` or after `until`. */
  readonly outsideTime: number;
  readonly withoutTime: number;
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
  readonly kinds: readonly EventKind[];
  /** Read from disk. */
  readonly bytes: number;
  /** Line ends in it; 0 when it is no part. */
  readonly lines: number;
}

/** A piece of what reading a unit gives; all pieces of a log in order, the last with `log`. */
export interface UnitBatch {
  readonly unit: number;
  /** Path of the file; `zip!member` in an archive. */
  readonly source: string;
  readonly matched: readonly MatchedEvent[];
  readonly issues: readonly Issue[];
  /** Undefined while the log goes on, and for Issues of a file that holds none. */
  readonly log: LogSummary | undefined;
}

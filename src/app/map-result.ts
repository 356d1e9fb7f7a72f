import type { Issue, Mapping } from '../model/index.js';
import type { RuleLogsource, SigmaLevel } from '../sigma/index.js';

/** One event on which a rule fired, as proof of a technique. */
export interface MapEvidence {
  /** UUID of the rule; its name or title when it has none. */
  readonly ruleId: string;
  readonly title: string;
  readonly level: SigmaLevel;
  /** ISO 8601 UTC with milliseconds, or null. */
  readonly time: string | null;
  readonly host: string | null;
  /** Path of the file: the argument, or the argument and the path below it. */
  readonly source: string;
  /** The event's first line, 1-based, or the log's own record number. */
  readonly record: string;
  /** The fields that the rule matched, at most 4,096 characters each. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A rule, correlation or behaviour that fired: a line of `--matches`. */
export interface RuleMatch {
  readonly ruleId: string;
  readonly title: string;
  readonly level: SigmaLevel;
  /** ISO 8601 UTC with milliseconds, or null. */
  readonly time: string | null;
  readonly host: string | null;
  readonly source: string;
  readonly record: string;
  /** Of the result's ATT&CK version; empty when the rule names none. */
  readonly techniqueIds: readonly string[];
  /** Of this rule alone, 0..1. */
  readonly confidence: number;
}

/** One technique that the events show. */
export interface MappedTechnique {
  readonly techniqueId: string;
  readonly name: string;
  /** Shortnames, in matrix order. */
  readonly tactics: readonly string[];
  /** 0..0.99, rounded to three digits; see docs/log-quality.md. */
  readonly confidence: number;
  /** How often a rule fired on an event; one event may count for several rules. */
  readonly matches: number;
  /** Sorted, each once. */
  readonly hosts: readonly string[];
  readonly users: readonly string[];
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** At most 5, the rules that say most first. */
  readonly evidence: readonly MapEvidence[];
}

/** The document that `portolan map --json` prints. */
export interface MapResult {
  readonly attackVersion: string;
  readonly input: {
    readonly files: number;
    readonly events: number;
    /** On disk, before decompression. */
    readonly bytes: number;
    readonly issueCount: number;
  };
  /** The first 100. */
  readonly issues: readonly Issue[];
  readonly rules: {
    readonly loaded: number;
    /** Rules whose logsource at least one event is of. */
    readonly applicable: number;
    /** Rules that were refused; an issue says why. */
    readonly skipped: number;
  };
  /** At or above the threshold, highest confidence first, then by id. */
  readonly techniques: readonly MappedTechnique[];
}

/** A file and what came of it. */
export interface MappedFile {
  readonly source: string;
  /** Undefined: no collector knows the format. */
  readonly format: string | undefined;
  readonly events: number;
  /** Events to which at least one rule applied. */
  readonly coveredEvents: number;
  readonly issueCount: number;
  /** Why no rule could apply; undefined when one could, or when the file holds no event. */
  readonly uncoveredReason: string | undefined;
}

/** A log that ATT&CK's detection strategies read for the techniques found, and that the input does not hold. */
export interface MissingLogSource {
  /** ATT&CK's name: `WinEventLog:Security`. */
  readonly name: string;
  /** Techniques of the result that it would show more of, in the result's order. */
  readonly techniqueIds: readonly string[];
}

/** The input against the time range that was asked for. */
export interface TimeCoverage {
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Passed over. */
  readonly eventsOutside: number;
  /** Read and matched whatever the range. */
  readonly eventsWithoutTime: number;
  /** Of all events, also those outside. */
  readonly firstEvent: string | undefined;
  readonly lastEvent: string | undefined;
}

/** What the result cannot say: for people, who have to know where they are blind. */
export interface MapCoverage {
  readonly files: readonly MappedFile[];
  /** Logsources of loaded rules that no event is of; most rules first. */
  readonly unusedLogsources: readonly {
    readonly logsource: RuleLogsource;
    readonly rules: number;
  }[];
  /** Logsources of events that no rule is about; most events first. */
  readonly uncoveredLogsources: readonly { readonly logsource: string; readonly events: number }[];
  /** Rules that fired and name no technique of this ATT&CK version. */
  readonly matchesWithoutTechnique: readonly { readonly title: string; readonly matches: number }[];
  /** Techniques seen below the threshold. */
  readonly belowThreshold: number;
  /** Rules not run because of the minimum level. */
  readonly belowMinLevel: number;
  readonly minConfidence: number;
  readonly time: TimeCoverage;
  /** Most techniques first. */
  readonly missingLogSources: readonly MissingLogSource[];
  /** Files that were not read because the run was stopped. */
  readonly filesNotReached: number;
}

/** So many matches in a span of time that starts here. */
export interface TimeCount {
  readonly timeMs: number;
  readonly count: number;
}

/** What was seen of a technique on one subject. */
export interface SubjectTechnique {
  readonly techniqueId: string;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** When it was seen, in order, at most 64; empty for subjects beyond the first 200 of a technique. */
  readonly times: readonly TimeCount[];
}

/** A host (or user, or file where neither is known) and what was seen there. */
export interface MappedSubject {
  readonly subject: string;
  /** Techniques of the result, in its order. */
  readonly techniqueIds: readonly string[];
  /** ISO 8601 UTC with milliseconds, or null. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** In the order of `techniqueIds`. */
  readonly techniques: readonly SubjectTechnique[];
}

/** All that mapping events comes to. */
export interface MapOutcome {
  readonly result: MapResult;
  readonly coverage: MapCoverage;
  /** Whether the run was stopped before its end. */
  readonly isInterrupted: boolean;
  /** All tactics of the ATT&CK version, in matrix order. */
  readonly tactics: readonly { readonly shortname: string; readonly name: string }[];
  /** Tactics that the rules named for each technique of the result, in matrix order; empty when they named none. */
  readonly namedTactics: ReadonlyMap<string, readonly string[]>;
  /** In the order in which something was first seen there. */
  readonly subjects: readonly MappedSubject[];
  /** One for each technique and host (or user, or file where neither is known), in the order of `techniques`. */
  readonly mappings: readonly Mapping[];
  /** Those and the ones of techniques below the threshold. */
  readonly allMappings: () => readonly Mapping[];
}

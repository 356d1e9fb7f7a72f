import type { KnowledgeBase } from '../../attack/lookup.js';
import type { Layer } from '../../layers/index.js';

/** An event that shows a technique. */
export interface ReportEvidence {
  readonly ruleId: string;
  readonly title: string;
  readonly level: string;
  /** ISO 8601 UTC, or null. */
  readonly time: string | null;
  readonly host: string | null;
  readonly source: string;
  readonly record: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A technique that was seen. */
export interface ReportTechnique {
  readonly techniqueId: string;
  readonly name: string;
  /** Shortnames of its tactics, in matrix order. */
  readonly tactics: readonly string[];
  /** Those of them that its rules name. */
  readonly namedTactics: readonly string[];
  /** 0..1 */
  readonly confidence: number;
  readonly matches: number;
  readonly hosts: readonly string[];
  readonly users: readonly string[];
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly evidence: readonly ReportEvidence[];
  /** Page of the technique at attack.mitre.org. */
  readonly url: string;
}

/** A host, or user or file, and when what was seen there. */
export interface ReportSubject {
  readonly subject: string;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly techniques: readonly {
    readonly techniqueId: string;
    readonly firstSeen: string | null;
    readonly lastSeen: string | null;
    /** Matches by time, in order. */
    readonly times: readonly { readonly timeMs: number; readonly count: number }[];
  }[];
}

/** Something that the result cannot say. */
export interface ReportGap {
  readonly title: string;
  readonly items: readonly string[];
  /** Items that are not listed. */
  readonly more: number;
}

/** What logs showed, ready to be written as a document. Every text may come from a log: none is trusted. */
export interface MapReport {
  readonly title: string;
  /** The techniques with their confidence × 100 as score. */
  readonly layer: Layer;
  readonly knowledgeBase: KnowledgeBase;
  readonly input: {
    readonly files: number;
    readonly events: number;
    readonly bytes: number;
    readonly issueCount: number;
  };
  readonly rules: {
    readonly loaded: number;
    readonly applicable: number;
    readonly skipped: number;
  };
  readonly isInterrupted: boolean;
  /** ISO 8601 UTC. */
  readonly firstEvent: string | undefined;
  readonly lastEvent: string | undefined;
  /** In matrix order. */
  readonly tactics: readonly { readonly shortname: string; readonly name: string }[];
  /** Highest confidence first. */
  readonly techniques: readonly ReportTechnique[];
  /** In the order of first signs. */
  readonly subjects: readonly ReportSubject[];
  readonly files: readonly {
    readonly source: string;
    readonly format: string | undefined;
    readonly events: number;
    readonly coveredEvents: number;
    readonly issueCount: number;
  }[];
  readonly gaps: readonly ReportGap[];
}

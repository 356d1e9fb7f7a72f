import type { Issue, ReportDocument, TechniqueId } from '../model/index.js';
import type { Certainty, Lane } from './mention.js';

/** A stretch of a report's text: `text` is `document.text.slice(start, end)`, always. */
export interface Quote {
  /** UTF-16 offsets into the report's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Words of a report that speak for what they are listed under. */
export interface ReadMention extends Quote {
  readonly lane: Lane;
  /** 0..1 */
  readonly confidence: number;
  readonly certainty: Certainty;
  /** Why, strongest first, for people. */
  readonly why: readonly string[];
  /** What the mention stands in: a sentence, list item, table row or heading; the mention itself where there is none. */
  readonly sentence: Quote;
}

/** What a person decided about a technique of a report. */
export interface ReadDecision {
  readonly status: 'accepted' | 'edited';
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly comment: string | undefined;
}

/** A technique that a report says was used. */
export interface ReadTechnique {
  readonly kind: 'technique';
  readonly techniqueId: TechniqueId;
  readonly name: string;
  /** Shortnames, in matrix order. */
  readonly tactics: readonly string[];
  /** 0..1; that of its best mention. 1 when a person accepted it. */
  readonly confidence: number;
  /** The lane of its best mention. */
  readonly lane: Lane;
  readonly certainty: Certainty;
  /** In the order of the text. */
  readonly mentions: readonly ReadMention[];
  /** Undefined while nobody decided. */
  readonly decision: ReadDecision | undefined;
}

/** A tactic, group, software, campaign or mitigation that a report names. */
export interface ReadObject {
  readonly kind: 'tactic' | 'group' | 'software' | 'campaign' | 'mitigation';
  /** `G0016`, `S0154`, `C0024`, `TA0001`, `M1042`. */
  readonly attackId: string;
  readonly name: string;
  readonly confidence: number;
  readonly lane: Lane;
  readonly certainty: Certainty;
  readonly mentions: readonly ReadMention[];
}

/** A vulnerability that a report names. */
export interface ReadCve {
  readonly kind: 'cve';
  /** `CVE-2021-44228` */
  readonly cveId: string;
  readonly mentions: readonly Quote[];
}

/** An indicator of compromise, once, with every place where it stands. */
export interface ReadIoc {
  readonly kind: 'ioc';
  readonly type: string;
  readonly value: string;
  readonly defanged: string;
  /** Offsets of the first place. */
  readonly start: number;
  readonly end: number;
  /** Whether the text had it defanged in at least one place. */
  readonly wasDefanged: boolean;
  /** Name of the warning list that knows the value as harmless. */
  readonly warning: string | undefined;
  readonly mentions: readonly Quote[];
}

/** What a threat report says: techniques, groups, software, indicators, each with the words that say so. */
export interface ReportReading {
  readonly kind: 'report-reading';
  readonly document: ReportDocument;
  /** SHA-256 of the report's text in UTF-8, lower-case hex: by it a review finds its report again. */
  readonly textSha256: string;
  /** Release of ATT&CK that ids are of. */
  readonly attackVersion: string;
  /** Version of the model that read it; undefined when the model lane was off. */
  readonly modelVersion: string | undefined;
  /** Accepted before review, then highest confidence first. */
  readonly techniques: readonly ReadTechnique[];
  readonly tactics: readonly ReadObject[];
  readonly groups: readonly ReadObject[];
  readonly software: readonly ReadObject[];
  readonly campaigns: readonly ReadObject[];
  readonly mitigations: readonly ReadObject[];
  readonly cves: readonly ReadCve[];
  /** In the order of the text. */
  readonly iocs: readonly ReadIoc[];
  /** What is wrong with the document, or was left out. */
  readonly issues: readonly Issue[];
}

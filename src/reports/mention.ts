import type { TechniqueId } from '../model/index.js';

/**
 * What found a mention: `explicit` (an id stands in the text), `name` (a name or alias does), `model` (a sentence reads
 * like the technique). Never mixed.
 */
export type Lane = 'explicit' | 'name' | 'model';

/** `accepted` at or above the threshold; `review` is for a person to decide. */
export type Certainty = 'accepted' | 'review';

/** Words of a report that say a technique was used. */
export interface TechniqueMention {
  /** Of the ATT&CK version that the report was read against. */
  readonly techniqueId: TechniqueId;
  /** UTF-16 offsets into the report's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly lane: Lane;
  /** 0..1 */
  readonly confidence: number;
  readonly certainty: Certainty;
  /** Why, strongest first, for people: `"lsass" and "minidump" speak for it`, `T1086 is T1059.001 today`. */
  readonly why: readonly string[];
}

/** Words of a report that name a tactic, group, software, campaign or mitigation. */
export interface ObjectMention {
  /** ATT&CK id of the version that the report was read against: `G0016`, `S0154`, `C0024`, `TA0001`, `M1042`. */
  readonly objectId: string;
  readonly kind: 'tactic' | 'group' | 'software' | 'campaign' | 'mitigation';
  /** ATT&CK's name. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly lane: 'explicit' | 'name';
  readonly confidence: number;
  readonly certainty: Certainty;
  readonly why: readonly string[];
}

/** A CVE id in a report. */
export interface CveMention {
  /** Upper case: `CVE-2021-44228`. */
  readonly cveId: string;
  readonly start: number;
  readonly end: number;
}

/** An indicator of compromise. */
export interface Ioc {
  /** `ipv4`, `domain`, `sha256`, `registry-key`, …: docs/report-iocs.md. */
  readonly type: string;
  /** Refanged and normalised: host names in lower case and punycode, hashes in lower case. */
  readonly value: string;
  /** As a report may print it without doing harm: `example[.]com`. */
  readonly defanged: string;
  readonly start: number;
  readonly end: number;
  /** Whether the text had it defanged: a sign that its author took it for malicious. */
  readonly wasDefanged: boolean;
  /** Name of the warning list that knows the value as harmless; undefined when none does. */
  readonly warning: string | undefined;
}

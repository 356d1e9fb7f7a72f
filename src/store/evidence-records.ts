import type { Domain, EvidenceKind, Mapping, TechniqueId } from '../model/index.js';

/** What produced evidence. */
export const EVIDENCE_SOURCES = [
  'sigma',
  'behavior',
  'report',
  'layer',
  'control',
  'test',
  'alert',
  'finding',
  'declared',
] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

export const SUBJECT_KINDS = [
  'host',
  'user',
  'file',
  'rule',
  'report',
  'layer',
  'control',
  'test',
  'other',
] as const;
/** What a claim is about. */
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export type MappingStatus = Mapping['status'];
export const MAPPING_STATUSES: readonly MappingStatus[] = ['proposed', 'accepted', 'rejected'];

export interface SubjectInput {
  readonly kind: SubjectKind;
  /** At most 4,096 characters are kept. */
  readonly name: string;
}

/** The rule, behaviour, report, layer, control or test that makes a claim. */
export interface ReferenceInput {
  readonly kind: EvidenceSource;
  /** Unique among those of its kind: UUID of a rule, SHA-256 of a report. */
  readonly key: string;
  readonly title: string;
  /** Of a rule: `high`. */
  readonly level?: string | undefined;
}

/** That a reference says of a subject that it shows techniques. */
export interface ClaimInput {
  readonly reference: ReferenceInput;
  readonly subject: SubjectInput;
  readonly evidenceKind: EvidenceKind;
  readonly domain: Domain;
  readonly attackVersion: string;
  /** May be empty: a rule that names no technique is kept with its matches and shows in no cell. */
  readonly techniqueIds: readonly TechniqueId[];
  /** Of this reference alone, 0..1. */
  readonly confidence: number;
  /** Default `proposed`. Never overrides what a person decided. */
  readonly status?: MappingStatus | undefined;
  /**
   * Keeps apart claims of one reference about one subject whose evidence differs: a report's sentence shows one technique
   * and not all of the report's. Default empty.
   */
  readonly part?: string | undefined;
}

/** One event, sentence, test run: a piece of evidence for a claim. */
export interface EvidenceInput {
  /** The same object for the same claim is fastest. */
  readonly claim: ClaimInput;
  /** Milliseconds since 1970 UTC; undefined when not known. */
  readonly timeMs: number | undefined;
  /** File, archive member or URL that it stands in. */
  readonly source: string;
  /** Its place there: line, record number, `start-end` of a sentence. */
  readonly record: string;
  /**
   * What makes it the same piece wherever it is found again: with the claim and the time it is its key, so that a copy of a
   * file adds nothing. Default: `record`, `quote` and `fields`.
   */
  readonly identity?: string | undefined;
  /** The words, verbatim, at most 65,536 characters; empty when `fields` say it. */
  readonly quote?: string | undefined;
  /** Fields of the event, at most 64 of at most 4,096 characters. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Names of the fields that the rule matched. Default all. */
  readonly matched?: readonly string[] | undefined;
  /** More about it, for example the lane of a report's mention; at most 4,096 characters as JSON. */
  readonly detail?: Readonly<Record<string, string>> | undefined;
}

/** How sure all evidence of an import together makes us that a subject shows a technique. */
export interface JointConfidence {
  readonly subject: SubjectInput;
  readonly evidenceKind: EvidenceKind;
  readonly domain: Domain;
  readonly techniqueId: TechniqueId;
  /** 0..1 */
  readonly confidence: number;
}

export interface SubjectRecord {
  readonly subjectId: number;
  readonly kind: SubjectKind;
  readonly name: string;
}

export interface ReferenceRecord {
  readonly referenceId: number;
  readonly kind: EvidenceSource;
  readonly key: string;
  readonly title: string;
  readonly level: string | undefined;
}

/** One claim of one technique: what a person accepts or rejects. */
export interface MappingRecord {
  readonly mappingId: number;
  readonly techniqueId: TechniqueId;
  readonly domain: Domain;
  readonly attackVersion: string;
  readonly evidenceKind: EvidenceKind;
  readonly subject: SubjectRecord;
  readonly reference: ReferenceRecord;
  /** As it counts now: `rejected` also when all its evidence is. */
  readonly status: MappingStatus;
  /**
   * As it counts now, 0..1: with all other claims about the subject (`jointConfidence`) as long as a person has rejected
   * none of them; of the reference alone (`ownConfidence`) then or when nothing joint is known.
   */
  readonly confidence: number;
  readonly ownConfidence: number;
  readonly jointConfidence: number | undefined;
  /** Pieces of evidence, and how many of them are rejected. */
  readonly evidenceCount: number;
  readonly rejectedCount: number;
  /** Milliseconds since 1970 UTC, of the evidence; undefined when none has a time. */
  readonly firstSeenMs: number | undefined;
  readonly lastSeenMs: number | undefined;
  /** When it was first saved. */
  readonly createdMs: number;
}

/** One piece of evidence. */
export interface EvidenceRecord {
  readonly evidenceId: number;
  readonly evidenceKind: EvidenceKind;
  readonly subject: SubjectRecord;
  readonly reference: ReferenceRecord;
  /** Mappings that it speaks for. */
  readonly mappings: readonly {
    readonly mappingId: number;
    readonly techniqueId: TechniqueId;
    readonly domain: Domain;
    readonly attackVersion: string;
    readonly status: MappingStatus;
    readonly confidence: number;
  }[];
  readonly importId: number;
  readonly timeMs: number | undefined;
  readonly source: string;
  readonly record: string;
  readonly quote: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Names among `fields`. */
  readonly matched: readonly string[];
  readonly detail: Readonly<Record<string, string>>;
  /** A person's decision on this piece alone; undefined: none, the mapping's status holds. */
  readonly decision: 'accepted' | 'rejected' | undefined;
}

/** Every part narrows; a list takes any of its values; an empty list takes nothing. Undefined: no limit. */
export interface EvidenceFilter {
  /** For a tactic give the ids of its techniques. */
  readonly techniqueIds?: readonly TechniqueId[] | undefined;
  readonly evidenceKinds?: readonly EvidenceKind[] | undefined;
  readonly statuses?: readonly MappingStatus[] | undefined;
  readonly domains?: readonly Domain[] | undefined;
  readonly attackVersions?: readonly string[] | undefined;
  readonly sources?: readonly EvidenceSource[] | undefined;
  readonly subjectIds?: readonly number[] | undefined;
  /** Any subject of one of these kinds. */
  readonly subjectKinds?: readonly SubjectKind[] | undefined;
  readonly referenceIds?: readonly number[] | undefined;
  readonly mappingIds?: readonly number[] | undefined;
  readonly importIds?: readonly number[] | undefined;
  /** 0..1, of the mapping. */
  readonly minConfidence?: number | undefined;
  readonly maxConfidence?: number | undefined;
  /** Milliseconds since 1970 UTC, inclusive; evidence without time is left out when either is given. */
  readonly fromMs?: number | undefined;
  /** Exclusive. */
  readonly toMs?: number | undefined;
}

/** What the matrix shows of a technique: one for each technique, domain, ATT&CK version and kind of evidence. */
export interface MatrixCell {
  readonly techniqueId: TechniqueId;
  readonly domain: Domain;
  readonly attackVersion: string;
  readonly evidenceKind: EvidenceKind;
  /** Pieces of evidence by the status they count with. */
  readonly evidence: Readonly<Record<MappingStatus, number>>;
  readonly mappings: Readonly<Record<MappingStatus, number>>;
  /** The highest of the mappings not rejected, 0..1; 0 when all are. */
  readonly confidence: number;
  /** Of mappings not rejected; undefined when no evidence has a time. */
  readonly firstSeenMs: number | undefined;
  readonly lastSeenMs: number | undefined;
  /** How many different rules (reports, layers, …) and hosts (users, …) the mappings not rejected have. */
  readonly references: number;
  readonly subjects: number;
}

/** Evidence of a day (UTC), not rejected. */
export interface DayCount {
  /** Start of the day, milliseconds since 1970 UTC. */
  readonly dayMs: number;
  readonly techniqueId: TechniqueId;
  readonly evidenceKind: EvidenceKind;
  readonly count: number;
}

/** A value that a filter could be narrowed to, and how many mappings and pieces of evidence it would leave. */
export interface FacetCount<T> {
  readonly value: T;
  readonly mappings: number;
  readonly evidence: number;
}

/** Facets of a filter: at most 200 values each, most evidence first. */
export interface Facets {
  readonly subjects: readonly FacetCount<SubjectRecord>[];
  readonly references: readonly FacetCount<ReferenceRecord>[];
  readonly techniques: readonly FacetCount<TechniqueId>[];
  readonly evidenceKinds: readonly FacetCount<EvidenceKind>[];
  readonly sources: readonly FacetCount<EvidenceSource>[];
  readonly statuses: readonly FacetCount<MappingStatus>[];
}

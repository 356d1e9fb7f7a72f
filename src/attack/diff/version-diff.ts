import type { Domain, StixId } from '../../model/index.js';
import type { AttackKind, AttackStatus } from '../attack-object.js';
import type { RelationType } from '../relation.js';

/** An object of a comparison, as the newer version has it; as the older one has it when it is gone. */
export interface DiffObject {
  readonly attackId: string | undefined;
  readonly stixId: StixId;
  readonly kind: AttackKind;
  readonly name: string;
  /** Name of the technique that a sub-technique belongs to. */
  readonly parentName: string | undefined;
}

/** A value of an object that is another now. */
export interface ChangedValue {
  readonly object: DiffObject;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A list of an object that is another now. */
export interface ChangedList {
  readonly object: DiffObject;
  /** In the order of the older version. */
  readonly lost: readonly string[];
  /** In the order of the newer version. */
  readonly gained: readonly string[];
  /** The whole list as it is now. */
  readonly now: readonly string[];
}

export interface RevokedObject {
  readonly object: DiffObject;
  /** What takes its place in the newer version; empty when that does not say. */
  readonly successors: readonly DiffObject[];
}

export interface DeletedObject {
  readonly object: DiffObject;
  /** What it was in the older version. */
  readonly status: AttackStatus;
}

export interface VersionStep extends ChangedValue {
  /** Of the object's own version: `1.2` → `2.0` is major, `1.2` → `1.3` minor, anything else (back, or unknown) other. */
  readonly step: 'major' | 'minor' | 'other';
}

/** A relationship, seen from one of its ends. */
export interface RelationEnd {
  readonly type: RelationType;
  /** Whether the object at hand is where the relationship begins (it uses) or ends (it is used). */
  readonly role: 'source' | 'target';
  readonly other: DiffObject;
}

/** A relationship whose other end was revoked, and which now leads to a successor of it. */
export interface RedirectedRelation extends Omit<RelationEnd, 'other'> {
  readonly from: DiffObject;
  readonly to: DiffObject;
}

/** Relationships of an object that is active in both versions. */
export interface ChangedRelations {
  readonly object: DiffObject;
  readonly added: readonly RelationEnd[];
  readonly removed: readonly RelationEnd[];
  readonly redirected: readonly RedirectedRelation[];
}

/** Relationships that changed, each counted once. */
export interface RelationCount {
  readonly type: RelationType;
  readonly added: number;
  readonly removed: number;
  readonly redirected: number;
}

export interface DiffSide {
  readonly version: string;
  /** ISO date. */
  readonly released: string | undefined;
  readonly source: 'catalogue' | 'bundle';
  /** What of this side is of another version, in words for people: there "no change" is not known. */
  readonly carriedOver: readonly string[];
}

/** The sections of a comparison, in the order in which they are shown. */
export const DIFF_SECTIONS = [
  'added',
  'revoked',
  'deprecated',
  'deleted',
  'restored',
  'renamed',
  'renumbered',
  'movedTactic',
  'changedPlatforms',
  'changedAliases',
  'changedRelations',
  'versionChanged',
  'patched',
] as const;

export type DiffSection = (typeof DIFF_SECTIONS)[number];

/** How many objects of a kind are in each section; `unchanged`: active in both versions and in no section. */
export type KindCount = Readonly<Record<DiffSection, number>> & {
  readonly kind: AttackKind;
  readonly unchanged: number;
};

/**
 * What two versions of ATT&CK of one domain differ in. Every list is in the order of kinds, then of ATT&CK ids.
 * An object may be in several lists; one that is not active in both versions only in the first five.
 */
export interface VersionDiff {
  readonly kind: 'version-diff';
  readonly domain: Domain;
  readonly from: DiffSide;
  readonly to: DiffSide;
  /** Kinds with any object that is active in either version. */
  readonly counts: readonly KindCount[];
  readonly relationCounts: readonly RelationCount[];
  /** Active now, and not there before. */
  readonly added: readonly DiffObject[];
  readonly revoked: readonly RevokedObject[];
  readonly deprecated: readonly DiffObject[];
  /** No longer there at all. */
  readonly deleted: readonly DeletedObject[];
  /** Active again, having been revoked or deprecated. */
  readonly restored: readonly DiffObject[];
  readonly renamed: readonly ChangedValue[];
  /** Under another ATT&CK id, or given its first. */
  readonly renumbered: readonly ChangedValue[];
  /** Techniques; tactics by shortname, in matrix order. */
  readonly movedTactic: readonly ChangedList[];
  readonly changedPlatforms: readonly ChangedList[];
  readonly changedAliases: readonly ChangedList[];
  readonly changedRelations: readonly ChangedRelations[];
  readonly versionChanged: readonly VersionStep[];
  /** Edited without a new version of their own. */
  readonly patched: readonly ChangedValue[];
}

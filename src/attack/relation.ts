import type { StixId } from '../model/index.js';

// Source: ATT&CK specification 3.3, "Relationships".
/** Types of relationship that ATT&CK uses. */
export const RELATION_TYPES = [
  'uses',
  'mitigates',
  'subtechnique-of',
  'detects',
  'attributed-to',
  'targets',
  'revoked-by',
] as const;

export type RelationType = (typeof RELATION_TYPES)[number];

/** A relationship of ATT&CK that is neither revoked nor deprecated; `revoked-by` always counts. */
export interface Relation {
  readonly type: RelationType;
  readonly sourceId: StixId;
  readonly targetId: StixId;
  /** STIX id of the relationship itself; only with a full bundle. */
  readonly stixId: StixId | undefined;
}

/** Relationships by type and by either end; each list in the order of the bundle. */
export interface RelationIndex {
  readonly all: readonly Relation[];
  ofType(type: RelationType): readonly Relation[];
  from(stixId: StixId, type: RelationType): readonly Relation[];
  to(stixId: StixId, type: RelationType): readonly Relation[];
}

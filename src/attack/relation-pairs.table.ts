import type { AttackKind, AttackObjectOf } from './attack-object.js';
import type { RelationType } from './relation.js';

/** Two ends of a relationship of ATT&CK, and what also joins them besides the relationship itself. */
export interface RelationPair {
  readonly source: string;
  readonly type: RelationType;
  readonly target: string;
  /**
   * `campaigns`: what a campaign did counts for the groups that it is attributed to.
   * `analytics`: detection strategies detect, and their analytics name the data components (ATT&CK 18 and later;
   * before that the data components themselves detect).
   */
  readonly through: 'campaigns' | 'analytics' | undefined;
}

// Source: ATT&CK specification 3.3, "Relationships".
/** Every pair of kinds that ATT&CK relates, as `source type target`: group uses software. */
export const RELATION_PAIRS = [
  { source: 'group', type: 'uses', target: 'software', through: 'campaigns' },
  { source: 'campaign', type: 'uses', target: 'software', through: undefined },
  { source: 'campaign', type: 'attributed-to', target: 'group', through: undefined },
  { source: 'group', type: 'uses', target: 'technique', through: 'campaigns' },
  { source: 'campaign', type: 'uses', target: 'technique', through: undefined },
  { source: 'software', type: 'uses', target: 'technique', through: undefined },
  { source: 'mitigation', type: 'mitigates', target: 'technique', through: undefined },
  {
    source: 'sub-technique',
    type: 'subtechnique-of',
    target: 'parent-technique',
    through: undefined,
  },
  { source: 'data-component', type: 'detects', target: 'technique', through: 'analytics' },
  { source: 'technique', type: 'targets', target: 'asset', through: undefined },
  { source: 'detection-strategy', type: 'detects', target: 'technique', through: undefined },
] as const satisfies readonly RelationPair[];

type Pair = (typeof RELATION_PAIRS)[number];

/** One end of a pair: a kind of object, or the part that a technique plays towards another. */
export type PairEnd = Pair['source'] | Pair['target'];

/** What an end is related to: of `campaign` that is software, technique and group. */
export type PartnerOf<E extends PairEnd> =
  | Extract<Pair, { source: E }>['target']
  | Extract<Pair, { target: E }>['source'];

/** The objects at an end. */
export type ObjectAtEnd<E extends PairEnd> = E extends 'sub-technique' | 'parent-technique'
  ? AttackObjectOf<'technique'>
  : AttackObjectOf<Extract<E, AttackKind>>;

/** The kind of the objects at an end. */
export function kindOfEnd(end: PairEnd): AttackKind {
  return end === 'sub-technique' || end === 'parent-technique' ? 'technique' : end;
}

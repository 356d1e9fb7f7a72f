import type { Domain, StixId } from '../model/index.js';
import type { AttackKind, AttackObject, AttackObjectOf, Tactic } from './attack-object.js';
import type { RelationIndex } from './relation.js';

/** A STIX object as the bundle has it. */
export type StixObject = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
};

/** One version of ATT&CK of one domain (or of several, merged), ready to be asked. Never changes. */
export interface KnowledgeBase {
  /** First of `domains`. */
  readonly domain: Domain;
  readonly domains: readonly Domain[];
  /** Release of ATT&CK: `18.1`. */
  readonly version: string;
  /** ISO date of the release, when the source says. */
  readonly released: string | undefined;
  /** `catalogue`: facts only. `bundle`: `stix` answers with MITRE's own text. */
  readonly source: 'catalogue' | 'bundle';
  /** What is not of this version, in words for people; empty when all of it is. */
  readonly carriedOver: readonly string[];
  /** Every object, also revoked and deprecated ones, in the order of the source. */
  readonly objects: readonly AttackObject[];
  readonly byStixId: ReadonlyMap<StixId, AttackObject>;
  /** By ATT&CK id. Where ids repeat, active beats revoked beats deprecated. */
  readonly byAttackId: ReadonlyMap<string, AttackObject>;
  readonly relations: RelationIndex;
  /** Active tactics in matrix order. */
  readonly tactics: readonly Tactic[];
  /** Active objects of a kind, in the order of their ATT&CK ids. */
  ofKind<K extends AttackKind>(kind: K): readonly AttackObjectOf<K>[];
  /** The object in MITRE's own words; undefined when only the catalogue is there. */
  stix(stixId: StixId): StixObject | undefined;
}

import type { Domain, StixId, TechniqueId } from '../model/index.js';

/** What an object is. `software` covers STIX `malware` and `tool`. */
export type AttackKind = AttackObject['kind'];

export type AttackStatus = 'active' | 'revoked' | 'deprecated';

interface AttackObjectBase {
  /** `T1059.001`, `G0016`, `DET0026`; undefined for the few objects that MITRE's sources give no id. */
  readonly attackId: string | undefined;
  readonly stixId: StixId;
  readonly name: string;
  /** Other names, without `name`. */
  readonly aliases: readonly string[];
  readonly status: AttackStatus;
  /** The object's own version, `1.2`; not the version of ATT&CK. */
  readonly version: string | undefined;
  /** ISO 8601 UTC. */
  readonly created: string | undefined;
  readonly modified: string | undefined;
  readonly domains: readonly Domain[];
  readonly platforms: readonly string[];
}

export interface Technique extends AttackObjectBase {
  readonly kind: 'technique';
  readonly attackId: TechniqueId;
  /** Shortnames, in matrix order: `privilege-escalation`. */
  readonly tactics: readonly string[];
  readonly isSubtechnique: boolean;
  /** The technique that a sub-technique belongs to, when the bundle says so or its id does. */
  readonly parentId: TechniqueId | undefined;
}

export interface Tactic extends AttackObjectBase {
  readonly kind: 'tactic';
  readonly shortname: string;
}

export interface Matrix extends AttackObjectBase {
  readonly kind: 'matrix';
  /** In the order of the columns. */
  readonly tacticIds: readonly StixId[];
}

export interface Group extends AttackObjectBase {
  readonly kind: 'group';
}

export interface Software extends AttackObjectBase {
  readonly kind: 'software';
  readonly softwareType: 'malware' | 'tool';
}

export interface Campaign extends AttackObjectBase {
  readonly kind: 'campaign';
  /** ISO 8601 UTC. */
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
}

export interface Mitigation extends AttackObjectBase {
  readonly kind: 'mitigation';
}

export interface Asset extends AttackObjectBase {
  readonly kind: 'asset';
  readonly sectors: readonly string[];
  /** Names of the kinds of machine that the asset also stands for. */
  readonly relatedAssets: readonly string[];
}

/** Deprecated by ATT&CK 18; live in earlier versions. */
export interface DataSource extends AttackObjectBase {
  readonly kind: 'data-source';
}

export interface LogSource {
  /** `WinEventLog:Sysmon` */
  readonly name: string;
  /** `EventCode=1`; may be empty. */
  readonly channel: string;
}

export interface DataComponent extends AttackObjectBase {
  readonly kind: 'data-component';
  readonly dataSourceId: StixId | undefined;
  readonly logSources: readonly LogSource[];
}

export interface DetectionStrategy extends AttackObjectBase {
  readonly kind: 'detection-strategy';
  readonly analyticIds: readonly StixId[];
}

export interface LogSourceReference extends LogSource {
  readonly dataComponentId: StixId;
}

export interface Analytic extends AttackObjectBase {
  readonly kind: 'analytic';
  readonly logSourceReferences: readonly LogSourceReference[];
  /** Names of what a defender tunes; the wording comes with a full bundle. */
  readonly mutableElements: readonly string[];
}

/** One object of the knowledge base, told apart by `kind`. */
export type AttackObject =
  | Technique
  | Tactic
  | Matrix
  | Group
  | Software
  | Campaign
  | Mitigation
  | Asset
  | DataSource
  | DataComponent
  | DetectionStrategy
  | Analytic;

/** The member of the union with that `kind`. */
export type AttackObjectOf<K extends AttackKind> = Extract<AttackObject, { kind: K }>;

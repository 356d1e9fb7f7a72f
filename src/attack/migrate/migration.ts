import type { Domain } from '../../model/index.js';

/**
 * How sure a step of a migration is: `automatic` (follows from ATT&CK's own links or is the only possibility),
 * `suggested` (written, but chosen among several; worth a look), `needs-person` (left as it was and listed).
 */
export type MigrationDecision = 'automatic' | 'suggested' | 'needs-person';

/** What a Sigma rule says that it reads; each part as the rule writes it. */
export interface MigrationLogsource {
  readonly product: string | undefined;
  readonly category: string | undefined;
  readonly service: string | undefined;
}

/** Whatever is known of the thing that carries the id; it decides where one id became several. */
export interface MigrationContext {
  /** Default `enterprise-attack`. */
  readonly domain?: Domain | undefined;
  /** Platforms that the rule, layer or record is about, in any version's spelling; absent = not known. */
  readonly platforms?: readonly string[] | undefined;
  readonly logsource?: MigrationLogsource | undefined;
  /** Title, description, comment: words for people, any length (the first 20,000 characters count). */
  readonly text?: string | undefined;
  /** ATT&CK version that the input was made against; any version, the nearest that is known is used. */
  readonly from: string;
  /** ATT&CK version that is wanted; the nearest that is known is used. */
  readonly to: string;
}

/** One technique id, alone or under one tactic, that is to be moved. */
export interface TechniqueQuestion extends MigrationContext {
  /** As the input writes it; need not be an id of `from`, or of any version. */
  readonly techniqueId: string;
  /** Shortname; absent = the technique under all of its tactics. */
  readonly tactic?: string | undefined;
}

/** Where a technique id lands in the wanted version. */
export interface MigrationTarget {
  readonly techniqueId: string;
  /**
   * Tactics, in matrix order, under which what was said of the old (technique, tactic) pair now stands. For a question without
   * tactic: all tactics of the target. Empty when the target is not a technique of the wanted version.
   */
  readonly tactics: readonly string[];
}

/** The answer for one technique id. */
export interface TechniqueMigration {
  readonly kind: 'technique-migration';
  /** The id that was asked about. */
  readonly techniqueId: string;
  readonly tactic: string | undefined;
  /** Versions that were used: those asked for, or the nearest known. */
  readonly from: string;
  readonly to: string;
  /** At least one. Where nothing could be decided: the id itself, under the tactic as it was. */
  readonly targets: readonly MigrationTarget[];
  readonly decision: MigrationDecision;
  /** One line for people. */
  readonly reason: string;
  /** Whether id or tactic differ from what was asked about. */
  readonly changed: boolean;
  /** Ids that a person might choose instead, likeliest first. */
  readonly alternatives: readonly string[];
}

/** One tactic of a rule or record, with the techniques beside it. */
export interface TacticQuestion extends MigrationContext {
  /** Shortname: `defense-evasion`. */
  readonly tactic: string;
  /** Techniques named beside the tactic, in ids of `from`; they decide when one of them carries the tactic. */
  readonly techniqueIds: readonly string[];
}

/** The answer for one tactic. */
export interface TacticMigration {
  readonly kind: 'tactic-migration';
  readonly tactic: string;
  readonly from: string;
  readonly to: string;
  /** In matrix order; the tactic itself when it stays; empty when its techniques left it for none that is not already theirs. */
  readonly targets: readonly string[];
  readonly decision: MigrationDecision;
  readonly reason: string;
  readonly changed: boolean;
  readonly alternatives: readonly string[];
}

/** All that a rule or record says: its tactics and techniques, which are moved together. */
export interface TagsQuestion extends MigrationContext {
  /** Shortnames. */
  readonly tactics: readonly string[];
  /** In ids of `from`. */
  readonly techniqueIds: readonly string[];
}

/** A tactic that a technique has in the wanted version and had not in the other one. */
export interface AddedTactic {
  readonly tactic: string;
  /** The technique that brings it, in ids of the wanted version. */
  readonly techniqueId: string;
  readonly reason: string;
}

/** The answer for a whole set of tags. */
export interface TagsMigration {
  readonly kind: 'tags-migration';
  readonly from: string;
  readonly to: string;
  /** One for each id of the question, in its order. */
  readonly techniques: readonly TechniqueMigration[];
  /** One for each tactic of the question, in its order. */
  readonly tactics: readonly TacticMigration[];
  /** Tactics to be written beside those; none of them is in `tactics`. */
  readonly added: readonly AddedTactic[];
}

/** The answer for one platform name. */
export interface PlatformMigration {
  readonly kind: 'platform-migration';
  readonly platform: string;
  /** At least one; the name itself when it stays or is not known. */
  readonly targets: readonly string[];
  readonly decision: MigrationDecision;
  readonly reason: string;
  readonly changed: boolean;
}

/** What was seen in an input whose ATT&CK version is asked for. */
export interface VersionSighting {
  /** Default `enterprise-attack`. */
  readonly domain?: Domain | undefined;
  readonly techniqueIds: readonly string[];
  /** Shortnames. */
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  /** Version as the input labels itself: `18`, `18.1`, `v18`; absent when it does not. */
  readonly label?: string | undefined;
}

/** The version that an input was really made against. */
export interface VersionDetection {
  readonly kind: 'version-detection';
  /** A known version. */
  readonly version: string;
  /** Whether no other known version fits as well. */
  readonly certain: boolean;
  /** Known versions that fit equally well, oldest first; holds `version`. */
  readonly candidates: readonly string[];
  /** One line each: what speaks for the version, or against others. */
  readonly evidence: readonly string[];
  /** Whether the input has a label and its content does not fit it. */
  readonly labelDisagrees: boolean;
  /** Whether the label names a version that is not known, so that the nearest stands for it. */
  readonly approximate: boolean;
}

/** The names of one tactic in one version. */
export interface TacticName {
  readonly shortname: string;
  /** `TA0005`, which is another tactic in another version. */
  readonly attackId: string;
  /** `Defense Evasion` */
  readonly name: string;
}

/** Moves ids, pairs and platforms between the versions that it knows. Pure; never throws on any input text. */
export interface Migrator {
  /** Known versions of a domain (default Enterprise), oldest first. */
  versions(domain?: Domain): readonly string[];
  /** The known version nearest to one that was asked for; `exact` when it is that one (`18` is exact for 18.1). */
  nearestVersion(
    version: string,
    domain?: Domain,
  ): { readonly version: string; readonly exact: boolean };
  /** Tactics of the known version nearest to one, in matrix order. */
  tactics(version: string, domain?: Domain): readonly TacticName[];
  migrateTechnique(question: TechniqueQuestion): TechniqueMigration;
  migrateTactic(question: TacticQuestion): TacticMigration;
  /** Techniques and tactics of one rule or record together: tactics = kept ∪ (new − old) of its techniques. */
  migrateTags(question: TagsQuestion): TagsMigration;
  migratePlatform(platform: string, move: MigrationContext): PlatformMigration;
  detectVersion(sighting: VersionSighting): VersionDetection;
}

// `lookup.ts`, and what reads catalogues from disk. Nothing here may reach read-stix-bundle.ts, which imports zod: see bundles.ts.
export { analyticsOf, dataComponentsOf } from './analytics-of.js';
export type {
  Analytic,
  Asset,
  AttackKind,
  AttackObject,
  AttackObjectOf,
  AttackStatus,
  Campaign,
  DataComponent,
  DataSource,
  DetectionStrategy,
  Group,
  LogSource,
  LogSourceReference,
  Matrix,
  Mitigation,
  Software,
  Tactic,
  Technique,
} from './attack-object.js';
export { buildKnowledgeBase, type KnowledgeBaseParts } from './build-knowledge-base.js';
export type { CatalogueMeta } from './catalogue-format.js';
export { compareVersions } from './compare-versions.js';
export {
  type Detection,
  type DetectionAnalytic,
  type DetectionLogSource,
  detectionsOf,
  type TechniqueDetections,
} from './detections-of.js';
export { type DiffOptions, diffVersions } from './diff/diff-versions.js';
export {
  type ChangedList,
  type ChangedRelations,
  type ChangedValue,
  type DeletedObject,
  DIFF_SECTIONS,
  type DiffObject,
  type DiffSection,
  type DiffSide,
  type KindCount,
  type RedirectedRelation,
  type RelationCount,
  type RelationEnd,
  type RevokedObject,
  type VersionDiff,
  type VersionStep,
} from './diff/version-diff.js';
export { findObjects, type ObjectQuery } from './find-objects.js';
export { findRelationsByText } from './find-relations-by-text.js';
export { type FormatCatalogueOptions, formatCatalogue } from './format-catalogue.js';
export { formatObject } from './format-object.js';
export { isReleaseNumber } from './installed-version.js';
export type { KnowledgeBase, StixObject } from './knowledge-base.js';
export { inheritRelated, mergeRelated, type Related, type RelatedMap } from './merge-related.js';
export { createMigrator } from './migrate/create-migrator.js';
export { mergeScores } from './migrate/merge-scores.js';
export { migrateCsv, sightCsv } from './migrate/migrate-csv.js';
export { hasMappings, type MappingMove, migrateMappings } from './migrate/migrate-mappings.js';
export { migrateSigma, sightSigma } from './migrate/migrate-sigma.js';
export type {
  AddedTactic,
  MigrationContext,
  MigrationDecision,
  MigrationLogsource,
  MigrationTarget,
  Migrator,
  PlatformMigration,
  TacticMigration,
  TacticName,
  TacticQuestion,
  TagsMigration,
  TagsQuestion,
  TechniqueMigration,
  TechniqueQuestion,
  VersionDetection,
  VersionSighting,
} from './migrate/migration.js';
export type { MigrationStep, TextMigration, TextMove } from './migrate/migration-step.js';
export {
  descriptionOf,
  detectionTextOf,
  type MutableElement,
  mutableElementsOf,
  type ProcedureExample,
  procedureExamplesOf,
  type Reference,
  referencesOf,
} from './object-text.js';
export {
  listVersions,
  type OpenOptions,
  openKnowledgeBase,
  type VersionEntry,
} from './open-installed.js';
export {
  isVersionAsked,
  listShipped,
  openShipped,
  type ShippedCatalogue,
  type VersionChoice,
} from './open-shipped.js';
export {
  type CatalogueReading,
  type ParseCatalogueOptions,
  parseCatalogue,
} from './parse-catalogue.js';
export { decodeText, readTextFile } from './read-text-file.js';
export { relateAll } from './relate-all.js';
export { relateDirectly } from './relate-directly.js';
export { isDirectlyRelated, relatedObjects } from './related-objects.js';
export {
  RELATION_TYPES,
  type Relation,
  type RelationIndex,
  type RelationType,
} from './relation.js';
export {
  type ObjectAtEnd,
  type PairEnd,
  type PartnerOf,
  RELATION_PAIRS,
  type RelationPair,
} from './relation-pairs.table.js';
export { createAttackSearch } from './search/create-attack-search.js';
export { type SearchAttackOptions, searchAttack } from './search/search-attack.js';
export type {
  AttackSearch,
  SearchOptions,
  SearchReason,
  SearchResult,
  SearchSources,
} from './search/search-result.js';
export { successorsOf } from './successors-of.js';
export { tacticsOf, tacticsOfMatrix } from './tactics-of.js';
export { techniquesOfGroupSoftware } from './techniques-of-group-software.js';
export { type UserFolderEnvironment, userFolder } from './user-folder.js';

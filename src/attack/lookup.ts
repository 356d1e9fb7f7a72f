// The half of this part that does no I/O: pure parts and the browser see this door only.
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
export { type FormatCatalogueOptions, formatCatalogue } from './format-catalogue.js';
export type { KnowledgeBase, StixObject } from './knowledge-base.js';
export { createMigrator } from './migrate/create-migrator.js';
export { mergeScores } from './migrate/merge-scores.js';
export type {
  AddedTactic,
  MigrationContext,
  MigrationDecision,
  MigrationLogsource,
  MigrationTarget,
  Migrator,
  PlatformMigration,
  TacticMigration,
  TacticQuestion,
  TagsMigration,
  TagsQuestion,
  TechniqueMigration,
  TechniqueQuestion,
  VersionDetection,
  VersionSighting,
} from './migrate/migration.js';
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
  type CatalogueReading,
  type ParseCatalogueOptions,
  parseCatalogue,
} from './parse-catalogue.js';
export {
  RELATION_TYPES,
  type Relation,
  type RelationIndex,
  type RelationType,
} from './relation.js';
export { successorsOf } from './successors-of.js';

// `lookup.ts`, and what reads catalogues from disk. Nothing here may reach read-stix-bundle.ts, which imports zod: see bundles.ts.
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
export {
  RELATION_TYPES,
  type Relation,
  type RelationIndex,
  type RelationType,
} from './relation.js';
export { successorsOf } from './successors-of.js';
export { type UserFolderEnvironment, userFolder } from './user-folder.js';

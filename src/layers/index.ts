// Navigator layers: read every format, write 4.5, colour, aggregate, combine, compare, migrate and share. Pure.
export { aggregateScore, type TechniqueScores } from './aggregate-score.js';
export { type Annotations, indexAnnotations, isAnnotated } from './annotations.js';
export {
  type Color,
  contrastRatio,
  flattenColor,
  formatColor,
  parseColor,
  textColorOn,
} from './color.js';
export {
  bandColors,
  bandOf,
  COLOR_BLIND_SAFE_SCALE,
  MAX_BANDS,
  safeGradient,
} from './color-scales.js';
export { type CombineOptions, combineLayers, layerVariable } from './combine-layers.js';
export {
  type DiffOptions,
  diffLayers,
  LAYER_CHANGES,
  type LayerChange,
  type LayerChangeKind,
  type LayerDiff,
} from './diff-layers.js';
export {
  type FilteredTechnique,
  matchesPlatforms,
  type Visibility,
  visibilityOf,
} from './filter-techniques.js';
export type { Inheritance, InheritSource } from './inherit-fields.js';
export {
  AGGREGATE_FUNCTIONS,
  type AggregateFunction,
  type Layer,
  type LayerGradient,
  type LayerLayout,
  type LayerLink,
  type LayerMetadata,
  type LayerSorting,
  type LayerTechnique,
  type LegendItem,
  type UnknownFields,
} from './layer.js';
export {
  DEFAULT_GRADIENT,
  DEFAULT_LAYOUT,
  DEFAULT_TACTIC_ROW_BACKGROUND,
  emptyLayer,
  LAYER_FORMAT,
} from './layer-defaults.js';
export type { LayerMigrationStep } from './layer-migration-step.js';
export {
  detectLayerVersion,
  type LayerMigration,
  type MigrateLayerOptions,
  migrateLayer,
} from './migrate-layer.js';
export { platformFamily } from './platform-family.js';
export {
  type LayerReading,
  MAX_LAYER_CHARS,
  MAX_LAYER_ISSUES,
  MAX_LAYER_TECHNIQUES,
  MAX_LAYERS,
  readLayer,
  readLayers,
} from './read-layers.js';
export {
  cellColor,
  gradientShare,
  interpolateColors,
  NAVIGATOR_GRADIENTS,
  type NavigatorGradient,
  scoreColor,
} from './score-color.js';
export {
  MAX_EXPRESSION_CHARS,
  MAX_EXPRESSION_DEPTH,
  parseScoreExpression,
  type ScoreExpression,
  type ScoreScope,
} from './score-expression.js';
export type { Score } from './score-functions.js';
export { layerFromFragment, layerToFragment, MAX_FRAGMENT_CHARS } from './share-layer.js';
export { sortTechniques } from './sort-techniques.js';
export { layerToJson, writeLayer, writeLayers } from './write-layer.js';

export type { Placeholders } from './compile-item.js';
export type { CompiledRule } from './compile-rule.js';
export { compileRule } from './compile-rule.js';
export type { CorrelationMatch } from './correlation/correlation-match.js';
export {
  type CorrelatedEvent,
  type Correlator,
  type CorrelatorLimits,
  createCorrelator,
} from './correlation/create-correlator.js';
export {
  type CorrelationInput,
  type LinkedCorrelation,
  type LinkedCorrelations,
  linkCorrelations,
} from './correlation/link-correlations.js';
export { compileRuleSet } from './engine/compile-rule-set.js';
export { createRuleEngine, type RuleEngine } from './engine/rule-engine.js';
export type { RuleSetImage } from './engine/rule-set-image.js';
export { type EventView, viewEvent } from './event-view.js';
export {
  explainRule,
  type ItemExplanation,
  matchedFields,
  type RuleExplanation,
  type SelectionExplanation,
} from './explain-rule.js';
export type { EventLogsource, FieldScalar, FieldValue, SigmaEvent } from './field-value.js';
export { lazyCompiledRule } from './lazy-compiled-rule.js';
export type { TagKnowledge, TechniqueFacts } from './lint/check-tags.js';
export { LINT_CODES, type LintCode, type LintSeverity } from './lint/lint-codes.table.js';
export { type FixedText, fixLintedText } from './lint/lint-edit.js';
export type { LintEdit, LintFinding } from './lint/lint-finding.js';
export { type LintFile, type LintResult, lintRules } from './lint/lint-rules.js';
export {
  type LoadedRules,
  type LoadRulesOptions,
  loadRules,
  type PrepareOptions,
  prepareRules,
} from './load-rules.js';
export { formatLogsource, logsourceApplies } from './logsource-applies.js';
export { MODIFIERS } from './modifiers.js';
export { decodePack } from './pack/decode-pack.js';
export { encodePack } from './pack/encode-pack.js';
export type { RulePack } from './pack/rule-pack.js';
export { type ParsedPipeline, parsePipeline } from './pipeline/parse-pipeline.js';
export { type ParsedPlaceholders, parsePlaceholders } from './pipeline/parse-placeholders.js';
export type { Pipeline } from './pipeline/pipeline.js';
export { type RulesText, readRules } from './read-rules.js';
export {
  CORRELATION_TYPES,
  type CorrelationCondition,
  type CorrelationType,
  type RuleLogsource,
  SIGMA_LEVELS,
  SIGMA_STATUSES,
  type SigmaCorrelation,
  type SigmaLevel,
  type SigmaRule,
  type SigmaStatus,
} from './sigma-rule.js';

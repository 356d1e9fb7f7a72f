export type { CompiledRule } from './compile-rule.js';
export { compileRule } from './compile-rule.js';
export { type EventView, viewEvent } from './event-view.js';
export {
  explainRule,
  type ItemExplanation,
  matchedFields,
  type RuleExplanation,
  type SelectionExplanation,
} from './explain-rule.js';
export type { EventLogsource, FieldScalar, FieldValue, SigmaEvent } from './field-value.js';
export { type LoadedRules, type LoadRulesOptions, loadRules } from './load-rules.js';
export { formatLogsource, logsourceApplies } from './logsource-applies.js';
export { MODIFIERS } from './modifiers.js';
export {
  CORRELATION_TYPES,
  type CorrelationType,
  type RuleLogsource,
  SIGMA_LEVELS,
  SIGMA_STATUSES,
  type SigmaCorrelation,
  type SigmaLevel,
  type SigmaRule,
  type SigmaStatus,
} from './sigma-rule.js';

export { AppError } from './app-error.js';
export { DOMAINS, type Domain, isDomain, parseDomain } from './domain.js';
export {
  ERROR_CODES,
  type ErrorCode,
  EXIT_CODES,
  ISSUE_CODES,
  type IssueCode,
} from './error-codes.table.js';
export {
  isStixId,
  isTechniqueId,
  parentTechniqueId,
  type StixId,
  type TechniqueId,
} from './ids.js';
export { isRecord } from './is-record.js';
export { formatIssue, formatLocation, type Issue, isIssue, type SourceLocation } from './issue.js';
export type { Evidence, EvidenceKind, Mapping } from './mapping.js';
export { MAX_JSON_DEPTH, parseJson } from './parse-json.js';
export type { ReportBlock, ReportBlockKind, ReportDocument } from './report-document.js';

export { composeReading, type ReadingParts } from './compose-reading.js';
export { extractIocs } from './iocs/extract-iocs.js';
export { IOC_TYPES, type IocType } from './iocs/found-ioc.js';
export type { AssertionStatus } from './lanes/assertion-cues.table.js';
export { type Assertion, assertionOf, type MentionPlace } from './lanes/assertion-of.js';
export {
  createNameFinder,
  type NameFinder,
  type NameFindings,
} from './lanes/create-name-finder.js';
export {
  type ExplicitReading,
  type FindExplicitOptions,
  findExplicit,
  type OtherIdMention,
} from './lanes/find-explicit.js';
export type {
  Certainty,
  CveMention,
  Ioc,
  Lane,
  ObjectMention,
  TechniqueMention,
} from './mention.js';
export { type Anchor, encodeAnchors, loadAnchors } from './model/anchors.js';
export {
  type DecideOptions,
  type DocumentDecision,
  type DocumentMention,
  type DocumentSentence,
  decideDocument,
} from './model/decide-document.js';
export { type Explanation, explainSentence, type Reason } from './model/explain-sentence.js';
export {
  type Correction,
  type CorrectionEffect,
  type CorrectionScore,
  learnCorrections,
  measureCorrections,
} from './model/learn-corrections.js';
export { loadReportModel } from './model/load-report-model.js';
export { type RankedTechnique, type RankOptions, rankSentence } from './model/rank-sentence.js';
export {
  MODEL_SETTINGS,
  type ModelHeader,
  type ModelSetting,
  type ReportModel,
  type UserWeights,
} from './model/report-model.js';
export { type ReportReader, readReport } from './read-report.js';
export { readingMappings } from './reading-mappings.js';
export type {
  Quote,
  ReadCve,
  ReadDecision,
  ReadIoc,
  ReadMention,
  ReadObject,
  ReadTechnique,
  ReportReading,
} from './report-reading.js';
export { applyReviews } from './review/apply-reviews.js';
export {
  type Agreement,
  compareReviews,
  type Disagreement,
  type ReviewComparison,
} from './review/compare-reviews.js';
export {
  type DecisionAsked,
  type DecisionMaker,
  decide,
  parseDecision,
} from './review/review-decisions.js';
export {
  formatReview,
  parseReviews,
  REVIEW_STATUSES,
  type ReviewRecord,
  type ReviewStatus,
} from './review/review-record.js';
export {
  applySecondReading,
  type SecondFinding,
  type SecondQuestion,
  secondQuestions,
} from './review/second-reading.js';
export { segmentReport } from './segment/segment-report.js';
export type { SectionKind, Sentence } from './sentence.js';

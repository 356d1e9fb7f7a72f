import type { TechniqueId } from '../../model/index.js';
import type { HashedFeatures } from './hash-features.js';

/** Confidence at or above which a technique of a report is accepted, and what that was worth where it was chosen. */
export interface ModelThreshold {
  /** 0..1 */
  readonly confidence: number;
  /** Out of fold, over the techniques of the reports that it was chosen on; 0..1 */
  readonly precision: number;
  readonly recall: number;
}

/** `high-precision` for what goes out unseen, `high-recall` for what a person reads over. */
export const MODEL_SETTINGS = ['high-precision', 'default', 'high-recall'] as const;
export type ModelSetting = (typeof MODEL_SETTINGS)[number];

/** Weights of a logistic model: log-odds = bias + the sum of weight × evidence. */
export interface LogisticWeights {
  readonly bias: number;
  /** In the order of `SENTENCE_EVIDENCE` or `DOCUMENT_EVIDENCE`. */
  readonly weights: readonly number[];
}

/** How sentences of a report and then the whole report are decided. */
export interface ReportHead {
  /** A sentence's evidence for a technique that the sentences of labelled reports taught. */
  readonly taught: LogisticWeights;
  /** The same for techniques that no labelled report showed. */
  readonly untaught: LogisticWeights;
  /** The report's evidence for a technique. */
  readonly document: LogisticWeights;
}

/** What a model file says of itself; JSON at its start. */
export interface ModelHeader {
  readonly name: string;
  /** Grows with every training that ships. */
  readonly version: string;
  /** ISO day. */
  readonly date: string;
  readonly licence: string;
  /** ATT&CK version of `labels`. */
  readonly attackVersion: string;
  /** Technique ids that a sentence is ranked by; their scores are log-odds of one choice among all. */
  readonly labels: readonly TechniqueId[];
  /**
   * Techniques that sentences of labelled reports taught, then `any`: whether such a sentence shows a technique at all.
   * Each has a score of its own, above 0 = yes; they follow the labels' scores.
   */
  readonly reportLabels: readonly string[];
  /** Of the labels, then of the report labels. */
  readonly bias: readonly number[];
  /** Divides the scores before they are made into probabilities; 1 = as trained. The shipped model is not fitted to it. */
  readonly temperature: number;
  readonly featureCount: number;
  /** Largest weight; weights are stored as sign × (n / 127)² × this. */
  readonly largestWeight: number;
  /** Weight of each block of features, words, then characters. */
  readonly blockWeights: readonly number[];
  readonly head: ReportHead;
  readonly thresholds: Readonly<Record<ModelSetting, ModelThreshold>>;
  /** What it learned on: source → number of sentences. */
  readonly source: Readonly<Record<string, number>>;
}

/**
 * A trained model: n-grams of a sentence → techniques. Scoring uses the arrays under `scratch`, so a model is for one
 * thread at a time and nothing is awaited while it scores.
 */
export interface ReportModel {
  readonly kind: 'report-model';
  readonly header: ModelHeader;
  readonly techniqueIds: readonly TechniqueId[];
  /** By label: index of its report label among all scores; -1 when no report taught it. */
  readonly reportLabelOf: Int32Array;
  /** Open addressing, length a power of two. */
  readonly tableHashes: Uint32Array;
  /** Feature of each place of the table; -1 = free. */
  readonly tableFeatures: Int32Array;
  /** Inverse document frequency by feature. */
  readonly idf: Float32Array;
  /** Where the weights of each feature stand in `postings`, end exclusive. */
  readonly postingStarts: Uint32Array;
  readonly postingEnds: Uint32Array;
  /** Pairs of bytes: labels since the last one, weight; 255 in the first skips 255 labels and has no second. */
  readonly postings: Uint8Array;
  /** Bias of each label. */
  readonly bias: Float64Array;
  /** Weight of each byte, as signed. */
  readonly weightOf: Float64Array;
  /** What a user's corrections add to the weights; undefined when there are none. */
  readonly user: UserWeights | undefined;
  readonly scratch: ModelScratch;
}

/** Weights that a user's own corrections add. */
export interface UserWeights {
  /** Feature of the model → label and weight by turns. */
  readonly byFeature: ReadonlyMap<number, Float32Array>;
  /** Corrections that they were learned on. */
  readonly corrections: number;
}

/** Reused by every sentence. */
export interface ModelScratch {
  readonly hashed: HashedFeatures;
  /** How often each feature stands in the sentence; all 0 between sentences. */
  readonly counts: Uint16Array;
  readonly vector: SentenceVector;
  readonly scores: Float64Array;
}

/** A sentence's features that a model knows, with their weights; arrays longer than `count`. */
export interface SentenceVector {
  readonly features: Int32Array;
  readonly values: Float32Array;
  count: number;
}

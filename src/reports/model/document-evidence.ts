/** What speaks for a technique in one sentence of a report, in the order of the weights. */
export const SENTENCE_EVIDENCE = [
  /** Log of the sentence's confidence, −12 to 0. */
  'confidence',
  /** Score of the technique's report label; 0 when no report taught it. */
  'report',
  /** Score of `any`. */
  'any',
  /** Log-confidence of the surer neighbour. */
  'neighbour',
  /** Log-confidence of the surest other sentence of the report. */
  'elsewhere',
] as const;

/** What speaks for a technique in a whole report, in the order of the weights. */
export const DOCUMENT_EVIDENCE = [
  /** Log-odds of the surest sentence, of the second, of the mean of the three surest. */
  'best',
  'second',
  'bestThree',
  /** Log of 1 + the sum over all sentences. */
  'sum',
  /** Log-odds that at least one sentence is right, were they independent. */
  'anySentence',
  /** Log of the number of sentences. */
  'length',
] as const;

/** Log-confidence of techniques that a sentence hardly reads like. */
export const LOWEST_LOG = -12;

/** Evidence of a whole report from the confidences of its sentences. */
export function documentEvidence(
  confidences: readonly number[],
  sentenceCount: number,
): readonly number[] {
  const [best = 0, second = 0, third = 0] = [...confidences].sort((a, b) => b - a);
  let sum = 0;
  let logNone = 0;
  for (const confidence of confidences) {
    sum += confidence;
    logNone += Math.log1p(-Math.min(0.999, confidence));
  }
  return [
    logOdds(best),
    logOdds(second),
    logOdds((best + second + third) / 3),
    Math.log1p(sum),
    logOdds(1 - Math.exp(logNone)),
    Math.log(Math.max(1, sentenceCount)),
  ];
}

/** Bounded, so that 0 and 1 stay numbers. */
function logOdds(probability: number): number {
  return Math.log(probability + 1e-4) - Math.log(1 - probability + 1e-4);
}

export function logistic(logOddsOf: number): number {
  return 1 / (1 + Math.exp(-logOddsOf));
}

import type { ReportHead } from '../src/reports/model/report-model.js';
import { confidenceOf } from '../src/reports/model/score-document.js';
import { documentCandidates, type ScoredReport } from './train-reports-head.js';

/** Techniques of a report by confidence. */
export interface ReportGuess {
  readonly truth: ReadonlySet<string>;
  readonly confidences: ReadonlyMap<string, number>;
}

/** Each report's techniques with the confidence that a head gives them. */
export function guessReports(
  scored: readonly ScoredReport[],
  labels: readonly string[],
  head: ReportHead,
): readonly ReportGuess[] {
  return scored.map((one) => ({
    truth: one.report.techniqueIds,
    confidences: new Map(
      [...documentCandidates(one, head)].map(([label, evidence]) => [
        labels[label] ?? '',
        confidenceOf(head.document, evidence),
      ]),
    ),
  }));
}

/** F1 of two sets; 1 when both are empty. */
export function setF1(truth: ReadonlySet<string>, found: ReadonlySet<string>): number {
  if (truth.size === 0 && found.size === 0) return 1;
  let both = 0;
  for (const one of found) if (truth.has(one)) both++;
  return (2 * both) / (truth.size + found.size);
}

/** Techniques at or above a confidence. */
export function acceptedOf({ confidences }: ReportGuess, threshold: number): ReadonlySet<string> {
  return new Set([...confidences].flatMap(([id, one]) => (one >= threshold ? [id] : [])));
}

/** The threshold with the highest mean of F1 over reports. */
export function bestThreshold(guesses: readonly ReportGuess[]): number {
  let [best, highest] = [0.5, -1];
  for (let threshold = 0.1; threshold < 0.9; threshold += 0.01) {
    const mean = meanF1(guesses, threshold);
    if (mean > highest) [best, highest] = [threshold, mean];
  }
  return best;
}

export function meanF1(guesses: readonly ReportGuess[], threshold: number): number {
  const sum = guesses.reduce(
    (total, guess) => total + setF1(guess.truth, acceptedOf(guess, threshold)),
    0,
  );
  return sum / Math.max(1, guesses.length);
}

/** Over all techniques of all reports. */
export function precisionAndRecall(
  guesses: readonly ReportGuess[],
  threshold: number,
): { readonly precision: number; readonly recall: number } {
  let [both, found, true_] = [0, 0, 0];
  for (const guess of guesses) {
    const accepted = acceptedOf(guess, threshold);
    for (const id of accepted) if (guess.truth.has(id)) both++;
    found += accepted.size;
    true_ += guess.truth.size;
  }
  return { precision: found === 0 ? 1 : both / found, recall: true_ === 0 ? 1 : both / true_ };
}

import {
  acceptedOf,
  bestThreshold,
  guessReports,
  type ReportGuess,
  setF1,
} from '../scripts/train-reports-evaluate.js';
import { fitHead, type ReportRows, type ScoredReport } from '../scripts/train-reports-head.js';
import { trainSvm } from '../scripts/train-reports-svm.js';
import type { ReportHead } from '../src/reports/model/report-model.js';
import { confidenceOf } from '../src/reports/model/score-document.js';

/** Techniques of a sentence by confidence. */
export interface SentenceGuess {
  readonly truth: ReadonlySet<string>;
  readonly confidences: ReadonlyMap<string, number>;
}

/** A report as it was decided, with the threshold that the other folds chose. */
export interface DecidedReport {
  readonly truth: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
  readonly guess: ReportGuess;
}

/** Sentences of one report and what was accepted in each. */
export type DecidedSentences = readonly {
  readonly truth: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
}[];

interface Folded {
  readonly scored: readonly ScoredReport[];
  readonly folds: readonly number[];
  readonly labels: readonly string[];
}

/**
 * Every report by a head and a threshold of the other folds.
 *
 * @param within the label space: techniques outside are neither wanted nor counted; undefined = all.
 */
export function decideReports(
  { scored, folds, labels }: Folded,
  within: ReadonlySet<string> | undefined,
): readonly DecidedReport[] {
  return eachFold({ scored, folds, labels }, ({ head, learned, asked }) => {
    const threshold = bestThreshold(narrow(guessReports(learned, labels, head), within));
    return narrow(guessReports(asked, labels, head), within).map((guess) => ({
      truth: guess.truth,
      accepted: acceptedOf(guess, threshold),
      guess,
    }));
  });
}

/** Every report's sentences, the same way; the threshold is that of the highest micro F1 of the other folds. */
export function decideSentences(
  folded: Folded,
  within: ReadonlySet<string>,
): readonly DecidedSentences[] {
  return eachFold(folded, ({ head, learned, asked }) => {
    const threshold = sentenceThreshold(
      learned.flatMap((one) => guessSentences(one, { head, labels: folded.labels, within })),
    );
    return asked.map((one) =>
      guessSentences(one, { head, labels: folded.labels, within }).map(
        ({ truth, confidences }) => ({
          truth,
          accepted: new Set([...confidences].flatMap(([id, c]) => (c >= threshold ? [id] : []))),
        }),
      ),
    );
  });
}

interface FoldParts {
  readonly head: ReportHead;
  readonly learned: readonly ScoredReport[];
  readonly asked: readonly ScoredReport[];
}

function eachFold<Result>(
  { scored, folds, labels }: Folded,
  decide: (parts: FoldParts) => readonly Result[],
): readonly Result[] {
  return [...new Set(folds)].sort().flatMap((fold) => {
    const learned = scored.filter((_, report) => folds[report] !== fold);
    const asked = scored.filter((_, report) => folds[report] === fold);
    return decide({ head: fitHead(learned, labels), learned, asked });
  });
}

function narrow(
  guesses: readonly ReportGuess[],
  within: ReadonlySet<string> | undefined,
): readonly ReportGuess[] {
  if (within === undefined) return guesses;
  return guesses.map(({ truth, confidences }) => ({
    truth: new Set([...truth].filter((id) => within.has(id))),
    confidences: new Map([...confidences].filter(([id]) => within.has(id))),
  }));
}

function guessSentences(
  { report, candidates }: ScoredReport,
  {
    head,
    labels,
    within,
  }: { head: ReportHead; labels: readonly string[]; within: ReadonlySet<string> },
): readonly SentenceGuess[] {
  return candidates.map((ofSentence, sentence) => ({
    truth: new Set(report.sentences[sentence]?.techniqueIds),
    confidences: new Map(
      ofSentence.flatMap(({ label, isTaught, evidence }) => {
        const id = labels[label] ?? '';
        if (!within.has(id)) return [];
        return [[id, confidenceOf(isTaught ? head.taught : head.untaught, evidence)] as const];
      }),
    ),
  }));
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: loops in loops over folds, reports and sentences, each one line.
function sentenceThreshold(guesses: readonly SentenceGuess[]): number {
  let [best, highest] = [0.5, -1];
  for (let threshold = 0.1; threshold < 0.8; threshold += 0.02) {
    let [both, found, wanted] = [0, 0, 0];
    for (const { truth, confidences } of guesses) {
      wanted += truth.size;
      for (const [id, confidence] of confidences) {
        if (confidence < threshold) continue;
        found++;
        if (truth.has(id)) both++;
      }
    }
    const f1 = (2 * both) / Math.max(1, found + wanted);
    if (f1 > highest) [best, highest] = [threshold, f1];
  }
  return best;
}

/** Micro or macro F1 over sentences; macro over all techniques of the label space. */
export function sentenceF1(
  reports: readonly DecidedSentences[],
  within: ReadonlySet<string>,
): { readonly micro: number; readonly macro: number } {
  const tallies = new Map([...within].map((id) => [id, { both: 0, sum: 0 }]));
  for (const { truth, accepted } of reports.flat()) {
    for (const id of truth) {
      const tally = tallies.get(id);
      if (tally === undefined) continue;
      tally.sum++;
      if (accepted.has(id)) tally.both++;
    }
    for (const id of accepted) {
      const tally = tallies.get(id);
      if (tally !== undefined) tally.sum++;
    }
  }
  const all = [...tallies.values()];
  const both = all.reduce((total, tally) => total + tally.both, 0);
  const sum = all.reduce((total, tally) => total + tally.sum, 0);
  return {
    micro: (2 * both) / Math.max(1, sum),
    macro:
      all.reduce((total, tally) => total + (2 * tally.both) / Math.max(1, tally.sum), 0) /
      all.length,
  };
}

/** Mean over reports of the F1 of their techniques, exact or by parent. */
export function documentF1(reports: readonly DecidedReport[], byParent: boolean): number {
  const fold = (ids: ReadonlySet<string>) =>
    byParent ? new Set([...ids].map((id) => id.slice(0, 5))) : ids;
  const sum = reports.reduce(
    (total, { truth, accepted }) => total + setF1(fold(truth), fold(accepted)),
    0,
  );
  return sum / reports.length;
}

/** The peer on the reports: one linear SVM a technique on the same n-grams of sentences of the other folds, one threshold. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: loops in loops over folds, reports and sentences, each one line.
export function baselineScores(
  { reports, vectors, firstRow }: ReportRows,
  { folds, within }: { readonly folds: readonly number[]; readonly within: readonly string[] },
): readonly (readonly SentenceGuess[])[] {
  const guesses = reports.map(({ sentences }) =>
    sentences.map(({ techniqueIds }) => ({
      truth: new Set(techniqueIds),
      confidences: new Map<string, number>(),
    })),
  );
  for (const fold of new Set(folds)) {
    const rows: number[] = [];
    const shows: (readonly string[])[] = [];
    for (const [place, report] of reports.entries()) {
      if (folds[place] === fold) continue;
      for (const [index, { techniqueIds }] of report.sentences.entries()) {
        rows.push((firstRow[place] ?? 0) + index);
        shows.push(techniqueIds);
      }
    }
    for (const id of within) {
      const isPositive = Uint8Array.from(shows, (ids) => (ids.includes(id) ? 1 : 0));
      const { weights, bias } = trainSvm(
        vectors,
        { rows: Uint32Array.from(rows), isPositive },
        { cost: 0.5, epochs: 16, seed: 4 },
      );
      for (const [place, report] of reports.entries()) {
        if (folds[place] !== fold) continue;
        for (const index of report.sentences.keys()) {
          const row = (firstRow[place] ?? 0) + index;
          let score = bias;
          for (
            let at = vectors.rowStarts[row] as number;
            at < (vectors.rowStarts[row + 1] as number);
            at++
          ) {
            score +=
              (vectors.values[at] as number) * (weights[vectors.features[at] as number] as number);
          }
          guesses[place]?.[index]?.confidences.set(id, 1 / (1 + Math.exp(-2.5 * score)));
        }
      }
    }
  }
  return guesses;
}

/** Sentences and reports of the peer, by thresholds of the other folds. */
export function decideBaseline(
  guesses: readonly (readonly SentenceGuess[])[],
  folds: readonly number[],
): { readonly sentences: readonly DecidedSentences[]; readonly reports: readonly DecidedReport[] } {
  const whole: readonly ReportGuess[] = guesses.map((ofReport) => {
    const confidences = new Map<string, number>();
    for (const one of ofReport) {
      for (const [id, confidence] of one.confidences) {
        confidences.set(id, Math.max(confidences.get(id) ?? 0, confidence));
      }
    }
    return { truth: new Set(ofReport.flatMap(({ truth }) => [...truth])), confidences };
  });
  const sentences: DecidedSentences[] = [];
  const reports: DecidedReport[] = [];
  for (const fold of new Set(folds)) {
    const others = <T>(list: readonly T[]) => list.filter((_, place) => folds[place] !== fold);
    const own = <T>(list: readonly T[]) => list.filter((_, place) => folds[place] === fold);
    const threshold = bestThreshold(others(whole));
    for (const guess of own(whole)) {
      reports.push({ truth: guess.truth, accepted: acceptedOf(guess, threshold), guess });
    }
    const ofSentences = sentenceThreshold(others(guesses).flat());
    for (const ofReport of own(guesses)) {
      sentences.push(
        ofReport.map(({ truth, confidences }) => ({
          truth,
          accepted: new Set([...confidences].flatMap(([id, c]) => (c >= ofSentences ? [id] : []))),
        })),
      );
    }
  }
  return { sentences, reports };
}

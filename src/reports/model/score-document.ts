import { LOWEST_LOG, logistic } from './document-evidence.js';
import { confidencesOf, highestLabels } from './rank-sentence.js';
import type { LogisticWeights, ReportModel } from './report-model.js';
import { scoreSentence } from './score-sentence.js';

/** A technique that a sentence of a report may show, with the evidence by `SENTENCE_EVIDENCE`. */
export interface Candidate {
  readonly label: number;
  readonly isTaught: boolean;
  readonly evidence: readonly number[];
}

/** Techniques by confidence that are looked at in a sentence; with the report labels that say nearly yes. */
const CANDIDATES = 12;
const NEARLY_YES = -0.7;

interface ScoredSentence {
  /** Label → log-confidence, of the candidates. */
  readonly logs: ReadonlyMap<number, number>;
  /** Label → score of its report label. */
  readonly reports: ReadonlyMap<number, number>;
  readonly any: number;
}

/** Every sentence's candidates, with what stands beside them and elsewhere in the report. */
export function scoreDocument(
  model: ReportModel,
  sentences: readonly string[],
): readonly (readonly Candidate[])[] {
  const scored = sentences.map((text) => scoreOne(model, text));
  const best = twoBest(scored);
  return scored.map(({ logs, reports, any }, index) =>
    [...logs].map(([label, log]) => {
      const neighbour = Math.max(
        scored[index - 1]?.logs.get(label) ?? LOWEST_LOG,
        scored[index + 1]?.logs.get(label) ?? LOWEST_LOG,
      );
      const [first, second] = best.get(label) ?? [LOWEST_LOG, LOWEST_LOG];
      const elsewhere = log >= first ? second : first;
      return {
        label,
        isTaught: reports.has(label),
        evidence: [log, reports.get(label) ?? 0, any, neighbour, elsewhere],
      };
    }),
  );
}

function scoreOne(model: ReportModel, text: string): ScoredSentence {
  const scores = scoreSentence(model, text);
  const confidences = confidencesOf(model, scores);
  const { labels, reportLabels } = model.header;
  const chosen = new Set(highestLabels(confidences, CANDIDATES));
  const reports = new Map<number, number>();
  for (let label = 0; label < labels.length; label++) {
    const place = model.reportLabelOf[label] ?? -1;
    if (place === -1) continue;
    const score = scores[place] ?? 0;
    if (score > NEARLY_YES) chosen.add(label);
    if (chosen.has(label)) reports.set(label, score);
  }
  const logs = new Map<number, number>();
  for (const label of chosen) {
    logs.set(label, Math.max(LOWEST_LOG, Math.log(confidences[label] || Number.MIN_VALUE)));
  }
  const anyPlace = reportLabels.indexOf('any');
  return { logs, reports, any: anyPlace === -1 ? 0 : (scores[labels.length + anyPlace] ?? 0) };
}

/** Label → its two highest log-confidences in the report. */
function twoBest(scored: readonly ScoredSentence[]): ReadonlyMap<number, [number, number]> {
  const best = new Map<number, [number, number]>();
  for (const { logs } of scored) {
    for (const [label, log] of logs) {
      const pair = best.get(label);
      if (pair === undefined) best.set(label, [log, LOWEST_LOG]);
      else if (log > pair[0]) best.set(label, [log, pair[0]]);
      else if (log > pair[1]) pair[1] = log;
    }
  }
  return best;
}

/** 0..1 of evidence. */
export function confidenceOf(
  { bias, weights }: LogisticWeights,
  evidence: readonly number[],
): number {
  let sum = bias;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (evidence[at] ?? 0);
  return logistic(sum);
}

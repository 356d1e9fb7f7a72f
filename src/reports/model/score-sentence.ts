import { SKIP } from './model-file.js';
import type { ReportModel, SentenceVector } from './report-model.js';
import { vectorOf } from './sentence-vector.js';

/**
 * Score of every label for a sentence: log-odds up to a constant, in the order of the header's labels. They stand in the
 * model's scratch until the next sentence.
 */
export function scoreSentence(model: ReportModel, text: string): Float64Array {
  return scoreVector(model, vectorOf(model, text));
}

/** The same of a sentence's features. The loop that time is spent in: it reads nothing through an object. */
export function scoreVector(model: ReportModel, vector: SentenceVector): Float64Array {
  const { postings, postingStarts, postingEnds, weightOf } = model;
  const { scores } = model.scratch;
  const { features, values, count } = vector;
  const skip = SKIP;
  scores.set(model.bias);
  for (let one = 0; one < count; one++) {
    const feature = features[one] as number;
    const value = values[one] as number;
    const end = postingEnds[feature] as number;
    let label = 0;
    for (let at = postingStarts[feature] as number; at < end; at++) {
      const gap = postings[at] as number;
      label += gap;
      if (gap === skip) continue;
      at++;
      scores[label] =
        (scores[label] as number) + (weightOf[postings[at] as number] as number) * value;
      label++;
    }
  }
  if (model.user !== undefined) addUserWeights(model, vector);
  return scores;
}

function addUserWeights({ user, scratch }: ReportModel, vector: SentenceVector): void {
  for (let at = 0; at < vector.count; at++) {
    const weights = user?.byFeature.get(vector.features[at] ?? 0);
    if (weights === undefined) continue;
    for (let pair = 0; pair < weights.length; pair += 2) {
      const label = weights[pair] ?? 0;
      const weight = weights[pair + 1] ?? 0;
      scratch.scores[label] = (scratch.scores[label] ?? 0) + weight * (vector.values[at] ?? 0);
    }
  }
}

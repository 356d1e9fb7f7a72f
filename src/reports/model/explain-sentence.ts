import type { TechniqueId } from '../../model/index.js';
import { cleanSentence } from './clean-sentence.js';
import { SKIP } from './model-file.js';
import { rankSentence } from './rank-sentence.js';
import type { ReportModel } from './report-model.js';
import { featureOf, vectorOf } from './sentence-vector.js';

/** What a stretch of a sentence adds to the score of a technique. */
export interface Reason {
  /** Words as the model reads them: lower case, as `cleanSentence` leaves them. */
  readonly words: string;
  /** Log-odds; above 0 speaks for the technique. */
  readonly weight: number;
}

/** Why a technique was or was not seen in a sentence. */
export interface Explanation {
  readonly techniqueId: TechniqueId;
  /** What speaks for it, strongest first. */
  readonly for: readonly Reason[];
  /** What speaks against it, strongest first. */
  readonly against: readonly Reason[];
  /** The technique that is nearest to it, and what tells the two apart, strongest for `techniqueId` first. */
  readonly rival:
    | { readonly techniqueId: TechniqueId; readonly apart: readonly Reason[] }
    | undefined;
}

const SHOWN = 5;

/**
 * The words that drove a technique's score. Every n-gram of characters counts for the word that it stands in, pairs of
 * words for themselves; together with the technique's bias the weights of all words add up to its score.
 *
 * @returns undefined when the model does not know the technique.
 */
export function explainSentence(
  model: ReportModel,
  text: string,
  techniqueId: TechniqueId,
): Explanation | undefined {
  const label = model.header.labels.indexOf(techniqueId);
  if (label === -1) return undefined;
  const rivalId = rankSentence(model, text, { top: 2 }).find(
    (one) => one.techniqueId !== techniqueId,
  )?.techniqueId;
  const rivalLabel = rivalId === undefined ? -1 : model.header.labels.indexOf(rivalId);
  const own = reasonsOf(model, text, [label]);
  const strongest = [...own].sort((a, b) => b.weight - a.weight);
  return {
    techniqueId,
    for: strongest.filter(({ weight }) => weight > 0).slice(0, SHOWN),
    against: strongest
      .filter(({ weight }) => weight < 0)
      .reverse()
      .slice(0, SHOWN),
    rival:
      rivalId === undefined
        ? undefined
        : {
            techniqueId: rivalId,
            apart: reasonsOf(model, text, [label, rivalLabel])
              .filter(({ weight }) => weight > 0)
              .sort((a, b) => b.weight - a.weight)
              .slice(0, SHOWN),
          },
  };
}

/** Every stretch of words with what it adds to the first label, less what it adds to the second. */
function reasonsOf(
  model: ReportModel,
  text: string,
  [label, rival]: readonly number[],
): readonly Reason[] {
  const vector = vectorOf(model, text);
  const { hashed } = model.scratch;
  const valueByFeature = new Map<number, number>();
  for (let at = 0; at < vector.count; at++) {
    valueByFeature.set(vector.features[at] ?? 0, vector.values[at] ?? 0);
  }
  const features = [...hashed.hashes.subarray(0, hashed.count)].map((hash) =>
    featureOf(model, hash),
  );
  const occurrences = new Map<number, number>();
  for (const feature of features) occurrences.set(feature, (occurrences.get(feature) ?? 0) + 1);
  const clean = cleanSentence(text);
  const sums = new Map<string, number>();
  for (const [at, feature] of features.entries()) {
    if (feature === -1) continue;
    const words = clean.slice(hashed.starts[at], hashed.ends[at]);
    const apart =
      weightOf(model, feature, label ?? -1) -
      (rival === undefined ? 0 : weightOf(model, feature, rival));
    // A feature that stands in several places shares its weight among them.
    const share = ((valueByFeature.get(feature) ?? 0) * apart) / (occurrences.get(feature) ?? 1);
    sums.set(words, (sums.get(words) ?? 0) + share);
  }
  return [...sums].map(([words, weight]) => ({ words, weight }));
}

/** Weight of a feature for a label, the user's own included. */
function weightOf(model: ReportModel, feature: number, wanted: number): number {
  let weight = shippedWeight(model, feature, wanted);
  const own = model.user?.byFeature.get(feature) ?? new Float32Array();
  for (let pair = 0; pair < own.length; pair += 2) {
    if (own[pair] === wanted) weight += own[pair + 1] ?? 0;
  }
  return weight;
}

function shippedWeight(model: ReportModel, feature: number, wanted: number): number {
  const { postings } = model;
  const end = model.postingEnds[feature] ?? 0;
  let label = 0;
  for (let at = model.postingStarts[feature] ?? 0; at < end && label <= wanted; at++) {
    const gap = postings[at] ?? 0;
    label += gap;
    if (gap === SKIP) continue;
    at++;
    if (label === wanted) return model.weightOf[postings[at] ?? 0] ?? 0;
    label++;
  }
  return 0;
}

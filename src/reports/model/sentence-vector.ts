import { cleanSentence } from './clean-sentence.js';
import { type HashedFeatures, hashFeatures } from './hash-features.js';
import type { ReportModel, SentenceVector } from './report-model.js';

/** Feature of a hash; -1 when the model does not know it. */
export function featureOf(model: ReportModel, hash: number): number {
  const { tableHashes, tableFeatures } = model;
  const mask = tableHashes.length - 1;
  for (let place = hash & mask; ; place = (place + 1) & mask) {
    const feature = tableFeatures[place] ?? -1;
    if (feature === -1 || tableHashes[place] === hash) return feature;
  }
}

/**
 * The sentence as the model sees it: TF-IDF with sublinear counts, each block of features of length 1 times its weight.
 * It stands in the model's scratch until the next sentence.
 */
export function vectorOf(model: ReportModel, text: string): SentenceVector {
  const { hashed, vector } = model.scratch;
  hashFeatures(cleanSentence(text), hashed);
  vector.count = 0;
  let [from, blockStart] = [0, 0];
  for (let block = 0; from < hashed.count; block++) {
    let to = from;
    while (to < hashed.count && hashed.blocks[to] === block) to++;
    countFeatures(model, hashed, { from, to });
    weighBlock(model, blockStart, model.header.blockWeights[block] ?? 1);
    blockStart = vector.count;
    from = to;
  }
  return vector;
}

/** Appends each feature once, and counts it. */
function countFeatures(
  model: ReportModel,
  hashed: HashedFeatures,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const { counts, vector } = model.scratch;
  for (let at = from; at < to; at++) {
    const feature = featureOf(model, hashed.hashes[at] ?? 0);
    if (feature === -1) continue;
    const count = counts[feature] ?? 0;
    if (count === 0) vector.features[vector.count++] = feature;
    counts[feature] = count + 1;
  }
}

function weighBlock(model: ReportModel, start: number, blockWeight: number): void {
  const { counts, vector } = model.scratch;
  let squares = 0;
  for (let at = start; at < vector.count; at++) {
    const feature = vector.features[at] ?? 0;
    const count = counts[feature] ?? 1;
    const value = (count === 1 ? 1 : 1 + Math.log(count)) * (model.idf[feature] ?? 0);
    counts[feature] = 0;
    vector.values[at] = value;
    squares += value * value;
  }
  if (squares === 0) return;
  const factor = blockWeight / Math.sqrt(squares);
  for (let at = start; at < vector.count; at++) {
    vector.values[at] = (vector.values[at] ?? 0) * factor;
  }
}

import { seededRandom } from './train-reports-softmax.js';
import type { TrainingVectors } from './train-reports-vectors.js';

export interface SvmOptions {
  /** Cost of a row on the wrong side; higher follows the rows more closely. */
  readonly cost: number;
  readonly epochs: number;
  readonly seed: number;
}

/** Weights of a linear classifier: row · weights + bias, above 0 = yes. */
export interface SvmModel {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Of every so many passes one looks at all rows, the others at those that hold the border up. */
const WHOLE_PASS = 4;

/**
 * Support vector machine with squared hinge loss, by dual coordinate descent.
 *
 * Source: Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008, algorithm 1.
 *
 * @param rows places of the rows to learn from.
 * @param isPositive by place in `rows`.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the inner loop of training; calls would cost more than it does.
export function trainSvm(
  vectors: TrainingVectors,
  { rows, isPositive }: { readonly rows: Uint32Array; readonly isPositive: Uint8Array },
  { cost, epochs, seed }: SvmOptions,
): SvmModel {
  const { rowStarts, features, values } = vectors;
  const weights = new Float64Array(vectors.hashes.length);
  let bias = 0;
  const alphas = new Float64Array(rows.length);
  const softness = 1 / (2 * cost);
  const random = seededRandom(seed);
  const order = Uint32Array.from(rows.keys());
  for (let epoch = 0; epoch < epochs; epoch++) {
    const isWhole = epoch % WHOLE_PASS === 0;
    for (let left = order.length; left > 0; left--) {
      const other = Math.floor(random() * left);
      const at = order[other] as number;
      order[other] = order[left - 1] as number;
      order[left - 1] = at;
      const alpha = alphas[at] as number;
      if (alpha === 0 && !isWhole) continue;
      const row = rows[at] as number;
      const start = rowStarts[row] as number;
      const end = rowStarts[row + 1] as number;
      const side = isPositive[at] === 1 ? 1 : -1;
      let score = bias;
      let squares = 1;
      for (let one = start; one < end; one++) {
        const value = values[one] as number;
        score += value * (weights[features[one] as number] as number);
        squares += value * value;
      }
      const gradient = side * score - 1 + softness * alpha;
      const next = Math.max(0, alpha - gradient / (squares + softness));
      const change = (next - alpha) * side;
      if (Math.abs(change) < 1e-12) continue;
      alphas[at] = next;
      bias += change;
      for (let one = start; one < end; one++) {
        const feature = features[one] as number;
        weights[feature] = (weights[feature] as number) + change * (values[one] as number);
      }
    }
  }
  return { weights, bias };
}

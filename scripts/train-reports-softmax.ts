import { createFloatMemory, type FloatMemory } from './train-reports-axpy.js';
import type { TrainingVectors } from './train-reports-vectors.js';

/** What a row of the training shows. */
export interface TrainingTarget {
  /** Indexes of labels; several share the row evenly. */
  readonly labels: readonly number[];
  /** How much it counts; 1 is one sentence. */
  readonly weight: number;
}

/** Labels that learn from each other: what a row teaches one, it teaches the group too, and so all that are in it. */
export interface LabelGroup {
  readonly labels: readonly number[];
  /** Share of the group's weights in each of its labels' scores. */
  readonly share: number;
}

export interface SoftmaxOptions {
  readonly labelCount: number;
  readonly groups: readonly LabelGroup[];
  readonly epochs: number;
  /** Length of the first step; steps shrink evenly to nothing. */
  readonly learningRate: number;
  /** Share of each weight that a step of length 1 takes away. */
  readonly decay: number;
  /**
   * How far the frequency of a label is left out of its weights: 0 not at all, 1 wholly. Added as log prior × this while
   * learning and not afterwards, so that rare techniques are not told to be unlikely.
   */
  readonly priorShare: number;
  readonly seed: number;
}

/** Weights by feature and biases by label. */
export interface SoftmaxModel {
  /** Features × `stride`, by feature; labels come first in each row, what follows them is no weight of a label. */
  readonly weights: Float32Array;
  readonly stride: number;
  readonly bias: Float32Array;
}

/** Errors of a label that are smaller teach it nothing that would be seen; most labels of most rows are such. */
const SMALLEST_ERROR = 1e-3;
/** Biases move slowly: a step moves them for every row, a weight only for rows with its feature. */
const BIAS_RATE = 0.02;

/**
 * Multinomial logistic regression by stochastic gradient descent over sparse rows.
 *
 * The same rows, options and seed give the same weights on every machine with IEEE arithmetic and the same `Math.exp`.
 */
export function trainSoftmax(
  vectors: TrainingVectors,
  targets: readonly TrainingTarget[],
  options: SoftmaxOptions,
): SoftmaxModel {
  const { epochs, learningRate, decay } = options;
  const state = createState(vectors, targets, options);
  const random = seededRandom(options.seed);
  const order = Uint32Array.from(targets.keys());
  const steps = epochs * targets.length;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) {
      const rate = learningRate * (1 - step++ / steps) + 1e-3;
      learnRow(state, vectors, { row, rate, decay, target: targets[row] as TrainingTarget });
    }
  }
  return foldGroups(state);
}

interface LearningState {
  /** Scores, then errors, of labels and groups; then weights, features × (labels, then groups). */
  readonly memory: FloatMemory;
  /** Labels and groups, filled up to a multiple of four. */
  readonly columns: number;
  readonly labelCount: number;
  readonly bias: Float32Array;
  readonly prior: Float64Array;
  readonly groups: readonly LabelGroup[];
  readonly moved: Int32Array;
  /** Weights are kept divided by this, so that decay touches one number instead of all. */
  scale: number;
}

function createState(
  vectors: TrainingVectors,
  targets: readonly TrainingTarget[],
  options: SoftmaxOptions,
): LearningState {
  const columns = Math.ceil((options.labelCount + options.groups.length) / 4) * 4;
  return {
    memory: createFloatMemory((vectors.hashes.length + 1) * columns),
    columns,
    labelCount: options.labelCount,
    bias: new Float32Array(columns),
    prior: logPriors(targets, options),
    groups: options.groups,
    moved: new Int32Array(columns),
    scale: 1,
  };
}

interface RowStep {
  readonly row: number;
  readonly rate: number;
  readonly decay: number;
  readonly target: TrainingTarget;
}

function learnRow(state: LearningState, vectors: TrainingVectors, step: RowStep): void {
  const { memory, columns, bias, moved } = state;
  const { floats } = memory;
  const { features, values, rowStarts } = vectors;
  const start = rowStarts[step.row] as number;
  const end = rowStarts[step.row + 1] as number;
  addScores(state, vectors, { start, end });
  toErrors(state, step.target);
  let movedCount = 0;
  for (let column = 0; column < columns; column++) {
    if (Math.abs(floats[column] as number) > SMALLEST_ERROR) moved[movedCount++] = column;
  }
  state.scale *= 1 - step.rate * step.decay;
  const rate = step.rate * step.target.weight;
  for (let one = 0; one < movedCount; one++) {
    const column = moved[one] as number;
    bias[column] = (bias[column] as number) - rate * BIAS_RATE * (floats[column] as number);
  }
  for (let at = start; at < end; at++) {
    const base = ((features[at] as number) + 1) * columns;
    const factor = (rate / state.scale) * (values[at] as number);
    for (let one = 0; one < movedCount; one++) {
      const column = moved[one] as number;
      const place = base + column;
      floats[place] = (floats[place] as number) - factor * (floats[column] as number);
    }
  }
}

/** Scores of all labels. */
function addScores(
  { memory, columns, labelCount, bias, prior, groups, scale }: LearningState,
  { features, values }: TrainingVectors,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const { floats, addScaled } = memory;
  floats.fill(0, 0, columns);
  for (let at = start; at < end; at++) {
    addScaled(0, ((features[at] as number) + 1) * columns, columns, values[at] as number);
  }
  for (const [group, { labels, share }] of groups.entries()) {
    const added = (floats[labelCount + group] as number) * share;
    for (const label of labels) floats[label] = (floats[label] as number) + added;
  }
  for (let label = 0; label < labelCount; label++) {
    floats[label] =
      (floats[label] as number) * scale + (bias[label] as number) + (prior[label] as number);
  }
}

/** Probability less what was wanted; of a group, the sum over its labels times its share. */
function toErrors({ memory, labelCount, groups }: LearningState, { labels }: TrainingTarget): void {
  const { floats } = memory;
  let highest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < labelCount; label++) {
    highest = Math.max(highest, floats[label] as number);
  }
  let sum = 0;
  for (let label = 0; label < labelCount; label++) {
    const power = Math.exp((floats[label] as number) - highest);
    floats[label] = power;
    sum += power;
  }
  for (let label = 0; label < labelCount; label++) {
    floats[label] = (floats[label] as number) / sum;
  }
  for (const label of labels) floats[label] = (floats[label] as number) - 1 / labels.length;
  for (const [group, { labels: members, share }] of groups.entries()) {
    let error = 0;
    for (const label of members) error += floats[label] as number;
    floats[labelCount + group] = error * share;
  }
}

/** Weights of labels alone: those of a group are added to its labels', which scores the same. */
function foldGroups({
  memory,
  columns,
  labelCount,
  bias,
  groups,
  scale,
}: LearningState): SoftmaxModel {
  const weights = memory.floats.subarray(columns);
  for (let base = 0; base + columns <= weights.length; base += columns) {
    for (const [group, { labels, share }] of groups.entries()) {
      const added = (weights[base + labelCount + group] as number) * share;
      if (added === 0) continue;
      for (const label of labels) {
        weights[base + label] = (weights[base + label] as number) + added;
      }
    }
    for (let label = 0; label < labelCount; label++) {
      weights[base + label] = (weights[base + label] as number) * scale;
    }
  }
  return { weights, stride: columns, bias: bias.slice(0, labelCount) };
}

function logPriors(
  targets: readonly TrainingTarget[],
  { labelCount, priorShare }: SoftmaxOptions,
): Float64Array {
  const counts = new Float64Array(labelCount).fill(0.1);
  for (const { labels, weight } of targets) {
    for (const label of labels) counts[label] = (counts[label] ?? 0) + weight / labels.length;
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => Math.log(count / sum) * priorShare);
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const swapped = order[at] as number;
    order[at] = order[other] as number;
    order[other] = swapped;
  }
}

/** Mulberry32: 0 (inclusive) to 1 (exclusive). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

import type { AttackText, AttackTexts } from './train-reports-attack.js';
import { type LabelGroup, type SoftmaxModel, trainSoftmax } from './train-reports-softmax.js';
import { type TrainingVectors, vectorize } from './train-reports-vectors.js';

/** A text that training learns from. */
export interface TrainingRow {
  readonly text: string;
  /** Of the label space; empty = a sentence that shows no technique. */
  readonly techniqueIds: readonly string[];
  readonly weight: number;
}

/** What the recipe makes: weights that are not yet pruned. */
export interface RecipeModel {
  readonly labels: readonly string[];
  readonly vectors: TrainingVectors;
  readonly softmax: SoftmaxModel;
}

/** The recipe's numbers. Variants were tried on the split by time, so that its figures are partly tuned on. */
export const RECIPE = {
  minRows: [2, 3],
  blockWeights: [1, 1],
  epochs: 5,
  learningRate: 1.5,
  decay: 2e-6,
  priorShare: 0.5,
  familyShare: 0.7,
  tacticShare: 0.4,
  /** Divides scores before they are made into confidences; measured out of fold by `npm run bench:reports`. */
  temperature: 1,
  seed: 4,
} as const;

/** Label of sentences that show no technique. */
export const NONE = 'none';

/** Texts of ATT&CK as rows; those of techniques outside the label space are left out. */
export function attackRows(
  texts: readonly AttackText[],
  techniqueIds: readonly string[],
): readonly TrainingRow[] {
  const known = new Set(techniqueIds);
  return texts.flatMap(({ text, techniqueId }) =>
    known.has(techniqueId) && text.trim() !== ''
      ? [{ text, techniqueIds: [techniqueId], weight: 1 }]
      : [],
  );
}

/**
 * Learns a model of all techniques of a version; the one recipe of every figure and of the model that ships.
 *
 * @param rows with sentences that show no technique, the model gets the label `none`.
 */
export function trainRecipe(
  rows: readonly TrainingRow[],
  { techniqueIds, tacticsOf }: Pick<AttackTexts, 'techniqueIds' | 'tacticsOf'>,
): RecipeModel {
  const hasNone = rows.some((row) => row.techniqueIds.length === 0);
  const labels = hasNone ? [...techniqueIds, NONE] : techniqueIds;
  const place = new Map(labels.map((label, index) => [label, index]));
  const vectors = vectorize(
    rows.map(({ text }) => text),
    RECIPE,
  );
  const targets = rows.map(({ techniqueIds: ids, weight }) => ({
    labels: (ids.length === 0 ? [NONE] : ids).map((id) => place.get(id) ?? 0),
    weight,
  }));
  const softmax = trainSoftmax(vectors, targets, {
    ...RECIPE,
    labelCount: labels.length,
    groups: groupsOf(techniqueIds, tacticsOf),
  });
  return { labels, vectors, softmax };
}

/** Families (a technique and its sub-techniques) and tactics. */
function groupsOf(
  techniqueIds: readonly string[],
  tacticsOf: AttackTexts['tacticsOf'],
): readonly LabelGroup[] {
  const families = new Map<string, number[]>();
  const tactics = new Map<string, number[]>();
  for (const [label, techniqueId] of techniqueIds.entries()) {
    append(families, techniqueId.slice(0, 5), label);
    for (const tactic of tacticsOf.get(techniqueId) ?? []) append(tactics, tactic, label);
  }
  return [
    ...[...families.values()].map((labels) => ({ labels, share: RECIPE.familyShare })),
    ...[...tactics.values()].map((labels) => ({ labels, share: RECIPE.tacticShare })),
  ];
}

function append(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/**
 * Sets the weights to 0 that a sentence would not feel: a weight counts by how much it moves a score, which is its size
 * times the feature's inverse document frequency.
 */
export function pruneWeights(
  { labels, vectors, softmax }: RecipeModel,
  smallestEffect: number,
): void {
  const { weights, stride } = softmax;
  for (let feature = 0; feature < vectors.hashes.length; feature++) {
    const smallest = smallestEffect / (vectors.idf[feature] ?? 1);
    for (let label = 0; label < labels.length; label++) {
      const place = feature * stride + label;
      if (Math.abs(weights[place] ?? 0) < smallest) weights[place] = 0;
    }
  }
}

import { familyOf } from '../src/app/map-confidence-rule.js';
import { scoreSubjects } from '../src/app/map-confidence-score.js';
import type { CorpusName } from './log-quality-corpora.js';
import type { ObservedUnit } from './log-quality-observe.js';
import {
  calibrateModel,
  type LearnedModel,
  type Prediction,
  type TrainOptions,
  trainModel,
} from './log-quality-train.js';

/** What a model says of a unit: of each technique the surest subject's confidence. */
export function predictUnit(unit: ObservedUnit, model: LearnedModel): Prediction {
  const exact = new Map<string, number>();
  const scores = new Map<string, number>();
  const subjects = scoreSubjects(unit.counts, { ...model, threshold: 0 });
  for (const ofSubject of subjects.values())
    for (const [id, score] of ofSubject) {
      exact.set(id, Math.max(score, exact.get(id) ?? 0));
      scores.set(familyOf(id), Math.max(score, scores.get(familyOf(id)) ?? 0));
    }
  return { unit, scores, exact };
}

/** Spreads units over folds by a hash of their names: the same whatever else is there. */
export function foldOf({ unit }: ObservedUnit, folds: number): number {
  let hash = 0x811c9dc5;
  for (const character of `${unit.corpus} ${unit.name}`)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return (hash >>> 0) % folds;
}

/** Each unit as a model says that was trained on the other folds. */
export function crossPredict(
  units: readonly ObservedUnit[],
  folds: number,
  options: TrainOptions,
): readonly Prediction[] {
  return Array.from({ length: folds }, (_, fold) => {
    const model = trainModel(
      units.filter((unit) => foldOf(unit, folds) !== fold),
      options,
    );
    const held = units.filter((unit) => foldOf(unit, folds) === fold);
    return held.map((unit) => predictUnit(unit, model));
  }).flat();
}

/** A model with its threshold, both from the units given alone. */
export interface FinishedModel {
  readonly model: LearnedModel;
  readonly threshold: number;
}

/** Folds within the training part, for calibration and threshold. */
const INNER_FOLDS = 4;

export function finishModel(
  units: readonly ObservedUnit[],
  options: TrainOptions = {},
): FinishedModel {
  const trained = trainModel(units, options);
  const inner = crossPredict(units, INNER_FOLDS, options);
  const model = calibrateModel(trained, inner);
  const scale = rescale(trained, model);
  const calibrated = inner.map(({ unit, scores, exact }) => ({
    unit,
    scores: new Map([...scores].map(([id, score]) => [id, scale(score)])),
    exact,
  }));
  return { model, threshold: chooseThreshold(calibrated) };
}

/** From the confidence of a model to that of the same model calibrated. */
function rescale(from: LearnedModel, to: LearnedModel): (score: number) => number {
  const name = Object.entries(from.weights).find(([, weight]) => weight !== 0)?.[0];
  if (name === undefined) return (score) => score;
  const key = name as keyof LearnedModel['weights'];
  const scale = to.weights[key] / from.weights[key];
  const shift = to.bias - from.bias * scale;
  return (score) => {
    const odds = Math.log(Math.max(1e-6, score) / Math.max(1e-6, 1 - score));
    return 1 / (1 + Math.exp(-(odds * scale + shift)));
  };
}

/** What the project asks of each corpus. */
export const WANTED: Readonly<
  Partial<Record<CorpusName, { readonly recall: number; readonly precision: number }>>
> = {
  'evtx-to-mitre': { recall: 0.7, precision: 0.5 },
  'security-datasets': { recall: 0.85, precision: 0.3 },
};

/** Techniques listed in a log without an attack that are borne, on average. */
const BENIGN_CLAIMS = 1;

/**
 * The threshold at which the worst of all that is asked is best: recall and precision of each corpus as a ratio to what is
 * wanted, and false claims in benign logs.
 */
export function chooseThreshold(predictions: readonly Prediction[]): number {
  const ofCorpus = (corpus: string) =>
    predictions.filter(({ unit }) => unit.unit.corpus === corpus);
  const benign = ofCorpus('benign');
  const wanted = Object.entries(WANTED).map(([corpus, want]) => ({ want, of: ofCorpus(corpus) }));
  const marginAt = (threshold: number): number => {
    const margins = wanted.flatMap(({ want, of }) => {
      const { recall, precision } = measure(of, threshold);
      return of.length === 0 ? [] : [recall / want.recall, precision / want.precision];
    });
    const { claims, units } = measure(benign, threshold);
    return Math.min(...margins, claims === 0 ? 2 : (BENIGN_CLAIMS * units) / claims);
  };
  const steps = Array.from({ length: 79 }, (_, step) => (step + 2) / 100);
  const margins = steps.map((threshold) => ({ threshold, margin: marginAt(threshold) }));
  // Of several that are as good the highest: recall comes in steps.
  return margins.reduce((best, one) => (one.margin >= best.margin ? one : best)).threshold;
}

export interface Measures {
  readonly units: number;
  readonly labels: number;
  readonly claims: number;
  readonly right: number;
  readonly recall: number;
  readonly precision: number;
  readonly f1: number;
  /** Share of units whose surest technique is labelled. */
  readonly hit1: number;
  /** … with a labelled one among the three surest. */
  readonly hit3: number;
}

export interface MeasureOptions {
  /** Threshold by prediction, instead of one for all. */
  readonly thresholdOf?: (prediction: Prediction) => number;
  /** Whether a sub-technique must be right as such. Default false: parents count. */
  readonly exact?: boolean;
}

/** Micro-averaged over the units. */
export function measure(
  predictions: readonly Prediction[],
  threshold: number,
  { thresholdOf = () => threshold, exact = false }: MeasureOptions = {},
): Measures {
  const sums = { labels: 0, claims: 0, right: 0, hit1: 0, hit3: 0 };
  for (const prediction of predictions) {
    const labels = exact ? new Set(prediction.unit.unit.techniqueIds) : prediction.unit.families;
    const limit = thresholdOf(prediction);
    const ranked = [...(exact ? prediction.exact : prediction.scores)]
      .filter(([, score]) => score >= limit)
      .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
    const hits = ranked.map(([id]) => labels.has(id));
    sums.labels += labels.size;
    sums.claims += hits.length;
    sums.right += hits.filter(Boolean).length;
    if (hits[0] === true) sums.hit1 += 1;
    if (hits.slice(0, 3).includes(true)) sums.hit3 += 1;
  }
  const { labels, claims, right } = sums;
  const recall = right / labels;
  const precision = claims === 0 ? 0 : right / claims;
  return {
    units: predictions.length,
    labels,
    claims,
    right,
    recall,
    precision,
    f1: right === 0 ? 0 : (2 * recall * precision) / (recall + precision),
    hit1: sums.hit1 / predictions.length,
    hit3: sums.hit3 / predictions.length,
  };
}

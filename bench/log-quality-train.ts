import {
  CONFIDENCE_FEATURES,
  type ConfidenceFeature,
  type FeatureValues,
} from '../src/app/map-confidence-features.js';
import {
  type ConfidenceModel,
  type NoiseTable,
  noisePrefix,
  scoreFeatures,
} from '../src/app/map-confidence-model.js';
import { familyOf } from '../src/app/map-confidence-rule.js';
import { describeSubjects } from '../src/app/map-confidence-score.js';
import { SIGMA_LEVELS, type SigmaLevel } from '../src/sigma/index.js';
import type { CorpusName } from './log-quality-corpora.js';
import { type FitRow, fitLogistic } from './log-quality-fit.js';
import type { ObservedUnit } from './log-quality-observe.js';

export type LearnedModel = Omit<ConfidenceModel, 'threshold'>;

export interface TrainOptions {
  /** Features that are not used. Default none. */
  readonly without?: readonly ConfidenceFeature[];
  /** Whether what is known of single rules and techniques is used. Default true. */
  readonly noise?: boolean;
}

/** Scales the log-odds of a model so that they say how often it is right on units that it has not seen. */
export function calibrateModel(
  model: LearnedModel,
  predictions: readonly Prediction[],
): LearnedModel {
  const rows = predictions.flatMap(({ unit, scores }) =>
    [...scores].map(([familyId, score]) => ({
      values: [Math.log(clamp(score) / (1 - clamp(score)))],
      isRight: unit.families.has(familyId),
      weight: CORPUS_WEIGHTS[unit.unit.corpus],
    })),
  );
  const { bias, weights } = fitLogistic(rows, { signs: [1], ridge: 0.01 });
  const scale = weights[0] ?? 1;
  const scaled = CONFIDENCE_FEATURES.map((name) => [name, model.weights[name] * scale]);
  return {
    ...model,
    bias: model.bias * scale + bias,
    weights: Object.fromEntries(scaled) as ConfidenceModel['weights'],
  };
}

function clamp(score: number): number {
  return Math.min(0.999, Math.max(0.001, score));
}

/** What a model that has not seen a unit says of it. */
export interface Prediction {
  readonly unit: ObservedUnit;
  /** Technique (sub-techniques as their parents) → confidence. */
  readonly scores: ReadonlyMap<string, number>;
  /** As claimed, sub-techniques kept. */
  readonly exact: ReadonlyMap<string, number>;
}

/** Parts of the training logs, of which the noise for each is learned on the others. */
const NOISE_FOLDS = 5;
const NOISE_STRENGTH = 10;
/** A dataset of one corpus claims thrice as many techniques as a file of the other, and there are fewer. */
const CORPUS_WEIGHTS: Readonly<Record<CorpusName, number>> = {
  'evtx-to-mitre': 1,
  'security-datasets': 0.7,
  benign: 0.5,
};
/** Signs that weights must have, so that more evidence never makes a technique less likely. */
const SIGNS: Readonly<Partial<Record<ConfidenceFeature, 1 | -1>>> = {
  level: 1,
  rules: 1,
  experimental: -1,
  focus: 1,
  behavior: 1,
  ownRule: 1,
  share: 1,
  quiet: 1,
  quietSum: 1,
  familyQuiet: 1,
};
const RIDGE = 1;

/** Learns noise and weights. The same units in the same order give the same model. */
export function trainModel(
  units: readonly ObservedUnit[],
  options: TrainOptions = {},
): LearnedModel {
  const { without = [] } = options;
  const learn = options.noise === false ? noNoise : learnNoise;
  const parts = units.map((_, index) => index % NOISE_FOLDS);
  const described = Array.from({ length: NOISE_FOLDS }, (_, part) => {
    const noise = learn(units.filter((_one, index) => parts[index] !== part));
    const held = units.filter((_one, index) => parts[index] === part);
    return held.flatMap((unit) => candidatesOf(unit, noise));
  }).flat();
  const used = CONFIDENCE_FEATURES.filter((name) => !without.includes(name));
  let fitted = fitRows(pickRows(described, undefined), used);
  // Which subject stands for a unit depends on the weights: two more rounds settle it.
  for (let round = 0; round < 2; round += 1) fitted = fitRows(pickRows(described, fitted), used);
  return { ...fitted, noise: learn(units) };
}

interface Candidate {
  readonly unit: ObservedUnit;
  readonly familyId: string;
  readonly features: FeatureValues;
}

function candidatesOf(unit: ObservedUnit, noise: NoiseTable): readonly Candidate[] {
  const subjects = describeSubjects(unit.counts, { noise });
  return [...subjects.values()].flatMap(({ families }) =>
    families.map(({ familyId, features }) => ({ unit, familyId, features })),
  );
}

type Weights = Pick<ConfidenceModel, 'bias' | 'weights'>;

/** One row a technique and unit: of its subjects the surest. */
function pickRows(
  candidates: readonly Candidate[],
  weights: Weights | undefined,
): readonly Candidate[] {
  const score = ({ features }: Candidate) =>
    weights === undefined ? features.quietSum + features.level : scoreFeatures(weights, features);
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { corpus, name } = candidate.unit.unit;
    const key = `${corpus} ${name} ${candidate.familyId}`;
    const known = best.get(key);
    if (known === undefined || score(candidate) > score(known)) best.set(key, candidate);
  }
  return [...best.values()];
}

function fitRows(rows: readonly Candidate[], used: readonly ConfidenceFeature[]): Weights {
  const fitRowsOf: readonly FitRow[] = rows.map(({ unit, familyId, features }) => ({
    values: used.map((name) => features[name]),
    isRight: unit.families.has(familyId),
    weight: CORPUS_WEIGHTS[unit.unit.corpus],
  }));
  const { bias, weights } = fitLogistic(fitRowsOf, {
    signs: used.map((name) => SIGNS[name]),
    ridge: RIDGE,
  });
  const byName = new Map(used.map((name, index) => [name, weights[index] ?? 0]));
  const all = CONFIDENCE_FEATURES.map((name) => [name, byName.get(name) ?? 0]);
  return { bias, weights: Object.fromEntries(all) as ConfidenceModel['weights'] };
}

/** Counts how often rules fire, and techniques are claimed, where no label says so. */
export function learnNoise(units: readonly ObservedUnit[]): NoiseTable {
  const counts = CORPORA.map((corpus) =>
    countNoise(units.filter(({ unit }) => unit.corpus === corpus)),
  );
  const all = countNoise(units);
  const expected = expectedNoise(units, all.wrong);
  const levels = new Map(
    units.flatMap(({ fired }) => fired.map(({ ruleId, level }) => [ruleId, level])),
  );
  const shareOf = (ruleId: string): number => {
    const prior = NOISE_STRENGTH * expected[levels.get(ruleId) ?? 'medium'];
    const shares = counts.map(({ wrong, tried, logs }) => {
      // Behaviours look at all logs.
      const tries = ruleId.startsWith('portolan:') ? logs : (tried.get(ruleId) ?? 0);
      return ((wrong.get(ruleId) ?? 0) + prior) / (tries + NOISE_STRENGTH);
    });
    return Math.max(...shares.filter((_, place) => counts[place]?.wrong.has(ruleId)));
  };
  const familyShare = (id: string): number =>
    Math.max(
      ...counts.map(({ families, logs }) => (families.get(id) ?? 0) / (logs + NOISE_STRENGTH)),
    );
  return {
    strength: NOISE_STRENGTH,
    expected,
    tried: joinPrefixes(all.tried),
    wrong: roundedRecord(all.wrong.keys(), shareOf),
    families: roundedRecord(all.families.keys(), familyShare),
  };
}

const CORPORA: readonly CorpusName[] = ['evtx-to-mitre', 'security-datasets', 'benign'];

interface NoiseCounts {
  readonly logs: number;
  readonly wrong: ReadonlyMap<string, number>;
  readonly tried: ReadonlyMap<string, number>;
  readonly families: ReadonlyMap<string, number>;
}

function countNoise(units: readonly ObservedUnit[]): NoiseCounts {
  const wrong = new Map<string, number>();
  const tried = new Map<string, number>();
  const families = new Map<string, number>();
  for (const unit of units) {
    for (const ruleId of wrongRules(unit)) increase(wrong, ruleId);
    for (const key of unit.tried) increase(tried, key);
    const claimed = new Set(unit.fired.flatMap(({ techniqueIds }) => techniqueIds.map(familyOf)));
    for (const id of claimed) if (!unit.families.has(id)) increase(families, id);
  }
  return { logs: units.length, wrong, tried, families };
}

/** Rules that fired in a unit without any of their techniques being labelled there. */
function wrongRules({ fired, families }: ObservedUnit): ReadonlySet<string> {
  const right = new Set<string>();
  for (const { ruleId, techniqueIds } of fired)
    if (techniqueIds.some((id) => families.has(familyOf(id)))) right.add(ruleId);
  return new Set(fired.map(({ ruleId }) => ruleId).filter((ruleId) => !right.has(ruleId)));
}

function joinPrefixes(tried: ReadonlyMap<string, number>): NoiseTable['tried'] {
  const byCount = new Map<number, string[]>();
  for (const [key, count] of tried) {
    const list = byCount.get(count) ?? [];
    byCount.set(count, list);
    list.push(noisePrefix(key));
  }
  const sorted = [...byCount].sort(([a], [b]) => a - b);
  return Object.fromEntries(sorted.map(([count, list]) => [count, list.sort().join('')]));
}

/** What to expect of a rule that was not tried and fires: the noise of those that fired, as often as they did, by level. */
function expectedNoise(
  units: readonly ObservedUnit[],
  wrong: ReadonlyMap<string, number>,
): NoiseTable['expected'] {
  const ofLevel = (level: SigmaLevel): number => {
    const logs = units.flatMap(({ fired }) => {
      const rules = fired.filter((rule) => rule.level === level);
      // Without the log itself: it is not to know its own answer.
      return rules.map(({ ruleId }) =>
        Math.log(Math.max(0.5, (wrong.get(ruleId) ?? 0) - 1) / Math.max(1, units.length)),
      );
    });
    const mean = (logs.reduce((sum, one) => sum + one, 0) - 4) / (logs.length + 1);
    return Math.round(Math.exp(mean) * 1e4) / 1e4;
  };
  return Object.fromEntries(
    SIGMA_LEVELS.map((level) => [level, ofLevel(level)]),
  ) as NoiseTable['expected'];
}

function noNoise(): NoiseTable {
  const expected = Object.fromEntries(SIGMA_LEVELS.map((level) => [level, 0.02]));
  return {
    strength: NOISE_STRENGTH,
    expected: expected as NoiseTable['expected'],
    tried: {},
    wrong: {},
    families: {},
  };
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function roundedRecord(
  keys: Iterable<string>,
  value: (key: string) => number,
): Readonly<Record<string, number>> {
  const rounded = [...keys].sort().map((key) => [key, Math.round(value(key) * 1e4) / 1e4]);
  return Object.fromEntries(rounded);
}

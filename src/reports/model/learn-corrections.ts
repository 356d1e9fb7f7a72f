import type { TechniqueId } from '../../model/index.js';
import type { Anchor } from './anchors.js';
import { confidencesOf, highestLabels } from './rank-sentence.js';
import type { ReportModel, SentenceVector, UserWeights } from './report-model.js';
import { scoreVector } from './score-sentence.js';
import { vectorOf } from './sentence-vector.js';

/** What a person said of a sentence. */
export interface Correction {
  readonly text: string;
  readonly techniqueId: TechniqueId;
  /** Whether the sentence shows the technique. */
  readonly isRight: boolean;
}

/** How well a model does on corrections and on anchors; shares 0..1, undefined when there was nothing to ask. */
export interface CorrectionScore {
  /** Of the sentences that show a technique: those where it comes first, and among the first five. */
  readonly first: number | undefined;
  readonly firstFive: number | undefined;
  /** Of the sentences that do not show a technique: those where it does not come first. */
  readonly avoided: number | undefined;
  /** Of the anchors: those whose technique comes first. */
  readonly anchors: number | undefined;
}

/** The effect of learning, measured on corrections that were not learned from. */
export interface CorrectionEffect {
  readonly corrections: number;
  readonly before: CorrectionScore;
  /** Each fifth of the corrections by weights learned from the other four; anchors by the weights of all. */
  readonly after: CorrectionScore;
}

const ROUNDS = 12;
const RATE = 1.2;
/** Share that a weight loses in each round: what few sentences say stays small. */
const DECAY = 0.02;
/** Anchors that are learned again beside each correction, so that their answers stay. */
const REPLAYED = 4;
const FOLDS = 5;
const SMALLEST_ERROR = 0.01;
const SMALLEST_WEIGHT = 0.01;

interface Lesson {
  readonly vector: SentenceVector;
  readonly label: number;
  readonly isRight: boolean;
}

/**
 * Learns weights that add to a model's own from a user's corrections. The model's weights do not move; anchors are learned
 * beside the corrections, so that what it knew stays known. Takes seconds for thousands of corrections.
 *
 * @param corrections of techniques that the model does not know are passed over; the order does not matter.
 */
export function learnCorrections(
  model: ReportModel,
  corrections: readonly Correction[],
  anchors: readonly Anchor[],
): UserWeights {
  return learnLessons(model, lessonsOf(model, corrections), anchors);
}

function lessonsOf(model: ReportModel, corrections: readonly Correction[]): readonly Lesson[] {
  const keyOf = ({ techniqueId, text }: Correction) => `${techniqueId} ${text}`;
  return [...corrections]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .flatMap(({ text, techniqueId, isRight }) => {
      const label = model.techniqueIds.indexOf(techniqueId);
      if (label === -1) return [];
      const { features, values, count } = vectorOf(model, text);
      const vector = { features: features.slice(0, count), values: values.slice(0, count), count };
      return [{ vector, label, isRight }];
    });
}

function learnLessons(
  model: ReportModel,
  lessons: readonly Lesson[],
  anchors: readonly Anchor[],
): UserWeights {
  const learned = new Map<number, Map<number, number>>();
  let next = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const rate = RATE * (1 - round / ROUNDS);
    for (const weights of learned.values()) {
      for (const [label, weight] of weights) weights.set(label, weight * (1 - DECAY));
    }
    for (const lesson of lessons) {
      learnOne(model, learned, { lesson, rate });
      for (let one = 0; one < REPLAYED && anchors.length > 0; one++) {
        const anchor = anchors[next++ % anchors.length] as Anchor;
        const vector = { ...anchor, count: anchor.features.length };
        learnOne(model, learned, { lesson: { vector, label: anchor.label, isRight: true }, rate });
      }
    }
  }
  return { byFeature: toPairs(learned), corrections: lessons.length };
}

/** A step down the gradient; only features that a correction has are ever moved, and only by corrections or replay. */
function learnOne(
  model: ReportModel,
  learned: Map<number, Map<number, number>>,
  { lesson, rate }: { readonly lesson: Lesson; readonly rate: number },
): void {
  const { vector, label, isRight } = lesson;
  const errors = errorsOf(
    { ...model, user: { byFeature: toPairs(learned, vector), corrections: 0 } },
    lesson,
  );
  if (Math.abs(errors[label] ?? 0) < SMALLEST_ERROR) return;
  const moved = [...errors.keys()].filter(
    (one) => Math.abs(errors[one] ?? 0) > SMALLEST_ERROR && (isRight || one === label),
  );
  for (let at = 0; at < vector.count; at++) {
    const feature = vector.features[at] ?? 0;
    let weights = learned.get(feature);
    if (weights === undefined) {
      weights = new Map();
      learned.set(feature, weights);
    }
    for (const one of moved) {
      const step = rate * (errors[one] ?? 0) * (vector.values[at] ?? 0);
      weights.set(one, (weights.get(one) ?? 0) - step);
    }
  }
}

/** Probability less what was wanted: 1 for what is right, 0 for what is not. */
function errorsOf(model: ReportModel, { vector, label, isRight }: Lesson): Float64Array {
  const confidences = confidencesOf(model, scoreVector(model, vector));
  if (isRight) confidences[label] = (confidences[label] ?? 0) - 1;
  return confidences;
}

/** Label and weight by turns, of all features or of those of one sentence. */
function toPairs(
  learned: ReadonlyMap<number, ReadonlyMap<number, number>>,
  only?: SentenceVector,
): ReadonlyMap<number, Float32Array> {
  const pairs = new Map<number, Float32Array>();
  const features = only === undefined ? learned.keys() : only.features.subarray(0, only.count);
  for (const feature of features) {
    const weights = learned.get(feature);
    if (weights === undefined) continue;
    const kept = [...weights].filter(
      ([, weight]) => only !== undefined || Math.abs(weight) >= SMALLEST_WEIGHT,
    );
    if (kept.length > 0) pairs.set(feature, Float32Array.from(kept.flat()));
  }
  return pairs;
}

/** What learning does to sentences that it does not see, and to what the model knew. */
export function measureCorrections(
  model: ReportModel,
  corrections: readonly Correction[],
  anchors: readonly Anchor[],
): CorrectionEffect {
  const lessons = lessonsOf(model, corrections);
  const bare = { ...model, user: undefined };
  const after = Array.from({ length: FOLDS }, (_, fold) => {
    const others = lessons.filter((__, at) => at % FOLDS !== fold);
    const user = learnLessons(bare, others, anchors);
    return lessons.flatMap((one, at) =>
      at % FOLDS === fold ? [placeOf({ ...model, user }, one)] : [],
    );
  }).flat();
  const all = { ...model, user: learnLessons(bare, lessons, anchors) };
  return {
    corrections: lessons.length,
    before: scoreOf(
      lessons.map((one) => placeOf(bare, one)),
      anchorShare(bare, anchors),
    ),
    after: scoreOf(after, anchorShare(all, anchors)),
  };
}

interface Place {
  readonly isRight: boolean;
  /** 0 = first, 5 = after the fifth. */
  readonly place: number;
}

function placeOf(model: ReportModel, { vector, label, isRight }: Lesson): Place {
  const scores = scoreVector(model, vector).subarray(0, model.techniqueIds.length);
  const place = highestLabels(scores, 5).indexOf(label);
  return { isRight, place: place === -1 ? 5 : place };
}

function scoreOf(places: readonly Place[], anchors: number | undefined): CorrectionScore {
  const right = places.filter(({ isRight }) => isRight);
  const wrong = places.filter(({ isRight }) => !isRight);
  const share = (some: readonly Place[], isGood: (place: number) => boolean) =>
    some.length === 0 ? undefined : some.filter(({ place }) => isGood(place)).length / some.length;
  return {
    first: share(right, (place) => place === 0),
    firstFive: share(right, (place) => place < 5),
    avoided: share(wrong, (place) => place !== 0),
    anchors,
  };
}

function anchorShare(model: ReportModel, anchors: readonly Anchor[]): number | undefined {
  if (anchors.length === 0) return undefined;
  const first = anchors.filter(({ label, features, values }) => {
    const scores = scoreVector(model, { features, values, count: features.length });
    return highestLabels(scores.subarray(0, model.techniqueIds.length), 1)[0] === label;
  });
  return first.length / anchors.length;
}

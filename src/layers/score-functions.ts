/** A score, or undefined = unscored. Truth is 1 and 0. */
export type Score = number | undefined;

/** A function of the score language. */
export interface ScoreFunction {
  readonly minArguments: number;
  /** Infinity = any number. */
  readonly maxArguments: number;
  apply(values: readonly Score[]): Score;
}

const MANY = Number.POSITIVE_INFINITY;

/** Over the scored values only; unscored when there is none. */
function overScored(apply: (scores: readonly number[]) => number): ScoreFunction {
  return {
    minArguments: 1,
    maxArguments: MANY,
    apply(values) {
      const scored = values.filter((value) => value !== undefined);
      return scored.length === 0 ? undefined : apply(scored);
    },
  };
}

/** Of one number; unscored stays unscored. */
function ofNumber(apply: (value: number) => number): ScoreFunction {
  return {
    minArguments: 1,
    maxArguments: 1,
    apply: ([value]) => (value === undefined ? undefined : apply(value)),
  };
}

const sum = (scores: readonly number[]): number =>
  scores.reduce((total, score) => total + score, 0);

function median(scores: readonly number[]): number {
  const sorted = scores.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

// Half away from zero, as people round; Math.round takes -2.5 to -2.
function roundTo(value: number, digits: number): number {
  const factor = 10 ** Math.min(15, Math.max(0, Math.trunc(digits)));
  const scaled = Math.abs(value) * factor;
  return Number.isFinite(scaled) ? (Math.sign(value) * Math.round(scaled)) / factor : value;
}

const average = overScored((scores) => sum(scores) / scores.length);

/** Every function of the score language. */
export const SCORE_FUNCTIONS: ReadonlyMap<string, ScoreFunction> = new Map<string, ScoreFunction>([
  ['min', overScored((scores) => Math.min(...scores))],
  ['max', overScored((scores) => Math.max(...scores))],
  ['avg', average],
  ['mean', average],
  ['median', overScored(median)],
  ['sum', overScored(sum)],
  [
    'count',
    {
      minArguments: 1,
      maxArguments: MANY,
      apply: (values) => values.filter((value) => value !== undefined).length,
    },
  ],
  ['abs', ofNumber(Math.abs)],
  ['floor', ofNumber(Math.floor)],
  ['ceil', ofNumber(Math.ceil)],
  ['sqrt', ofNumber(Math.sqrt)],
  ['sign', ofNumber(Math.sign)],
  [
    'round',
    {
      minArguments: 1,
      maxArguments: 2,
      apply: ([value, digits = 0]) => (value === undefined ? undefined : roundTo(value, digits)),
    },
  ],
  [
    'clamp',
    {
      minArguments: 3,
      maxArguments: 3,
      apply: ([value, least, most]) =>
        value === undefined || least === undefined || most === undefined
          ? undefined
          : Math.min(most, Math.max(least, value)),
    },
  ],
  ['scored', { minArguments: 1, maxArguments: 1, apply: ([value]) => Number(value !== undefined) }],
  ['or0', { minArguments: 1, maxArguments: 1, apply: ([value]) => value ?? 0 }],
  ['default', { minArguments: 2, maxArguments: 2, apply: ([value, other]) => value ?? other }],
]);

/** Names that stand for a value; layers are named by one letter, or a letter and a number, so none collides. */
export const SCORE_CONSTANTS: ReadonlyMap<string, Score> = new Map<string, Score>([
  ['pi', Math.PI],
  ['true', 1],
  ['false', 0],
  ['unscored', undefined],
]);

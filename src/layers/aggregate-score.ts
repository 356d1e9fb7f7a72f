import type { AggregateFunction, LayerLayout } from './layer.js';

/** Scores of a technique and its sub-techniques under one tactic; undefined = unscored. */
export interface TechniqueScores {
  readonly parent: number | undefined;
  readonly subtechniques: readonly (number | undefined)[];
}

const total = (scores: readonly number[]): number => scores.reduce((sum, score) => sum + score, 0);

// Loops, because a spread of many arguments overflows the stack.
const AGGREGATES: Readonly<Record<AggregateFunction, (scores: readonly number[]) => number>> = {
  average: (scores) => total(scores) / scores.length,
  min: (scores) => scores.reduce((least, score) => Math.min(least, score)),
  max: (scores) => scores.reduce((most, score) => Math.max(most, score)),
  sum: total,
};

/**
 * One score for a technique and its sub-techniques.
 *
 * A score of 0 counts as scored. With `countUnscored` every unscored one counts as 0, in all four functions.
 *
 * @returns rounded to two decimals; undefined when nothing is scored.
 */
export function aggregateScore(
  { parent, subtechniques }: TechniqueScores,
  { aggregateFunction, countUnscored }: Pick<LayerLayout, 'aggregateFunction' | 'countUnscored'>,
): number | undefined {
  const all = [parent, ...subtechniques];
  const scored = all.filter((score) => score !== undefined);
  if (scored.length === 0) return undefined;
  const counted = countUnscored ? all.map((score) => score ?? 0) : scored;
  return Number(AGGREGATES[aggregateFunction](counted).toFixed(2));
}

/**
 * Score of a technique on which several old ones land: the highest of those that have one. What was covered stays covered,
 * and adding up would leave the scale of the layer.
 *
 * @param scores undefined = unscored, which is not 0.
 * @returns undefined when none is scored.
 */
export function mergeScores(scores: readonly (number | undefined)[]): number | undefined {
  let highest: number | undefined;
  for (const score of scores) {
    if (score !== undefined && (highest === undefined || score > highest)) highest = score;
  }
  return highest;
}

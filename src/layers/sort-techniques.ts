import type { LayerSorting } from './layer.js';

// One collation for all machines: the order of an export must not depend on where it was made.
const byLetters = new Intl.Collator('en').compare;

/**
 * Sorts techniques, or anything with a name, as a layer asks.
 *
 * By score, unscored ones stand below every scored one (first ascending, last descending), for techniques and sub-techniques
 * alike; equal scores stand by name, A to Z.
 *
 * @param scoreOf the score that counts: the aggregate where the layer shows aggregates.
 * @returns a new list.
 */
export function sortTechniques<T extends { readonly name: string }>(
  techniques: readonly T[],
  sorting: LayerSorting,
  scoreOf: (technique: T) => number | undefined,
): readonly T[] {
  const byName = (a: T, b: T): number => byLetters(a.name, b.name);
  if (sorting === 0) return techniques.toSorted(byName);
  if (sorting === 1) return techniques.toSorted((a, b) => byName(b, a));
  const direction = sorting === 2 ? 1 : -1;
  const byScore = (a: T, b: T): number => {
    const [left, right] = [scoreOf(a), scoreOf(b)];
    if (left === right) return byName(a, b);
    return (
      direction *
      ((left ?? Number.NEGATIVE_INFINITY) < (right ?? Number.NEGATIVE_INFINITY) ? -1 : 1)
    );
  };
  return techniques.toSorted(byScore);
}

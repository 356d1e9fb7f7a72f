import type { CorrelationComparison } from '../sigma-rule.js';

/** Whether a number satisfies every comparison of a correlation's condition. */
export function compareNumber(
  value: number,
  comparisons: readonly CorrelationComparison[],
): boolean {
  return comparisons.every((one) => holds(value, one));
}

function holds(found: number, { comparison, value }: CorrelationComparison): boolean {
  switch (comparison) {
    case 'gt':
      return found > value;
    case 'gte':
      return found >= value;
    case 'lt':
      return found < value;
    case 'lte':
      return found <= value;
    case 'eq':
      return found === value;
    case 'neq':
      return found !== value;
  }
}

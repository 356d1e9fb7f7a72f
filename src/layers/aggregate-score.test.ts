import { describe, expect, it } from 'vitest';
import { aggregateScore } from './aggregate-score.js';
import { AGGREGATE_FUNCTIONS } from './layer.js';

const none = undefined;

describe('aggregateScore', () => {
  it.each([
    // parent, sub-techniques, [average, min, max, sum], the same when unscored ones count as 0
    [10, [20, 30], [20, 10, 30, 60], [20, 10, 30, 60]],
    [none, [20, 30], [25, 20, 30, 50], [16.67, 0, 30, 50]],
    [none, [20, none, 30], [25, 20, 30, 50], [12.5, 0, 30, 50]],
    [0, [100], [50, 0, 100, 100], [50, 0, 100, 100]],
    [none, [-5, -1], [-3, -5, -1, -6], [-2, -5, 0, -6]],
    [7, [], [7, 7, 7, 7], [7, 7, 7, 7]],
    [none, [1, 1, 2], [1.33, 1, 2, 4], [1, 0, 2, 4]],
    [none, [none], [none, none, none, none], [none, none, none, none]],
    [none, [], [none, none, none, none], [none, none, none, none]],
  ])(
    'makes of %s and %j: %j, and %j with unscored ones',
    (parent, subtechniques, scored, counted) => {
      const all = (countUnscored: boolean) =>
        AGGREGATE_FUNCTIONS.map((aggregateFunction) =>
          aggregateScore({ parent, subtechniques }, { aggregateFunction, countUnscored }),
        );
      expect(all(false)).toEqual(scored);
      expect(all(true)).toEqual(counted);
    },
  );

  it('leaves an unscored parent out of the minimum, where Navigator counts it as 0', () => {
    const scores = { parent: undefined, subtechniques: [40, 60] };
    expect(aggregateScore(scores, { aggregateFunction: 'min', countUnscored: false })).toBe(40);
  });
});

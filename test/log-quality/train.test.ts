import { describe, expect, it } from 'vitest';
import { labelOfPath } from '../../bench/log-quality-corpora.js';
import {
  chooseThreshold,
  crossPredict,
  foldOf,
  measure,
} from '../../bench/log-quality-evaluate.js';
import { fitLogistic } from '../../bench/log-quality-fit.js';
import type { ObservedUnit } from '../../bench/log-quality-observe.js';
import { learnNoise, trainModel } from '../../bench/log-quality-train.js';
import type { ConfidenceRule } from '../../src/app/map-confidence-rule.js';
import { createSubjectTally } from '../../src/app/map-confidence-subjects.js';

describe('fitLogistic', () => {
  it('finds the odds of a single feature', () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({
      values: [index % 2],
      // 3 of 4 where the feature is, 1 of 4 where it is not.
      isRight: index % 2 === 1 ? index % 8 !== 1 : index % 8 === 0,
      weight: 1,
    }));
    const { bias, weights } = fitLogistic(rows, { signs: [undefined], ridge: 1e-6 });
    expect(bias).toBeCloseTo(Math.log(1 / 3), 3);
    expect(weights[0]).toBeCloseTo(2 * Math.log(3), 3);
  });

  it('holds a weight of the wrong sign at 0', () => {
    const rows = [0, 1, 2, 3, 4, 5].map((value) => ({
      values: [value, 1],
      isRight: value < 3,
      weight: 1,
    }));
    expect(fitLogistic(rows, { signs: [1, 1], ridge: 1 }).weights[0]).toBe(0);
    expect(fitLogistic(rows, { signs: [-1, 1], ridge: 1 }).weights[0]).toBeLessThan(0);
  });
});

describe('labelOfPath', () => {
  it.each([
    ['TA0002/T1053.005-Scheduled Task/a.evtx', 'T1053.005'],
    ['TA0006/T1110.xxx-Brut force/T1003 in its name.evtx', 'T1110'],
    ['TA0006/T1003-Dumping/T1003.001-LSASS/a.evtx', 'T1003.001'],
    ['Antivirus/T1003/a.evtx', undefined],
    ['EVTX_full_APT_attack_steps/T1003/a.evtx', undefined],
    ['TA0006/a.evtx', undefined],
  ])('of %s is %s', (path, expected) => {
    expect(labelOfPath(path)).toBe(expected);
  });
});

function rule(ruleId: string, techniqueId: string): ConfidenceRule {
  const techniqueIds = [techniqueId];
  return {
    ruleId,
    level: 'medium',
    status: 'test',
    origin: 'pack-rule',
    sighting: undefined,
    techniqueIds,
  };
}

const RIGHT = rule('11111111-0000-4000-8000-000000000000', 'T1003.001');
const NOISY = rule('22222222-0000-4000-8000-000000000000', 'T1059.001');

/** Logs of one technique, in each of which a rule fires rightly and another one always. */
function makeUnits(count: number): readonly ObservedUnit[] {
  return Array.from({ length: count }, (_, index) => {
    const tally = createSubjectTally();
    for (const [place, one] of [RIGHT, NOISY].entries())
      tally.add({ rule: one, subject: 'ws01', time: undefined, source: '', record: String(place) });
    return {
      unit: {
        corpus: 'evtx-to-mitre',
        name: `log ${index}`,
        paths: [],
        techniqueIds: ['T1003.001'],
      },
      families: new Set(['T1003']),
      events: 2,
      counts: tally.counts(),
      fired: [RIGHT, NOISY],
      tried: new Set([RIGHT.ruleId, NOISY.ruleId]),
    };
  });
}

describe('training', () => {
  it('learns which rule is noise, and ranks by it on logs that it has not seen', () => {
    const predictions = crossPredict(makeUnits(40), 5, {});
    expect(predictions).toHaveLength(40);
    for (const { scores } of predictions)
      expect(scores.get('T1003')).toBeGreaterThan(scores.get('T1059') ?? 1);
    const threshold = chooseThreshold(predictions);
    expect(measure(predictions, threshold)).toMatchObject({ recall: 1, precision: 1, hit1: 1 });
  });

  it('counts only wrong fires as noise', () => {
    const { wrong } = learnNoise(makeUnits(40));
    expect(Object.keys(wrong)).toEqual([NOISY.ruleId]);
    expect(wrong[NOISY.ruleId]).toBeGreaterThan(0.7);
  });

  it('gives the same model for the same logs', () => {
    expect(trainModel(makeUnits(30))).toEqual(trainModel(makeUnits(30)));
  });

  it('spreads logs over folds by their names alone', () => {
    const units = makeUnits(200);
    const folds = units.map((unit) => foldOf(unit, 10));
    expect(new Set(folds).size).toBe(10);
    expect(units.slice(50).map((unit) => foldOf(unit, 10))).toEqual(folds.slice(50));
  });
});

describe('measure', () => {
  it('counts a technique that is listed in a log without an attack as wrong', () => {
    const [unit] = makeUnits(1);
    if (unit === undefined) throw new Error('expected a unit');
    const benign = { ...unit, families: new Set<string>() };
    const scores = new Map([
      ['T1003', 0.9],
      ['T1059', 0.2],
    ]);
    const predictions = [unit, benign].map((one) => ({ unit: one, scores, exact: scores }));
    expect(measure(predictions, 0.5)).toMatchObject({ recall: 1, precision: 0.5, claims: 2 });
    expect(measure(predictions, 0.1)).toMatchObject({ recall: 1, precision: 0.25, hit1: 0.5 });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONFIDENCE_OF_LEVEL, CONFIDENCE_OF_STATUS, ruleConfidence } from './map-confidence.js';
import { CONFIDENCE_FEATURES } from './map-confidence-features.js';
import {
  createNoiseLookup,
  explainFeatures,
  loadConfidenceModel,
  scoreFeatures,
} from './map-confidence-model.js';
import type { ConfidenceRule } from './map-confidence-rule.js';
import { createConfidenceTally } from './map-confidence-tally.js';

describe('ruleConfidence', () => {
  it('is what docs/map.md says', () => {
    const document = readFileSync('docs/map.md', 'utf8');
    for (const [level, value] of Object.entries(CONFIDENCE_OF_LEVEL))
      expect(document).toContain(`| ${level} | ${value.toFixed(2)} |`);
    for (const [status, value] of Object.entries(CONFIDENCE_OF_STATUS)) {
      if (status === 'unsupported') continue;
      const sign = value > 0 ? '+' : '−';
      const text = value === 0 ? '0' : sign + Math.abs(value).toFixed(2);
      expect(document).toContain(`| ${status} | ${text} |`);
    }
  });

  it.each([
    ['critical', 'stable', 0.9],
    ['high', 'test', 0.7],
    ['low', 'experimental', 0.2],
    ['informational', 'deprecated', 0.05],
  ] as const)('of a rule of level %s and status %s is %d', (level, status, expected) => {
    expect(ruleConfidence({ level, status })).toBeCloseTo(expected);
  });
});

const model = loadConfidenceModel();

function rule(changes: Partial<ConfidenceRule> = {}): ConfidenceRule {
  return {
    ruleId: 'made-up',
    level: 'medium',
    status: 'test',
    origin: 'pack-rule',
    sighting: undefined,
    techniqueIds: ['T1003.001'],
    ...changes,
  };
}

interface Seen {
  readonly rule: ConfidenceRule;
  readonly subject?: string;
  readonly time?: string;
  readonly record?: string;
}

function score(seen: readonly Seen[]) {
  const tally = createConfidenceTally(model);
  for (const [
    place,
    { subject = 'ws01', time, record = String(place), ...match },
  ] of seen.entries())
    tally.add({ ...match, subject, time, record, source: 'a.evtx' });
  return tally.score();
}

describe('createConfidenceTally', () => {
  const lsass = 'T1003.001';

  it('knows nothing of techniques that nothing claims', () => {
    expect(score([]).technique(lsass)).toBe(0);
    expect(score([{ rule: rule() }]).technique('T1110')).toBe(0);
  });

  it.each([
    ['a rule of a higher level', { level: 'low' }, { level: 'high' }],
    ['a mature rule', { status: 'experimental' }, { status: 'test' }],
    ['a rule of one technique', { techniqueIds: [lsass, 'T1059.001', 'T1105'] }, {}],
    ['a rule of ours', {}, { origin: 'own-rule' }],
    [
      'a surer behaviour',
      { origin: 'behavior', sighting: 0.2 },
      { origin: 'behavior', sighting: 0.9 },
    ],
  ] as const)('is surer of what %s says', (_, weak, strong) => {
    const [less, more] = [weak, strong].map((one) => score([{ rule: rule(one) }]).technique(lsass));
    expect(more).toBeGreaterThanOrEqual(less ?? 1);
  });

  it('says of each host what was seen there, and of the whole what the surest says', () => {
    const scores = score([
      { rule: rule({ level: 'high' }), subject: 'ws01' },
      { rule: rule({ ruleId: 'weak', status: 'experimental' }), subject: 'ws02' },
    ]);
    expect(scores.technique(lsass)).toBe(scores.subject(lsass, 'ws01'));
    expect(scores.subject(lsass, 'ws02')).toBeLessThan(scores.technique(lsass));
    expect(scores.subject(lsass, 'ws03')).toBe(0);
  });

  it('looks at each day by itself, and is not less sure because more was seen', () => {
    const [day, next] = ['2026-11-24T10:00:00.000Z', '2026-11-25T10:00:00.000Z'];
    const alone = score([{ rule: rule(), time: day }]).technique(lsass);
    const others = ['T1059', 'T1105', 'T1021'].map((id) => ({
      rule: rule({ ruleId: id, techniqueIds: [id] }),
      time: day,
    }));
    expect(score([{ rule: rule(), time: day }, ...others]).technique(lsass)).toBe(alone);
    const second = { rule: rule({ ruleId: 'second' }) };
    const apart = score([
      { rule: rule(), time: day },
      { ...second, time: next },
    ]);
    const together = score([
      { rule: rule(), time: day },
      { ...second, time: day },
    ]);
    expect(apart.technique(lsass)).toBe(alone);
    expect(together.technique(lsass)).toBeGreaterThanOrEqual(alone);
  });

  it('lists nothing for a behaviour that is unsure of itself, unless something else speaks for it', () => {
    const weak = { rule: rule({ ruleId: 'portolan:x', origin: 'behavior', sighting: 0.2 }) };
    const alone = score([weak]).technique(lsass);
    expect(alone).toBeLessThan(model.threshold);
    const beside = score([weak, { rule: rule() }]).technique(lsass);
    expect(beside).toBeGreaterThan(alone);
    expect(beside).toBeGreaterThanOrEqual(score([{ rule: rule() }]).technique(lsass));
  });

  it('gives a sub-technique no more than the best of its technique', () => {
    const scores = score([
      { rule: rule({ ruleId: 'a', level: 'high' }) },
      { rule: rule({ ruleId: 'b', level: 'low', techniqueIds: ['T1003.002'] }) },
    ]);
    expect(scores.technique('T1003.002')).toBeLessThan(scores.technique(lsass));
  });

  it('stays between 0 and 0.99 whatever fires', () => {
    const many = Array.from({ length: 200 }, (_, index) => ({
      rule: rule({ ruleId: `r${index}`, level: 'critical', origin: 'own-rule' }),
    }));
    const sure = score(many).technique(lsass);
    expect(sure).toBeGreaterThan(0.5);
    expect(sure).toBeLessThanOrEqual(0.99);
  });
});

describe('explainFeatures', () => {
  it('names what moved the confidence, and adds up to it', () => {
    const features = {
      ...Object.fromEntries(CONFIDENCE_FEATURES.map((name) => [name, 0])),
      quiet: 0.9,
      level: 0.5,
      focus: 1,
    } as Parameters<typeof scoreFeatures>[1];
    const parts = explainFeatures(model, features);
    const sum = parts.reduce((total, { logOdds }) => total + logOdds, model.bias);
    expect(scoreFeatures(model, features)).toBeCloseTo(1 / (1 + Math.exp(-sum)), 12);
    expect(parts[0]?.feature).toBe('quiet');
  });
});

describe('the model that ships', () => {
  it('has a weight for every feature, and says where it comes from', () => {
    expect(Object.keys(model.weights)).toEqual([...CONFIDENCE_FEATURES]);
    expect(model).toMatchObject({ licence: 'Apache-2.0', script: 'scripts/train-confidence.ts' });
    expect(readFileSync('data/models/log-confidence.json').length).toBeLessThan(100_000);
    expect(model.threshold).toBeGreaterThan(0);
    expect(model.threshold).toBeLessThan(1);
  });

  it('takes a rule that it does not know for noisier than one that it tried and that kept silent', () => {
    const noise = createNoiseLookup({
      ...model.noise,
      tried: { 200: '0123abcd' },
      wrong: { 'fedcba98-0000-4000-8000-000000000000': 0.3 },
    });
    const of = (ruleId: string) => noise.ofRule({ ruleId, level: 'medium' });
    const silent = of('0123abcd-0000-4000-8000-000000000000');
    expect(silent).toBeLessThan(of('another'));
    expect(of('another')).toBeLessThan(of('fedcba98-0000-4000-8000-000000000000'));
  });
});

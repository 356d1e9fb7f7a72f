import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openShipped } from '../attack/index.js';
import { AppError, formatIssue, isIssue } from '../model/index.js';
import { COLOR_BLIND_SAFE_SCALE } from './color-scales.js';
import { combineLayers, layerVariable } from './combine-layers.js';
import type { Inheritance } from './inherit-fields.js';
import type { Layer } from './layer.js';
import { readLayers } from './read-layers.js';
import { NAVIGATOR_GRADIENTS } from './score-color.js';
import { parseScoreExpression, type ScoreExpression } from './score-expression.js';
import { writeLayer } from './write-layer.js';

function layer(name: string, techniques: readonly object[], fields: object = {}): Layer {
  const [read] = readLayers(
    JSON.stringify({ domain: 'enterprise-attack', name, techniques, ...fields }),
  ).layers;
  if (read === undefined) throw new Error('no layer');
  return read;
}

function expressionOf(text: string): ScoreExpression {
  const expression = parseScoreExpression(text);
  if (isIssue(expression)) throw new Error(formatIssue(expression));
  return expression;
}

function combine(layers: readonly Layer[], text: string | undefined, inherit?: Inheritance) {
  return combineLayers({
    layers,
    expression: text === undefined ? undefined : expressionOf(text),
    name: 'result',
    inherit,
  });
}

const scoresOf = ({ techniques }: Layer): Record<string, number | undefined> =>
  Object.fromEntries(
    techniques.map(({ score, tactic, techniqueId }) => [
      `${techniqueId}${tactic === undefined ? '' : `/${tactic}`}`,
      score,
    ]),
  );

const threats = layer('threats', [
  { techniqueID: 'T1', score: 90 },
  { techniqueID: 'T2', score: 50 },
  { techniqueID: 'T3', comment: 'seen, not scored' },
]);
const detections = layer('detections', [
  { techniqueID: 'T2', score: 30 },
  { techniqueID: 'T3', score: 10 },
  { techniqueID: 'T4', score: 0 },
]);

describe('combineLayers', () => {
  it.each<[string, Record<string, number>]>([
    ['a - b', { T2: 20 }],
    ['or0(a) - or0(b)', { T1: 90, T2: 20, T3: -10, T4: 0 }],
    ['max(a, b)', { T1: 90, T2: 50, T3: 10, T4: 0 }],
    ['a and not b', { T1: 1, T2: 0, T3: 0, T4: 0 }],
    ['a > b ? a : unscored', { T2: 50 }],
  ])('scores by %s where a layer scores the technique', (text, expected) => {
    expect(scoresOf(combine([threats, detections], text).layer)).toEqual(expected);
  });

  it('does not score a technique that no layer scores, whatever the expression makes of it', () => {
    const { layer: result } = combine(
      [layer('x', [{ techniqueID: 'T1', comment: 'c' }])],
      'or0(a) + 5',
      { comments: 0 },
    );
    expect(result.techniques).toMatchObject([
      { techniqueId: 'T1', score: undefined, comment: 'c' },
    ]);
  });

  it('tells of scored cells for which no number comes out', () => {
    const { issues } = combine([threats, detections], 'a / b');
    expect(issues.map((issue) => issue.message)).toEqual([
      'the expression gives no number for 3 scored cells (a layer is unscored there, or it divides by 0); they are unscored',
    ]);
  });

  it('scores every technique of ATT&CK by an expression without layers', () => {
    const knowledgeBase = openShipped({ version: '18.1' });
    const { layer: result } = combineLayers({
      layers: [threats],
      expression: expressionOf('2 * 3'),
      name: 'r',
      knowledgeBase,
    });
    expect(result.techniques).toHaveLength(691 + 3);
    expect(new Set(result.techniques.map(({ score }) => score))).toEqual(new Set([6]));
  });

  it('lays an entry for all tactics over the tactics that another layer divides by', () => {
    const whole = layer('whole', [{ techniqueID: 'T1078', score: 1 }]);
    const divided = layer('divided', [{ techniqueID: 'T1078', tactic: 'persistence', score: 10 }]);
    expect(scoresOf(combine([whole, divided], 'a + or0(b)').layer)).toEqual({
      T1078: 1,
      'T1078/persistence': 11,
    });
    const knowledgeBase = openShipped({ version: '18.1' });
    const { layer: result } = combineLayers({
      layers: [whole, divided],
      expression: expressionOf('a + or0(b)'),
      name: 'r',
      knowledgeBase,
    });
    expect(scoresOf(result)).toEqual({
      'T1078/initial-access': 1,
      'T1078/persistence': 11,
      'T1078/privilege-escalation': 1,
      'T1078/defense-evasion': 1,
    });
  });

  describe('gradient', () => {
    it.each<[string, readonly object[], object]>([
      [
        'runs from the lowest to the highest score',
        [{ score: -20 }, { score: 30 }],
        { colors: COLOR_BLIND_SAFE_SCALE, minValue: -20, maxValue: 30 },
      ],
      [
        'is transparent to blue for exactly 0 to 1',
        [{ score: 0 }, { score: 1 }],
        { colors: NAVIGATOR_GRADIENTS.transparentblue, minValue: 0, maxValue: 1 },
      ],
      [
        'is 0 to 100 where all scores are alike',
        [{ score: 1 }, { score: 1 }],
        { colors: COLOR_BLIND_SAFE_SCALE, minValue: 0, maxValue: 100 },
      ],
      [
        'is widened to hold scores that are all alike',
        [{ score: 500 }],
        { minValue: 0, maxValue: 500 },
      ],
      [
        'is the default of the format where nothing is scored',
        [],
        { colors: NAVIGATOR_GRADIENTS.redgreen, minValue: 0, maxValue: 100 },
      ],
    ])('%s', (_, scores, expected) => {
      const techniques = scores.map((score, index) => ({ techniqueID: `T${index}`, ...score }));
      expect(combine([layer('x', techniques)], 'a').layer.gradient).toMatchObject(expected);
    });

    it('is as inherited when a layer is chosen for it', () => {
      const own = layer('own', [{ techniqueID: 'T1', score: 7 }], {
        gradient: { colors: ['#000', '#fff'], minValue: 1, maxValue: 9, x: 1 },
      });
      expect(combine([threats, own], 'b', { gradient: 1 }).layer.gradient).toEqual(own.gradient);
    });
  });

  describe('inheritance', () => {
    const rich = (name: string) =>
      layer(
        name,
        [
          {
            techniqueID: 'T1',
            score: 1,
            comment: `${name} says`,
            color: '#123456',
            enabled: false,
            links: [{ label: 'l', url: `https://example.com/${name}` }, { divider: true }],
            metadata: [{ name: 'n', value: name, x: 1 }],
          },
        ],
        { legendItems: [{ label: name, color: '#000' }], filters: { platforms: [name] } },
      );
    const layers = [rich('one'), rich('two')];

    it('takes nothing that is not asked for', () => {
      const { layer: result } = combine(layers, 'a + b');
      expect(result.techniques).toEqual([
        {
          techniqueId: 'T1',
          tactic: undefined,
          score: 2,
          comment: '',
          color: '',
          enabled: true,
          links: [],
          metadata: [],
          showSubtechniques: false,
          unknown: {},
        },
      ]);
      expect(result.legendItems).toEqual([]);
      expect(result.filters.platforms).toBeUndefined();
    });

    it('takes each field from the layer that is chosen for it', () => {
      const inherit = {
        comments: 0,
        links: 1,
        metadata: 1,
        colors: 0,
        enabled: 1,
        filters: 1,
        legend: 0,
      };
      const { layer: result } = combine(layers, undefined, inherit);
      expect(result.techniques).toMatchObject([
        {
          score: undefined,
          comment: 'one says',
          color: '#123456',
          enabled: false,
          metadata: [{ value: 'two', unknown: { x: 1 } }],
        },
      ]);
      expect(result.techniques[0]?.links).toEqual(layers[1]?.techniques[0]?.links);
      expect(result.filters.platforms).toEqual(['two']);
      expect(result.legendItems.map(({ label }) => label)).toEqual(['one']);
    });

    it("joins the fields of all layers, each with its layer's name", () => {
      const { layer: result } = combine(layers, 'a', {
        comments: 'all',
        links: 'all',
        metadata: 'all',
        legend: 'all',
      });
      expect(result.techniques[0]?.comment).toBe('one: one says\ntwo: two says');
      expect(result.techniques[0]?.links).toMatchObject([
        { label: 'one: l' },
        { kind: 'divider' },
        { label: 'two: l' },
        { kind: 'divider' },
      ]);
      expect(result.techniques[0]?.metadata).toMatchObject([
        { name: 'one: n' },
        { name: 'two: n' },
      ]);
      expect(result.legendItems).toHaveLength(2);
    });
  });

  it.each<[string, () => unknown, string]>([
    ['no layers', () => combine([], 'a'), 'found none'],
    [
      'a layer that is not there',
      () => combine([threats], 'a + b'),
      'expected layers a in the expression, found "b"',
    ],
    [
      'a name of no layer',
      () => combine([threats, threats], 'foo'),
      'expected layers a to b in the expression, found "foo"',
    ],
    [
      'two domains',
      () => combine([threats, { ...threats, domain: 'ics-attack' }], 'a'),
      'one domain, found enterprise-attack and ics-attack',
    ],
    [
      'two versions',
      () =>
        combine(
          [
            layer('x', [], { versions: { attack: '18' } }),
            layer('y', [], { versions: { attack: '19.1' } }),
          ],
          'a',
        ),
      'migrate them to one version first',
    ],
    [
      'a place of no layer',
      () => combine([threats], 'a', { comments: 1 }),
      'expected comments of layer 0 to 0, found 1',
    ],
  ])('refuses %s', (_, run, message) => {
    expect(run).toThrow(AppError);
    expect(run).toThrow(message);
  });

  it('takes layers of one version that label it in other ways, or not at all', () => {
    const layers = ['19', '19.1', undefined].map((attack) =>
      layer('x', [{ techniqueID: 'T1', score: 1 }], { versions: { attack } }),
    );
    expect(combine(layers, 'a + b + c').layer).toMatchObject({
      versions: { attack: '19' },
      techniques: [{ score: 3 }],
    });
  });

  it('makes a layer that is written and read back as it is', () => {
    const score = fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined });
    const technique = fc.record({
      techniqueID: fc.constantFrom('T1', 'T2', 'T3'),
      tactic: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
      score,
    });
    const layers = fc.array(fc.array(technique, { maxLength: 6 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(layers, ([a = [], b = [], c = []]) => {
        const { layer: result } = combine(
          [layer('a', a), layer('b', b), layer('c', c)],
          'max(a, b) - c',
          { comments: 'all' },
        );
        const [back] = readLayers(writeLayer(result)).layers;
        expect({ ...back, versions: result.versions }).toEqual(result);
        const keys = result.techniques.map(({ tactic, techniqueId }) => `${techniqueId} ${tactic}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

describe('layerVariable', () => {
  it('names layers by letters, and by letter and number beyond z', () => {
    expect([0, 1, 25, 26, 27, 52].map(layerVariable)).toEqual(['a', 'b', 'z', 'a2', 'b2', 'a3']);
  });

  it('names the fortieth layer so that an expression finds it', () => {
    const layers = Array.from({ length: 40 }, (_, index) =>
      layer('x', [{ techniqueID: 'T1', score: index }]),
    );
    expect(scoresOf(combine(layers, `${layerVariable(39)} + b`).layer)).toEqual({ T1: 40 });
  });
});

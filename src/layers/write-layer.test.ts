import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer } from './layer.js';
import { emptyLayer, LAYER_FORMAT } from './layer-defaults.js';
import { readLayers } from './read-layers.js';
import { writeLayer, writeLayers } from './write-layer.js';

const SHARED = '../shared/data/layers';
const found = existsSync(SHARED)
  ? readdirSync(SHARED, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    )
  : [];

/** Every field of format 4.5, none with its default, and an unknown field in every object. */
const FULL = {
  name: 'full',
  versions: { attack: '18', navigator: '5.2.0', layer: '4.5', x: 1 },
  domain: 'mobile-attack',
  customDataURL: 'https://example.com/bundle.json',
  description: 'd',
  filters: { platforms: ['Android'], x: { deep: [1, null, 'two'] } },
  sorting: 3,
  layout: {
    layout: 'mini',
    aggregateFunction: 'sum',
    showID: true,
    showName: false,
    showAggregateScores: true,
    countUnscored: true,
    expandedSubtechniques: 'annotated',
    x: 2,
  },
  hideDisabled: true,
  techniques: [
    {
      techniqueID: 'T1059.001',
      tactic: 'execution',
      score: 0,
      color: '#FF00ff80',
      comment: 'c',
      enabled: false,
      metadata: [
        { name: 'n', value: 'v', x: 3 },
        { divider: true, x: 4 },
      ],
      links: [{ label: 'l', url: 'https://example.com', x: 5 }, { divider: true }],
      showSubtechniques: true,
      x: [6],
    },
    { techniqueID: 'T1059.001', tactic: 'execution', score: -1.5 },
    { techniqueID: 'T9999' },
  ],
  gradient: { colors: ['red', '#ffffff00', '#66b1ff'], minValue: -1, maxValue: 1, x: 7 },
  legendItems: [{ label: 'l', color: 'RED', x: 8 }],
  showTacticRowBackground: true,
  tacticRowBackground: '#123456',
  selectTechniquesAcrossTactics: false,
  selectSubtechniquesWithParent: true,
  selectVisibleTechniques: true,
  metadata: [{ name: 'n', value: 'v' }],
  links: [{ label: 'l', url: 'u' }],
  x: { y: 'z' },
};

/** Fields that are wrong or strange; each must come back as it was. */
const WRONG = {
  name: 5,
  versions: { layer: '4.5', attack: ['18'] },
  domain: 'enterprise-attack',
  description: null,
  filters: [],
  sorting: 'up',
  layout: 'side',
  techniques: [{ techniqueID: 'T1', score: '5', enabled: 'no', links: { a: 1 } }, 7, { score: 1 }],
  gradient: { colors: ['#fff'], minValue: '0' },
  legendItems: [{ label: 1 }, null],
  metadata: 'm',
  links: [{ label: 'l', url: 5 }, []],
};

function readOne(text: string): Layer {
  const [layer] = readLayers(text).layers;
  if (layer === undefined) throw new Error(`no layer in ${text.slice(0, 80)}`);
  return layer;
}

const parse = (text: string): Record<string, unknown> =>
  JSON.parse(text) as Record<string, unknown>;

// Values that an absent field has by the format, so that writing may add or leave them out.
const DEFAULTS: Readonly<Record<string, readonly unknown[]>> = {
  comment: [''],
  color: [''],
  description: [''],
  enabled: [true],
  showSubtechniques: [false],
  metadata: [[]],
  links: [[]],
  legendItems: [[]],
  filters: [{}],
};

/** The parts of `before` that `after` lacks or has otherwise, as paths. */
function lost(before: unknown, after: unknown, path = ''): readonly string[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => lost(item, after[index], `${path}[${index}]`));
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject(before) && isObject(after)) {
    return Object.entries(before).flatMap(([name, value]) => {
      const isDefault = DEFAULTS[name]?.some(
        (item) => JSON.stringify(item) === JSON.stringify(value),
      );
      if (isDefault && !Object.hasOwn(after, name)) return [];
      return lost(value, after[name], `${path}.${name}`);
    });
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

describe('writeLayer', () => {
  it('writes every field of format 4.5 and every unknown field as it was read', () => {
    expect(parse(writeLayer(readOne(JSON.stringify(FULL))))).toEqual(FULL);
  });

  it('writes back what was not of its type', () => {
    const written = parse(writeLayer(readOne(JSON.stringify(WRONG))));
    expect(written).toMatchObject({
      ...WRONG,
      versions: { layer: '4.5', attack: ['18'] },
      legendItems: [{ label: 1 }, null],
    });
  });

  it('writes a field that has been set since in place of what was not of its type', () => {
    const layer = readOne(JSON.stringify(WRONG));
    const [technique] = layer.techniques;
    if (technique === undefined) throw new Error('no technique');
    const written = writeLayer({ ...layer, sorting: 2, techniques: [{ ...technique, score: 9 }] });
    expect(parse(written)['sorting']).toBe(2);
    expect(parse(written)['techniques']).toMatchObject([
      { score: 9, enabled: 'no' },
      7,
      { score: 1 },
    ]);
  });

  it('labels what it writes as format 4.5 for the oldest Navigator that reads it', () => {
    const written = parse(
      writeLayer(readOne('{"version":"3.0","name":"n","domain":"mitre-enterprise"}')),
    );
    expect(written).toMatchObject({
      domain: 'enterprise-attack',
      versions: { layer: '4.5', navigator: '4.9.0' },
    });
    expect(written).not.toHaveProperty('version');
  });

  it('writes a layer that has nothing to say as a whole layer', () => {
    const layer = emptyLayer({ name: 'n', domain: 'ics-attack', attackVersion: '18.1' });
    expect(readOne(writeLayer(layer))).toEqual({
      ...layer,
      versions: { ...layer.versions, navigator: '4.9.0' },
    });
  });

  it('keeps a field named __proto__', () => {
    const text =
      '{"domain":"ics-attack","name":"n","techniques":[{"techniqueID":"T1","__proto__":{"a":1}}]}';
    expect(writeLayer(readOne(text))).toContain('"__proto__":{"a":1}');
  });

  it('indents by tabs when asked to', () => {
    expect(writeLayer(readOne(JSON.stringify(FULL)), { pretty: true })).toContain('\n\t"name"');
  });

  it('writes several layers as a list that reads back', () => {
    const layers = [FULL, { ...FULL, name: 'other' }].map((json) => readOne(JSON.stringify(json)));
    expect(readLayers(writeLayers(layers)).layers).toEqual(layers);
  });

  it('reads back any layer that it writes, as it was', () => {
    const name = fc.constantFrom(
      'name',
      'description',
      'filters',
      'layout',
      'gradient',
      'techniques',
      'links',
      'metadata',
      'sorting',
      'extra',
    );
    const technique = fc.dictionary(
      fc.constantFrom(
        'techniqueID',
        'tactic',
        'score',
        'color',
        'enabled',
        'links',
        'metadata',
        'extra',
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const value = fc.oneof(fc.array(technique), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(fc.dictionary(name, value), (fields) => {
        const first = readOne(JSON.stringify({ domain: 'enterprise-attack', ...fields }));
        const second = readOne(writeLayer(first));
        expect({ ...second, versions: first.versions }).toEqual(first);
      }),
    );
  });

  it.skipIf(found.length === 0).each(found.length === 0 ? ['none'] : found)(
    'saves %s so that it loads as it was (needs ../shared/data)',
    (name) => {
      const text = readFileSync(`${SHARED}/${name}`, 'utf8');
      const layer = readOne(text);
      const written = writeLayer(layer);
      expect({ ...readOne(written), versions: layer.versions }).toEqual(layer);
      const before = parse(text);
      if (layer.versions.layer === LAYER_FORMAT) expect(lost(before, parse(written))).toEqual([]);
      else expect(lost(before['techniques'], parse(written)['techniques'])).toEqual([]);
    },
  );
});

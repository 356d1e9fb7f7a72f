import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIssue } from '../model/index.js';
import type { Layer } from './layer.js';
import { DEFAULT_GRADIENT, DEFAULT_LAYOUT } from './layer-defaults.js';
import { MAX_LAYER_ISSUES, MAX_LAYER_TECHNIQUES, MAX_LAYERS, readLayers } from './read-layers.js';

/** One layer a format, made by hand from the format's specification. */
const OF_FORMAT: readonly { format: string; json: object; expected: Partial<Layer> }[] = [
  {
    format: '1.0',
    json: {
      version: '1.0',
      name: 'one',
      domain: 'mitre-enterprise',
      filters: { stages: ['act'], platforms: ['windows', 'mac'] },
      viewFullTable: false,
      techniques: [{ techniqueID: 'T1156', enabled: false }],
    },
    expected: {
      domain: 'enterprise-attack',
      filters: { platforms: ['Windows', 'macOS'], unknown: { stages: ['act'] } },
      layout: { ...DEFAULT_LAYOUT, showId: true, showName: false },
      unknown: {},
    },
  },
  {
    format: '1.1',
    json: {
      version: '1.1',
      name: 'n',
      domain: 'mitre-mobile',
      viewMode: 2,
      filters: { platforms: ['ios'] },
    },
    expected: {
      domain: 'mobile-attack',
      filters: { platforms: ['iOS'], unknown: {} },
      layout: { ...DEFAULT_LAYOUT, layout: 'mini', showName: false },
    },
  },
  {
    format: '1.2',
    json: {
      version: '1.2',
      name: 'n',
      domain: 'mitre-enterprise',
      legendItems: [{ label: 'seen', color: '#ff00ff' }],
      showTacticRowBackground: true,
    },
    expected: {
      legendItems: [{ label: 'seen', color: '#ff00ff', unknown: {} }],
      showTacticRowBackground: true,
    },
  },
  {
    format: '1.3',
    json: { version: '1.3', name: 'n', domain: 'mitre-enterprise', tacticRowBackground: '#205b8f' },
    expected: { tacticRowBackground: '#205b8f' },
  },
  {
    format: '2.0',
    json: { version: '2.0', name: 'n', domain: 'mitre-enterprise', viewMode: 1 },
    expected: { layout: { ...DEFAULT_LAYOUT, showId: true, showName: false } },
  },
  {
    format: '2.1',
    json: {
      version: '2.1',
      name: 'n',
      domain: 'mitre-enterprise',
      selectTechniquesAcrossTactics: false,
      metadata: [{ name: 'k', value: 'v' }],
    },
    expected: {
      selectTechniquesAcrossTactics: false,
      metadata: [{ kind: 'metadata', name: 'k', value: 'v', unknown: {} }],
    },
  },
  {
    format: '2.2',
    json: {
      version: '2.2',
      name: 'n',
      domain: 'mitre-enterprise',
      filters: { platforms: ['AWS', 'GCP', 'Linux'] },
    },
    expected: { filters: { platforms: ['IaaS', 'Linux'], unknown: {} } },
  },
  {
    format: '3.0',
    json: {
      version: '3.0',
      name: 'n',
      domain: 'mitre-enterprise',
      selectSubtechniquesWithParent: true,
    },
    expected: { selectSubtechniquesWithParent: true },
  },
  {
    format: '4.0',
    json: {
      version: '4.0',
      name: 'n',
      domain: 'mitre-enterprise',
      layout: { layout: 'flat', showID: true },
    },
    expected: { layout: { ...DEFAULT_LAYOUT, layout: 'flat', showId: true } },
  },
  ...['4.1', '4.2', '4.3', '4.4', '4.5'].map((format) => ({
    format,
    json: {
      versions: { attack: '18', navigator: '5.2.0', layer: format },
      name: 'n',
      domain: 'ics-attack',
      metadata: [{ divider: true }],
      links: [{ label: 'l', url: 'https://example.com' }],
    },
    expected: {
      domain: 'ics-attack' as const,
      versions: { attack: '18', navigator: '5.2.0', layer: format, unknown: {} },
      metadata: [{ kind: 'divider' as const, divider: true, unknown: {} }],
      links: [{ kind: 'link' as const, label: 'l', url: 'https://example.com', unknown: {} }],
    },
  })),
];

const BASE = { name: 'n', versions: { layer: '4.5' }, domain: 'enterprise-attack' };

function readOne(json: object): { layer: Layer | undefined; lines: readonly string[] } {
  const { layers, issues } = readLayers(JSON.stringify(json), { source: 'layer.json' });
  return { layer: layers[0], lines: issues.map(formatIssue) };
}

describe('readLayers', () => {
  it.each(OF_FORMAT)('reads format $format', ({ format, json, expected }) => {
    const { layer, lines } = readOne(json);
    expect(lines).toEqual([]);
    expect(layer).toMatchObject(expected);
    expect(layer?.versions.layer).toBe(format);
  });

  it('keeps the names of clouds that a layer of format 4.5 filters by', () => {
    const { layer } = readOne({ ...BASE, filters: { platforms: ['AWS', 'windows'] } });
    expect(layer?.filters.platforms).toEqual(['AWS', 'windows']);
  });

  it('reads a list of layers and names the layer that is wrong', () => {
    const text = JSON.stringify([
      BASE,
      7,
      { ...BASE, techniques: [{ techniqueID: 'T1', score: 'high' }] },
    ]);
    const { layers, issues } = readLayers(text, { source: 'l.json' });
    expect(layers).toHaveLength(2);
    expect(issues.map(formatIssue)).toEqual([
      'l.json at [1]: expected a Navigator layer with a domain and techniques, found 7 [LAYER_INVALID]',
      'l.json at [2].techniques[0].score: expected a number, found "high" [LAYER_FIELD]',
    ]);
  });

  it('gives a layer without any field but its domain the defaults of the format', () => {
    const { layer } = readOne(BASE);
    expect(layer).toMatchObject({
      gradient: DEFAULT_GRADIENT,
      layout: DEFAULT_LAYOUT,
      filters: { platforms: undefined },
      sorting: 0,
      hideDisabled: false,
      techniques: [],
      selectTechniquesAcrossTactics: true,
      selectSubtechniquesWithParent: false,
      tacticRowBackground: '#dddddd',
    });
  });

  it.each([
    [
      { techniques: [{ techniqueID: 'T1059', score: 'high' }] },
      'techniques[0].score: expected a number, found "high"',
    ],
    [
      { techniques: [{ techniqueID: 'T1059', score: null }] },
      'techniques[0].score: expected a number, found null',
    ],
    [
      { techniques: [{ techniqueID: 5 }] },
      'techniques[0].techniqueID: expected a technique id, found 5',
    ],
    [
      { techniques: [{ score: 5 }] },
      'techniques[0].techniqueID: expected a technique id, found nothing',
    ],
    [{ techniques: ['T1059'] }, 'techniques[0]: expected an object, found "T1059"'],
    [
      { techniques: { T1059: 1 } },
      'techniques: expected a list of at most 100000, found an object',
    ],
    [
      { techniques: [{ techniqueID: 'T1', links: [{ label: 'a' }] }] },
      'techniques[0].links[0].url: expected a text, found nothing',
    ],
    [
      { techniques: [{ techniqueID: 'T1', color: 'javascript:x' }] },
      'techniques[0].color: expected a color, found "javascript:x"',
    ],
    [{ layout: { layout: 'round' } }, 'layout.layout: expected side, flat or mini, found "round"'],
    [{ sorting: 4 }, 'sorting: expected 0, 1, 2 or 3, found 4'],
    [
      { gradient: { colors: ['#fff'] } },
      'gradient.colors: expected a list of two or more colors, found a list of 1',
    ],
    [
      { filters: { platforms: 'Windows' } },
      'filters.platforms: expected a list of texts, found "Windows"',
    ],
    [
      { domain: 'pre-attack' },
      'domain: expected enterprise-attack, mobile-attack or ics-attack, found "pre-attack"',
    ],
    [
      { versions: { layer: '9.1' } },
      'versions.layer: expected a layer format from 1.0 to 4.5, found "9.1"',
    ],
    [
      { versions: { layer: '4.5' }, hideDisabled: 'a\u001b[31m\u202eb' },
      'hideDisabled: expected true or false, found "a?[31m?b"',
    ],
  ])('names the place of a field that is not of its type: %j', (fields, expected) => {
    const { layer, lines } = readOne({ ...BASE, ...fields });
    expect(lines).toEqual([`layer.json at ${expected} [LAYER_FIELD]`]);
    expect(layer).toBeDefined();
  });

  it('keeps a wrong value in the unknown fields of its object and does not use it', () => {
    const { layer } = readOne({
      ...BASE,
      sorting: 'up',
      techniques: [{ techniqueID: 'T1', score: '5' }],
    });
    expect(layer?.sorting).toBe(0);
    expect(layer?.unknown).toEqual({ sorting: 'up' });
    expect(layer?.techniques[0]?.score).toBeUndefined();
    expect(layer?.techniques[0]?.unknown).toEqual({ score: '5' });
  });

  it('keeps duplicates, unknown ids and hostile texts as they are', () => {
    const hostile = '</script><svg onload=alert(1)>=cmd|"/c calc"!A0\u0000';
    const techniques = ['T1059', 'T1059', 'T9999', hostile].map((techniqueID) => ({
      techniqueID,
      comment: hostile,
    }));
    const { layer, lines } = readOne({ ...BASE, techniques });
    expect(lines).toEqual([]);
    expect(layer?.techniques.map(({ techniqueId }) => techniqueId)).toEqual([
      'T1059',
      'T1059',
      'T9999',
      hostile,
    ]);
    expect(layer?.techniques.every(({ comment }) => comment === hostile)).toBe(true);
  });

  it('keeps a field named __proto__ a field', () => {
    const { layers } = readLayers(
      '{"domain":"enterprise-attack","name":"n","__proto__":{"polluted":1}}',
    );
    expect(Object.hasOwn(layers[0]?.unknown ?? {}, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('reads numbers where files write versions as numbers', () => {
    const { layer } = readOne({ ...BASE, versions: { attack: 18, layer: 4.5 } });
    expect(layer?.versions).toMatchObject({ attack: '18', layer: '4.5' });
  });

  it.each([
    ['', 'JSON_INVALID'],
    ['{"name":', 'JSON_INVALID'],
    ['{}', 'LAYER_INVALID'],
    ['[]', 'LAYER_INVALID'],
    ['null', 'LAYER_INVALID'],
    ['"T1059"', 'LAYER_INVALID'],
    ['{"type":"bundle","id":"bundle--1","objects":[]}', 'LAYER_INVALID'],
    [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'JSON_TOO_DEEP'],
    [`{"domain":"ics-attack","x":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`, 'JSON_TOO_DEEP'],
  ])('answers %.40s with one Issue and no layer', (text, code) => {
    const { layers, issues } = readLayers(text);
    expect(layers).toEqual([]);
    expect(issues.map((issue) => issue.code)).toEqual([code]);
    expect(issues[0]?.message).not.toContain('\n');
  });

  it('refuses a layer of a million techniques in one line that names its place', () => {
    const techniques = `[${'{"techniqueID":"T1059"},'.repeat(999_999)}{"techniqueID":"T1059"}]`;
    const text = `{"name":"n","domain":"enterprise-attack","techniques":${techniques}}`;
    const { layers, issues } = readLayers(text, { source: 'big.json' });
    expect(layers).toEqual([]);
    expect(issues.map(formatIssue)).toEqual([
      'big.json at techniques: expected at most 100000 techniques, found 1000000 [INPUT_TOO_LARGE]',
    ]);
  });

  it('reads the first thousand layers of a file, and says that there are more', () => {
    const text = `[${'{"techniques":[]},'.repeat(99_999)}{"techniques":[]}]`;
    const { layers, issues } = readLayers(text, { source: 'many.json' });
    expect(layers).toHaveLength(MAX_LAYERS);
    expect(issues.map(formatIssue).at(-1)).toBe(
      'many.json: expected at most 1000 layers, found 100000; the first 1000 are read [INPUT_TOO_LARGE]',
    );
  });

  it('counts what is wrong beyond the first 500 Issues of a file', () => {
    const { issues } = readLayers(JSON.stringify(Array.from({ length: 900 }, () => 1)));
    expect(issues).toHaveLength(501);
    expect(issues.at(-1)?.message).toBe('400 more things are wrong with layers after these');
  });

  it('keeps a list of more entries than it reads whole among the unknown fields', () => {
    const metadata = Array.from({ length: 100_001 }, () => ({ name: 'n', value: 'v' }));
    const { layer, lines } = readOne({ ...BASE, metadata });
    expect(lines).toEqual([
      'layer.json at metadata: expected a list of at most 100000, found a list of 100001 [LAYER_FIELD]',
    ]);
    expect(layer?.metadata).toEqual([]);
    expect(layer?.unknown).toEqual({ metadata });
  });

  it('reads as many techniques as it says it does, and counts Issues beyond the limit instead of telling them', () => {
    const techniques = Array.from({ length: MAX_LAYER_TECHNIQUES }, () => ({
      techniqueID: 'T1',
      score: 'x',
    }));
    const { layers, issues } = readLayers(JSON.stringify({ ...BASE, techniques }));
    expect(layers[0]?.techniques).toHaveLength(MAX_LAYER_TECHNIQUES);
    expect(issues).toHaveLength(MAX_LAYER_ISSUES + 1);
    expect(issues.at(-1)?.message).toContain(String(MAX_LAYER_TECHNIQUES - MAX_LAYER_ISSUES));
  });

  it('answers any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readLayers(text)),
    );
  });

  it('answers any bytes decoded as text without throwing', () => {
    const decoder = new TextDecoder();
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (bytes) => void readLayers(decoder.decode(bytes)),
      ),
    );
  });

  it('reads any JSON in the place of any field, and loses none of it', () => {
    const names = [
      'name',
      'versions',
      'filters',
      'layout',
      'gradient',
      'techniques',
      'metadata',
      'legendItems',
      'sorting',
    ];
    const layerJson = fc.dictionary(
      fc.constantFrom(...names, 'extra'),
      fc.jsonValue({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(layerJson, (fields) => {
        const { layers } = readLayers(JSON.stringify({ ...fields, domain: 'ics-attack' }));
        expect(layers).toHaveLength(1);
      }),
    );
  });
});

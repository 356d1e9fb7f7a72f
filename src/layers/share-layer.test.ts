import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openShipped } from '../attack/index.js';
import { AppError } from '../model/index.js';
import { fromBase64url, toBase64url } from './base64url.js';
import { crc32 } from './checksum.js';
import type { Layer, LayerTechnique } from './layer.js';
import { emptyLayer } from './layer-defaults.js';
import { readLayers } from './read-layers.js';
import { layerFromFragment, layerToFragment, MAX_FRAGMENT_CHARS } from './share-layer.js';
import { sharedIds } from './shared-ids.table.js';

const SHARED = '../shared/data/layers';
const found = existsSync(SHARED)
  ? readdirSync(SHARED, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    )
  : [];

const EMPTY = emptyLayer({ name: 'Coverage', domain: 'enterprise-attack', attackVersion: '19.1' });

function technique(techniqueId: string, fields: Partial<LayerTechnique> = {}): LayerTechnique {
  return {
    techniqueId,
    tactic: undefined,
    comment: '',
    enabled: true,
    score: undefined,
    color: '',
    metadata: [],
    links: [],
    showSubtechniques: false,
    unknown: {},
    ...fields,
  };
}

function readOne(text: string): Layer {
  const [layer] = readLayers(text).layers;
  if (layer === undefined) throw new Error('no layer');
  return layer;
}

function reopen(fragment: string): Layer {
  const { layer, issues } = layerFromFragment(fragment);
  if (layer === undefined) throw new Error(issues[0]?.message);
  return layer;
}

/** The layer as a link gives it back: techniques by id, and the format that it was written in. */
function asShared(layer: Layer): Layer {
  const place = new Map(sharedIds(layer.domain).map((id, index) => [id, index]));
  const of = (entry: LayerTechnique): number =>
    place.get(entry.techniqueId) ?? Number.POSITIVE_INFINITY;
  const order = (a: LayerTechnique, b: LayerTechnique): number =>
    of(a) === of(b) ? 0 : of(a) - of(b);
  return {
    ...layer,
    versions: { ...layer.versions, layer: '4.5' },
    techniques: layer.techniques.toSorted(order),
  };
}

/** Numbers 0..1 that are the same in every run. Source: Numerical Recipes, "quick and dirty" generator. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe('layerToFragment', () => {
  it.each([1, 2, 3, 4, 5])(
    'holds all 697 techniques with random scores of 0 to 100 in 1,000 characters (seed %d)',
    (seed) => {
      const random = randomFrom(seed);
      const ids = openShipped({ version: '19.1' })
        .ofKind('technique')
        .map(({ attackId }) => attackId);
      expect(ids).toHaveLength(697);
      const techniques = ids.map((id) => technique(id, { score: Math.floor(random() * 101) }));
      const layer = { ...EMPTY, description: 'What we detect, by technique', techniques };
      const fragment = layerToFragment(layer);
      expect(fragment.length).toBeLessThanOrEqual(1_000);
      expect(fragment).toMatch(/^layer=[\w-]+$/);
      expect(reopen(fragment)).toEqual(asShared(layer));
    },
  );

  it('holds every field, known and unknown', () => {
    const layer = readOne(
      JSON.stringify({
        name: 'näme \u007f \ud800 😀',
        versions: { attack: '18', navigator: '5.2.0', layer: '4.5', x: 1 },
        domain: 'mobile-attack',
        customDataURL: 'u',
        description: 'line\nline',
        filters: { platforms: ['Android'], x: 1 },
        sorting: 3,
        layout: { layout: 'flat', showID: true, x: 2 },
        hideDisabled: true,
        techniques: [
          {
            techniqueID: 'T1404',
            tactic: 'privilege-escalation',
            score: 0.5,
            color: 'red',
            comment: 'T1404 \u007f T1404',
            enabled: false,
            showSubtechniques: true,
            x: { y: [1] },
          },
          { techniqueID: 'T1404', tactic: 'privilege-escalation', score: -1 },
          { techniqueID: 'T1404', score: 'high', tactic: 5, color: '#zzz', enabled: 'no' },
          {
            techniqueID: 'T9999',
            links: [{ label: 'l', url: 'u', x: 1 }, { divider: true }],
            metadata: [{ name: 'n', value: 'v' }],
          },
          7,
        ],
        gradient: { colors: ['#000', '#fff'], minValue: -1, maxValue: 1 },
        legendItems: [{ label: 'l', color: '#fff' }],
        tacticRowBackground: '#123456',
        selectTechniquesAcrossTactics: false,
        metadata: 'wrong',
        extra: { __proto__: null, a: [] },
      }),
    );
    expect(reopen(layerToFragment(layer))).toEqual(layer);
  });

  it('keeps the order of the entries of one technique, however many there are', () => {
    const techniques = Array.from({ length: 30 }, (_, score) =>
      technique('T1059', { score, tactic: `t${score % 3}` }),
    );
    expect(reopen(layerToFragment({ ...EMPTY, techniques })).techniques).toEqual(techniques);
  });

  it('holds more different scores, colors and tactics than it has room for in its tables', () => {
    const ids = sharedIds('enterprise-attack');
    const techniques = Array.from({ length: 3_000 }, (_, index) =>
      technique(ids[index % ids.length] ?? '', {
        score: index / 7,
        tactic: `t${index}`,
        color: `#${index.toString(16).padStart(6, '0')}`,
      }),
    );
    const layer = { ...EMPTY, techniques };
    expect(reopen(layerToFragment(layer)).techniques).toEqual(asShared(layer).techniques);
  });

  it('refuses a layer that no address holds', () => {
    const random = randomFrom(9);
    const comment = Array.from({ length: 2_000_000 }, () =>
      String.fromCharCode(33 + Math.floor(random() * 90)),
    ).join('');
    expect(() => layerToFragment({ ...EMPTY, description: comment })).toThrow(AppError);
  });

  it('gives back any layer', () => {
    const word = fc.constantFrom('', 'execution', '#ff0000', '\u007f', '\\u007f', 'T1059', '\n');
    const id = fc.constantFrom('T1059', 'T1059.001', 'T1685', 'T1562', 'T9999', '');
    const entry = fc.record({
      techniqueId: id,
      tactic: fc.option(word, { nil: undefined }),
      score: fc.option(
        fc.oneof(fc.integer({ min: -5, max: 105 }), fc.constantFrom(0.1, 1e21, -1e-7)),
        { nil: undefined },
      ),
      comment: fc.oneof(word, fc.string({ unit: 'binary', maxLength: 20 })),
      color: fc.constantFrom('', '#ff0000', 'red'),
      enabled: fc.boolean(),
      showSubtechniques: fc.boolean(),
    });
    const techniques = fc.array(
      entry.map(({ techniqueId, ...fields }) => technique(techniqueId, fields)),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(techniques, fc.string({ unit: 'binary' }), (entries, name) => {
        const layer = { ...EMPTY, name, techniques: entries };
        expect(reopen(layerToFragment(layer))).toEqual(asShared(layer));
      }),
    );
  });

  it.skipIf(found.length === 0).each(found.length === 0 ? ['none'] : found)(
    'gives back %s (needs ../shared/data)',
    (name) => {
      const text = readFileSync(`${SHARED}/${name}`, 'utf8');
      const layer = readOne(text);
      expect(reopen(layerToFragment(layer))).toEqual(asShared(layer));
    },
  );
});

/** A fragment around any body, with the right checksum. */
function sealed(body: Uint8Array): string {
  const bytes = new Uint8Array(body.length + 4);
  bytes.set(body);
  new DataView(bytes.buffer).setUint32(body.length, crc32(body));
  return `layer=${toBase64url(bytes)}`;
}

const message = (fragment: string): string | undefined => {
  const { layer, issues } = layerFromFragment(fragment);
  return layer === undefined ? issues[0]?.message : undefined;
};

describe('layerFromFragment', () => {
  const whole = layerToFragment({
    ...EMPTY,
    techniques: [technique('T1059', { score: 5, comment: 'c' })],
  });

  it.each([
    ['alone', whole],
    ['without its key', whole.slice('layer='.length)],
    ['with #', `#${whole}`],
    ['in a URL', `https://example.com/portolan/#${whole}`],
    ['beside other parts', `#view=matrix&${whole}&zoom=2`],
    ['with blanks around it', ` ${whole} `],
  ])('reads a fragment %s', (_, text) => {
    expect(reopen(text).techniques).toMatchObject([
      { techniqueId: 'T1059', score: 5, comment: 'c' },
    ]);
  });

  it('reads a link of the first Portolan', () => {
    const link =
      'layer=AQcARWXQdTuYQ7jLPT8HGMg4XYVpXC0wcuE5AOgaC2OdaKRwB7oKlKoMgADENjHSMTGKjeUCJT9YUBWnpirUK9UCxeBZDJR_lUIsgQCUdkA5EpjeagEcWKLX';
    expect(reopen(link)).toEqual({
      ...EMPTY,
      name: 'Golden',
      sorting: 3,
      techniques: [
        technique('T1059.001', { tactic: 'execution', score: 42, comment: 'see T1059.001' }),
        technique('T1685', { color: '#ff0000', enabled: false }),
        technique('T9999', { score: 1 }),
      ],
    });
  });

  it('notices every cut and every changed character', () => {
    for (let at = 'layer='.length; at < whole.length; at += 1) {
      expect(message(whole.slice(0, at))).toContain('expected the link of a layer');
      const other = whole.charAt(at) === 'A' ? 'B' : 'A';
      expect(message(`${whole.slice(0, at)}${other}${whole.slice(at + 1)}`)).toContain(
        'expected the link of a layer',
      );
    }
  });

  it('says so when a newer Portolan made it', () => {
    expect(message(sealed(Uint8Array.of(2, 0, 0, 0)))).toContain('made by a newer Portolan');
  });

  it('stops unfolding what unfolds to far more than a layer', () => {
    const bomb = deflateSync(new Uint8Array(100 * 1024 * 1024));
    expect(message(sealed(Uint8Array.from([1, 0, ...bomb])))).toContain('too much');
  });

  it('does not look at a text longer than a link', () => {
    expect(message('A'.repeat(MAX_FRAGMENT_CHARS + 1))).toContain('longer than');
  });

  it('answers nesting of any depth', () => {
    const deep = new TextEncoder().encode(`[${'['.repeat(10_000)}${']'.repeat(10_000)}]`);
    expect(message(sealed(Uint8Array.from([1, 0, ...deflateSync(deep)])))).toContain(
      'other content',
    );
  });

  it('answers any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void layerFromFragment(text)));
  });

  it('answers any bytes, whole or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isSealed) => {
        const body = Uint8Array.from([1, ...bytes]);
        layerFromFragment(isSealed ? sealed(body) : toBase64url(body));
      }),
    );
  });

  it('answers any tables in front of any packed bytes', () => {
    const head = fc.tuple(
      fc.dictionary(fc.constantFrom('domain', 'name', 'techniques'), fc.jsonValue({ maxDepth: 2 })),
      fc.oneof(fc.integer({ min: -2, max: 2_000 }), fc.jsonValue()),
      fc.oneof(fc.array(fc.string()), fc.jsonValue()),
      fc.oneof(fc.array(fc.string()), fc.jsonValue()),
      fc.oneof(
        fc.array(fc.integer(), { maxLength: 3 }),
        fc.constant([[1, 2.5]]),
        fc.constant([0, 2 ** 53 - 1]),
        fc.jsonValue(),
      ),
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 100 }), (tables, packed) => {
        const text = new TextEncoder().encode(JSON.stringify(tables));
        layerFromFragment(
          sealed(Uint8Array.from([1, packed.length, ...packed, ...deflateSync(text)])),
        );
      }),
    );
  });
});

describe('sharedIds', () => {
  it('holds every technique of every version that ships, each once', () => {
    const ids = new Set(sharedIds('enterprise-attack'));
    expect(ids.size).toBe(sharedIds('enterprise-attack').length);
    for (const version of ['14.1', '16.1', '17.1', '18.1', '19.1']) {
      const missing = openShipped({ version })
        .ofKind('technique')
        .filter(({ attackId }) => !ids.has(attackId));
      expect(missing).toEqual([]);
    }
    for (const domain of ['mobile-attack', 'ics-attack'] as const) {
      const others = openShipped({ domain })
        .ofKind('technique')
        .map(({ attackId }) => attackId);
      expect(sharedIds(domain)).toEqual(others);
    }
  });

  it.each([
    // A change here breaks every link that people have shared: only add ids behind these, never among them.
    ['enterprise-attack', 715, 2_427_611_853],
    ['mobile-attack', 124, 2_438_526_893],
    ['ics-attack', 83, 1_387_307_736],
  ] as const)('numbers the first %s ids as it always has', (domain, count, sum) => {
    const ids = sharedIds(domain).slice(0, count);
    expect(ids).toHaveLength(count);
    expect(crc32(new TextEncoder().encode(ids.join(' ')))).toBe(sum);
  });
});

describe('base64url', () => {
  it('gives back any bytes, by an alphabet that URLs carry', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(bytes);
      }),
    );
  });

  it.each(['a', 'ab+', 'ab/c', 'ab=', 'é', 'ab c', 'AB'])('reads nothing in %j', (text) => {
    expect(fromBase64url(text)).toBeUndefined();
  });
});

describe('crc32', () => {
  it('is the CRC-32 of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});

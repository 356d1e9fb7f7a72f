import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/index.js';
import type { StoreBench } from './store.js';
import { claimOf, save } from './store-samples.js';

/** NUL, lone surrogates, the mark of our own encoding, what COPY and LIKE take for special, and any text. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '\0',
        '\ud800',
        '\udc00',
        '\ufffe',
        '\\',
        '\\N',
        '\\.',
        '\t',
        '\n',
        '\r',
        "'",
        '"',
        '%',
        '0',
        'u',
        '\u0010',
        '😀',
        '',
      ),
      {
        maxLength: 20,
      },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 40 }),
);

export function describeStoreTexts(bench: StoreBench): void {
  describe('hostile texts', () => {
    let store: Store;
    beforeAll(async () => {
      store = await bench.empty();
    });

    it('gives back any text as it was', async () => {
      const fields = fc.dictionary(hostileText, hostileText, { maxKeys: 5 });
      const property = fc.asyncProperty(
        fc.tuple(hostileText, hostileText, hostileText, hostileText, hostileText, fields),
        async ([host, rule, title, source, quote, values]) => {
          const base = claimOf();
          const claim = {
            ...base,
            subject: { kind: 'host' as const, name: host },
            reference: { ...base.reference, key: rule, title },
          };
          const importId = await save(store, [
            {
              claim,
              timeMs: 1,
              source,
              record: source,
              quote,
              fields: { ...values },
              detail: { why: quote },
            },
          ]);
          const { items } = await store.mappings.evidence({ filter: { importIds: [importId] } });
          // The same text may have been tried before.
          if (items.length === 0) return;
          expect(items[0]).toMatchObject({
            subject: { name: host },
            reference: { key: rule, title },
            source,
            record: source,
            quote,
            detail: { why: quote },
          });
          expect(Object.entries(items[0]?.fields ?? {})).toEqual(Object.entries(values));
          expect(await store.layers.add({ ...LAYER, name: title, document: quote })).toMatchObject({
            name: title,
            document: quote,
          });
        },
      );
      await fc.assert(property, { numRuns: 40 });
    });

    it('clips what is too long, and tells long names apart', async () => {
      const long = 'x'.repeat(1024 * 1024);
      const empty = await bench.empty();
      const batch = ['1', '2'].map((end) => ({
        claim: claimOf({
          host: `${'h'.repeat(3_000)}${end}`,
          rule: `${long.slice(0, 3_000)}${end}`,
        }),
        timeMs: 1,
        source: `${long.slice(0, 3_000)}${end}`,
        record: long,
        quote: long,
        fields: Object.fromEntries(Array.from({ length: 100 }, (_, place) => [`f${place}`, long])),
      }));
      await save(empty, batch);
      const { items } = await empty.mappings.evidence({ filter: {} });
      expect(items.map(({ subject }) => subject.name.at(-1)).toSorted()).toEqual(['1', '2']);
      const [one] = items;
      expect(one?.quote).toHaveLength(65_536);
      expect(Object.keys(one?.fields ?? {})).toHaveLength(64);
      expect(one?.fields['f0']).toHaveLength(4_096);
      expect(one?.quote.endsWith('…')).toBe(true);
      const twice = await empty.imports.begin({
        kind: 'logs',
        name: long,
        files: [],
        attackVersion: '19.1',
      });
      expect(twice.import.name).toHaveLength(1_000);
    });

    it('keeps times before 1970 and far ahead on their days', async () => {
      const empty = await bench.empty();
      const times = [-1, -86_400_000, 0, Date.UTC(9999, 11, 31), -62_135_596_800_000];
      await save(
        empty,
        times.map((timeMs) => ({ claim: claimOf(), timeMs, source: 's', record: String(timeMs) })),
      );
      const { items } = await empty.mappings.evidence({ filter: {}, order: 'oldest' });
      expect(items.map(({ timeMs }) => timeMs)).toEqual(times.toSorted((a, b) => a - b));
      expect((await empty.mappings.days({})).map(({ dayMs, count }) => [dayMs, count])).toEqual([
        [-62_135_596_800_000, 1],
        [-86_400_000, 2],
        [0, 1],
        [Date.UTC(9999, 11, 31), 1],
      ]);
    });
  });
}

const LAYER = {
  name: '',
  domain: 'enterprise-attack',
  attackVersion: '19',
  document: '',
} as const;

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSplitter } from '../../src/collectors/split-json.js';
import { fuzzRuns } from '../fuzz-runs.js';
import { CLOUD_RECORDS } from './cloud-records.table.js';
import { ECS_RECORDS } from './ecs-records.table.js';
import { PRODUCT_RECORDS } from './product-records.table.js';
import { readJson } from './read-records.js';

type Wrap = (records: readonly unknown[]) => unknown;

/** Envelopes around lists of records, as services write them. */
const ENVELOPES: readonly (readonly [string, Wrap])[] = [
  ['a list', (records) => records],
  ['CloudTrail in S3', (records) => ({ Records: records })],
  ['Azure Monitor', (records) => ({ records })],
  ['Microsoft Graph', (value) => ({ '@odata.context': 'https://example.com/$metadata', value })],
  ['Google', (items) => ({ kind: 'admin#reports#activities', etag: '"e"', items })],
  [
    'Kubernetes',
    (items) => ({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {}, items }),
  ],
  ['Defender', (Results) => ({ Stats: { a: 1 }, Schema: [{ Name: 'a' }], Results })],
  [
    'Elasticsearch',
    (records) => ({
      took: 1,
      timed_out: false,
      _shards: { total: 1 },
      hits: {
        total: { value: 2 },
        max_score: 1,
        hits: records.map((_source, index) => ({ _index: 'i', _id: String(index), _source })),
      },
    }),
  ],
  ['Okta`s event hooks', (events) => ({ data: { events } })],
  [
    'CloudWatch Logs',
    (records) => ({
      messageType: 'DATA_MESSAGE',
      owner: '123456789012',
      logGroup: 'g',
      logStream: 's',
      subscriptionFilters: ['f'],
      logEvents: records.map((record, index) => ({
        id: String(index),
        timestamp: 1772539200000,
        message: JSON.stringify(record),
      })),
    }),
  ],
  [
    'OpenTelemetry',
    (records) => ({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'host.name', value: { stringValue: 'ws1' } }] },
          scopeLogs: [
            {
              scope: { name: 's' },
              logRecords: records.map((record) => ({
                timeUnixNano: '1772539200000000000',
                body: { stringValue: JSON.stringify(record) },
              })),
            },
          ],
        },
      ],
    }),
  ],
];

/** What single records come in. */
const WRAPPERS: readonly (readonly [string, (record: unknown) => unknown])[] = [
  ['Splunk`s export', (result) => ({ preview: false, offset: 0, result })],
  [
    'what Splunk`s collector takes',
    (event) => ({ time: 1772539200, host: 'h', sourcetype: '_json', index: 'main', event }),
  ],
  [
    'Splunk`s raw text',
    (record) => ({ _raw: JSON.stringify(record), _time: '2026-03-03T12:00:00Z' }),
  ],
  [
    'EventBridge',
    (detail) => ({ 'detail-type': 't', source: 's', account: '123456789012', detail }),
  ],
  ['CloudEvents', (data) => ({ specversion: '1.0', type: 't', source: 's', id: '1', data })],
  [
    'Pub/Sub',
    (record) => ({
      subscription: 'projects/p/subscriptions/s',
      message: { data: Buffer.from(JSON.stringify(record)).toString('base64'), messageId: '1' },
    }),
  ],
  ['Docker', (record) => ({ log: `${JSON.stringify(record)}\n`, stream: 'stdout', time: 't' })],
  ['an Elastic hit', (_source) => ({ _index: 'i', _id: '1', _source })],
  [
    'a Beat that kept the original',
    (record) => ({
      '@timestamp': '2026-03-03T12:00:00Z',
      event: { original: JSON.stringify(record) },
    }),
  ],
];

const records = (count: number, bytes = 0): { a: number; text: string }[] =>
  Array.from({ length: count }, (_, index) => ({ a: index, text: 'x'.repeat(bytes) }));

const found = (events: readonly { readonly fields: ReadonlyMap<string, unknown> }[]) =>
  events.map(({ fields }) => fields.get('a'));

describe('envelopes', () => {
  it.each(ENVELOPES)('of %s are opened, small or large, whatever the chunks', async (_, wrap) => {
    for (const [count, bytes] of [
      [3, 0],
      [1_500, 300],
    ] as const)
      for (const spaces of [0, 1]) {
        const text = JSON.stringify(wrap(records(count, bytes)), undefined, spaces);
        for (const chunkBytes of count === 3 ? [1, 7, 1 << 20] : [4_099, 1 << 20]) {
          const { events, issues } = await readJson(text, chunkBytes);
          expect(issues).toEqual([]);
          expect(found(events)).toEqual(records(count).map(({ a }) => a));
        }
      }
  });

  it.each(ENVELOPES)('of %s, one a line, are opened, small or large', async (_, wrap) => {
    const lines = [records(2), records(1_500, 300), records(1)].map((list) =>
      JSON.stringify(wrap(list)),
    );
    const { events, issues } = await readJson(`${lines.join('\n')}\n`);
    expect(issues).toEqual([]);
    expect(events).toHaveLength(1_503);
    expect(new Set(events.map(({ record }) => record))).toEqual(new Set(['1', '2', '3']));
  });

  it.each(WRAPPERS)('of %s are taken off and their fields kept', async (_, wrap) => {
    const { events, issues } = await readJson(JSON.stringify(wrap({ a: 7, b: { c: 'd' } })));
    expect(issues).toEqual([]);
    expect(events.map(({ fields }) => [fields.get('a'), fields.get('b.c')])).toEqual([[7, 'd']]);
  });

  it('give their records time and host where those have none', async () => {
    const [, otel] = ENVELOPES.at(-1) ?? [];
    const { events } = await readJson(JSON.stringify(otel?.([{ a: 1 }])));
    expect(events).toMatchObject([{ time: '2026-03-03T12:00:00.000Z', host: 'ws1' }]);
  });

  it('name the line of each record in them', async () => {
    for (const bytes of [0, 200_000]) {
      const list = records(3, bytes).map((record) => JSON.stringify(record));
      const { events } = await readJson(`{"kind": "x",\n"items": [\n${list.join(',\n')}\n]}`);
      expect(events.map(({ record }) => record)).toEqual(['3', '4', '5']);
    }
  });

  it('lose only the record that is damaged', async () => {
    for (const bytes of [0, 200_000]) {
      const list = records(4, bytes).map((record) => JSON.stringify(record));
      list[1] = `{"a":1,"text":"${'y'.repeat(bytes)}`;
      const { events, issues } = await readJson(`{"Records": [\n${list.join(',\n')}\n]}`);
      expect(found(events)).toEqual([0, 2, 3]);
      expect(issues).toMatchObject([{ code: 'JSON_INVALID', at: { line: 3 } }]);
    }
  });

  it('that are cut off give the records so far, and say so', async () => {
    for (const bytes of [0, 200_000]) {
      const text = JSON.stringify({ Records: records(4, bytes) });
      const { events, issues } = await readJson(text.slice(0, text.lastIndexOf('{"a"') - 1));
      expect(found(events)).toEqual([0, 1, 2]);
      expect(issues).toMatchObject([{ code: 'JSON_INVALID' }]);
    }
  });

  it('are told from records that have such lists', async () => {
    const activity = {
      actor: { email: 'a' },
      id: { applicationName: 'x' },
      events: [{ name: 'n' }],
    };
    const order = { customer: 'c', a: 1, items: [{ b: 1 }, { b: 2 }] };
    for (const record of [activity, order])
      expect((await readJson(JSON.stringify(record))).events).toHaveLength(1);
    const { events } = await readJson(JSON.stringify({ data: { a: 5, list: [{ b: 1 }] } }));
    expect(events.map(({ fields }) => fields.get('data.a'))).toEqual([5]);
  });

  it('of Elasticsearch`s bulk format have lines that are no records', async () => {
    const { events, issues } = await readJson(
      '{"index":{"_index":"i","_id":"1"}}\n{"a":1}\n{"create":{"_index":"i"}}\n{"a":2}\n',
    );
    expect([found(events), issues]).toEqual([[1, 2], []]);
  });

  it('are not kept in memory, however many records they hold', () => {
    const splitter = new JsonSplitter({ maxBytes: 2_000_000 });
    const chunk = Buffer.from(`${JSON.stringify({ a: 'x'.repeat(1_000) })},`.repeat(64));
    let pieces = splitter.push(Buffer.from('{"Records":[')).length;
    let largest = 0;
    for (let index = 0; index < 500; index += 1) {
      const some = splitter.push(chunk).length;
      largest = Math.max(largest, some);
      pieces += some;
    }
    // The first 256 KiB might be a whole small envelope; after that, each chunk's records come out with it.
    expect(largest).toBeLessThan(400);
    pieces += splitter.push(Buffer.from('{"a":1}]}')).length + splitter.end().length;
    expect(pieces).toBe(500 * 64 + 1);
  });
});

const anyRecord = fc.dictionary(
  fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      ...Object.keys(Object.assign({}, ...CLOUD_RECORDS.map(({ record }) => record))),
    ),
  ),
  fc.jsonValue({ maxDepth: 3 }),
  { maxKeys: 8 },
);

/** Texts and numbers anywhere in a JSON value. */
function* leaves(value: unknown): Generator<string> {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* leaves(inner);
  else if (value !== null) yield String(value);
}

describe('every reader of JSON', () => {
  it('takes any record without throwing and keeps all that is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 4 }), async (list) => {
        const { events, issues } = await readJson(JSON.stringify(list));
        expect(issues).toEqual([]);
        const kept = new Set(
          events.flatMap(({ fields }) => [...fields.values()].flat().map(String)),
        );
        const lost = [...leaves(list)].filter((leaf) => !kept.has(leaf));
        expect(lost).toEqual([]);
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });

  it('takes its records with any member replaced by anything', async () => {
    const all = [...CLOUD_RECORDS, ...ECS_RECORDS, ...PRODUCT_RECORDS].map(({ record }) => record);
    const mutated = fc
      .tuple(fc.constantFrom(...all), fc.nat(), fc.jsonValue({ maxDepth: 2 }))
      .map(([record, nth, value]) => replaceNth(record, nth, value));
    await fc.assert(
      fc.asyncProperty(mutated, async (record) => {
        const { events, issues } = await readJson(JSON.stringify([record]));
        // An envelope whose list was replaced by an empty one holds no record.
        const isEmptied = Object.values(record as object).some(
          (value) => Array.isArray(value) && value.length === 0,
        );
        if (!isEmptied) expect(events.length + issues.length).toBeGreaterThan(0);
        for (const { time } of events)
          if (time !== undefined) expect(new Date(time).toISOString()).toBe(time);
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  it('takes the last of members with one name', async () => {
    const { events } = await readJson(
      '{"eventName":"A","eventSource":"s","awsRegion":"r","eventName":"B"}',
    );
    expect(events.map(({ fields }) => fields.get('eventName'))).toEqual(['B']);
  });

  it('takes records nested deep', async () => {
    const deep = `{"requestParameters":${'{"a":'.repeat(400)}1${'}'.repeat(400)},"eventName":"A","eventSource":"s","awsRegion":"r"}`;
    const { events } = await readJson(`${deep}\n{"a":1}\n`);
    expect(events).toHaveLength(2);
    const tooDeep = `{"Records":[${'{"Records":['.repeat(9_000)}{"a":1}${']}'.repeat(9_000)}]}`;
    const { issues } = await readJson(tooDeep);
    expect(issues.length).toBeGreaterThan(0);
  });
});

/** A copy in which the nth member, counted through all levels, is another value. */
function replaceNth(record: unknown, nth: number, value: unknown): unknown {
  const copy: unknown = structuredClone(record);
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const visit = (holder: unknown): void => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const key of Object.keys(holder)) {
      places.push({ holder: holder as Record<string, unknown>, key });
      visit((holder as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  const place = places[nth % Math.max(1, places.length)];
  if (place !== undefined) place.holder[place.key] = value;
  return copy;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import type { Issue } from '../model/index.js';
import type { Event } from './event.js';
import { jsonCollector, MAX_RECORD_BYTES } from './json-collector.js';
import { openFile } from './open-file.js';

interface Reading {
  readonly events: readonly Event[];
  readonly issues: readonly Issue[];
}

async function readBytes(bytes: Uint8Array, chunkBytes = 1 << 16): Promise<Reading> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  return gather(jsonCollector.read({ source: 'log.json', chunks: chunks() }));
}

async function gather(batches: AsyncIterable<Reading>): Promise<Reading> {
  const events: Event[] = [];
  const issues: Issue[] = [];
  for await (const batch of batches) {
    events.push(...batch.events);
    issues.push(...batch.issues);
  }
  return { events, issues };
}

const readText = (text: string, chunkBytes?: number) =>
  readBytes(new TextEncoder().encode(text), chunkBytes);

function places({ events }: Reading): readonly (readonly [string, unknown])[] {
  return events.map(({ record, fields }) => [record, fields.get('a')]);
}

describe('jsonCollector', () => {
  it.each([
    [
      'an object a line',
      '{"a":1}\n{"a":2}\n',
      [
        ['1', 1],
        ['2', 2],
      ],
    ],
    [
      'an object a line, with blank lines and no last newline',
      '\n{"a":1}\r\n\r\n{"a":2}',
      [
        ['2', 1],
        ['4', 2],
      ],
    ],
    ['one object', '{"a":1}', [['1', 1]]],
    [
      'one object over several lines',
      '{\n  "a": 1,\n  "b": {\n    "c": [\n      {}\n    ]\n  }\n}\n',
      [['1', 1]],
    ],
    [
      'an array',
      '[{"a":1},{"a":2}]',
      [
        ['1', 1],
        ['1', 2],
      ],
    ],
    [
      'an array over several lines',
      '[\n  {"a":1},\n  {"a":2}\n]',
      [
        ['2', 1],
        ['3', 2],
      ],
    ],
    [
      'objects in a row',
      '{"a":1}{"a":2}\n {"a":3}',
      [
        ['1', 1],
        ['1', 2],
        ['2', 3],
      ],
    ],
    [
      'an envelope',
      '{"Records":[{"a":1},{"a":2}]}',
      [
        ['1', 1],
        ['1', 2],
      ],
    ],
    [
      'an envelope over several lines',
      '{"Records": [\n{"a":1},\n{"a":2}\n],\n"next": "x"}',
      [
        ['2', 1],
        ['3', 2],
      ],
    ],
    [
      'an envelope a line',
      '{"Records":[{"a":1}]}\n{"Records":[{"a":2}]}\n',
      [
        ['1', 1],
        ['2', 2],
      ],
    ],
    [
      'brackets and quotes in texts',
      '[{"a":"}]{\\"[,"},{"a":2}]',
      [
        ['1', '}]{"[,'],
        ['1', 2],
      ],
    ],
    ['nothing but brackets', '[]', []],
  ])('reads %s, whatever the size of the chunks', async (_, text, expected) => {
    for (const chunkBytes of [1, 3, 1 << 16]) {
      const reading = await readText(text, chunkBytes);
      expect(places(reading)).toEqual(expected);
      expect(reading.issues).toEqual([]);
    }
  });

  it('reads UTF-16 with a byte order mark, and UTF-8 with one', async () => {
    const text = '{"a":"ü"}\n{"a":2}\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(places(await readBytes(utf16, 5))).toEqual([
      ['1', 'ü'],
      ['2', 2],
    ]);
    expect(places(await readText(`\ufeff${text}`))).toEqual([
      ['1', 'ü'],
      ['2', 2],
    ]);
    expect(jsonCollector.detect('x', utf16)).toBe(true);
  });

  it('names the line of each damaged record and reads the others', async () => {
    const { events, issues } = await readText('{"a":1}\n{"a":\n{"a":3}\n[1]\nnonsense\n{"a":6}\n');
    expect(events.map(({ record }) => record)).toEqual(['1', '3', '6']);
    expect(issues.map(({ code, at }) => [code, at?.source, at?.line])).toEqual([
      ['JSON_INVALID', 'log.json', 2],
      ['EVENT_INVALID', 'log.json', 4],
      ['JSON_INVALID', 'log.json', 5],
    ]);
  });

  it('finds its way again in a damaged document', async () => {
    const { events, issues } = await readText(
      '[\n  {"a":1},\n  {"a":"x\n  {"a":3},\n  7,\n  {"a":4}\n]',
    );
    expect(events.map(({ record }) => record)).toEqual(['2', '4', '6']);
    expect(issues.map(({ at }) => at?.line)).toEqual([3, 5]);
  });

  it('says where a record begins that does not end', async () => {
    const { issues } = await readText('{\n"a": {\n"b": 1\n');
    expect(issues).toMatchObject([{ code: 'JSON_INVALID', at: { line: 1 } }]);
  });

  it('passes over a record that is too long and reads the next', async () => {
    const long = `{"a":"${'x'.repeat(10_000_000)}"}`;
    for (const text of [`{"a":1}\n${long}\n{"a":3}\n`, `[{"a":1},\n${long},\n{"a":3}]`]) {
      const { events, issues } = await readText(text);
      expect(events.map(({ record }) => record)).toEqual(['1', '3']);
      expect(issues).toMatchObject([{ code: 'INPUT_TOO_LARGE', at: { line: 2 } }]);
    }
    expect(MAX_RECORD_BYTES).toBeLessThan(10_000_000);
  });

  it('reports JSON that is nested too deep', async () => {
    const deep = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const { events, issues } = await readText(`${deep}\n{"a":2}\n`);
    expect(places({ events, issues })).toEqual([['2', 2]]);
    expect(issues).toMatchObject([{ code: 'JSON_TOO_DEEP', at: { line: 1 } }]);
  });

  it('keeps a bounded number of fields and says so', async () => {
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, 1]));
    const { events, issues } = await readText(`${JSON.stringify(wide)}\n`);
    expect(events[0]?.fields.size).toBeLessThan(5_100);
    expect(issues).toMatchObject([{ code: 'EVENT_INVALID', at: { line: 1 } }]);
  });

  it('reads bytes that are not UTF-8 and says on which line', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"a":1}\n{"a":"'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"}\n'),
    ]);
    const { events, issues } = await readBytes(bytes);
    expect(events[1]?.fields.get('a')).toBe('\ufffd\ufffd');
    expect(issues).toMatchObject([{ code: 'TEXT_NOT_UTF8', at: { line: 2 } }]);
  });

  it('keeps names that every object has apart from its own', async () => {
    const { events } = await readText('{"__proto__":{"a":1},"constructor":"c","a":2}\n');
    expect([...(events[0]?.fields ?? [])]).toEqual([
      ['__proto__.a', 1],
      ['constructor', 'c'],
      ['a', 2],
    ]);
  });

  it('takes any bytes without throwing', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .string({
          unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', ' ', 'a', '1', 'é'),
          maxLength: 200,
        })
        .map((text) => new TextEncoder().encode(text)),
      fc
        .array(fc.json(), { maxLength: 5 })
        .map((texts) => new TextEncoder().encode(texts.join('\n'))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 64 }), async (input, chunkBytes) => {
        const whole = await readBytes(input);
        const pieces = await readBytes(input, chunkBytes);
        expect(pieces.events).toEqual(whole.events);
        expect(pieces.issues).toEqual(whole.issues);
      }),
      { numRuns: fuzzRuns(400) },
    );
  });
});

describe('openFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-open-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function readFile(bytes: Uint8Array) {
    const path = join(folder, 'log');
    writeFileSync(path, bytes);
    const file = await openFile(path);
    const reading = await gather(jsonCollector.read({ source: path, chunks: file.chunks }));
    return { ...reading, fileIssues: file.issues, bytesRead: file.bytesRead() };
  }

  const lines = Array.from({ length: 20_000 }, (_, index) => `{"a":${index}}\n`).join('');

  it('reads through gzip, by the content and not the name', async () => {
    const bytes = gzipSync(lines);
    const reading = await readFile(bytes);
    expect(reading.events).toHaveLength(20_000);
    expect(reading.fileIssues).toEqual([]);
    expect(reading.bytesRead).toBe(bytes.length);
  });

  it('gives what a cut off gzip file still holds, and says so', async () => {
    const bytes = gzipSync(lines);
    const reading = await readFile(bytes.subarray(0, bytes.length - 200));
    expect(reading.events.length).toBeGreaterThan(15_000);
    expect(reading.fileIssues).toMatchObject([{ code: 'GZIP_DAMAGED' }]);
  });

  it('says that a damaged gzip file is damaged', async () => {
    const bytes = gzipSync(lines);
    bytes.fill(0x55, 30, 60);
    const reading = await readFile(bytes);
    expect(reading.fileIssues).toMatchObject([{ code: 'GZIP_DAMAGED' }]);
  });

  it('stops at a file that expands beyond reason', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, 0x20));
    const reading = await readFile(bomb);
    expect(reading.fileIssues).toMatchObject([{ code: 'INPUT_TOO_LARGE' }]);
  });

  it('reads a file without bytes', async () => {
    expect(await readFile(new Uint8Array())).toMatchObject({
      events: [],
      fileIssues: [],
      bytesRead: 0,
    });
  });
});

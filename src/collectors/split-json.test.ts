import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import { readLines } from './read-lines.js';
import { JsonSplitter } from './split-json.js';

function split(bytes: Uint8Array, chunkBytes: number, maxBytes = 1_000) {
  const splitter = new JsonSplitter({ maxBytes });
  const pieces = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    pieces.push(...splitter.push(bytes.slice(at, at + chunkBytes)));
  return [...pieces, ...splitter.end()].map((piece) =>
    piece.kind === 'object'
      ? { ...piece, bytes: Buffer.from(piece.bytes).toString('latin1') }
      : piece,
  );
}

async function lines(bytes: Uint8Array, chunkBytes: number, maxBytes = 1_000) {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
  }
  const found = [];
  for await (const { number, bytes: line } of readLines(chunks(), maxBytes))
    found.push([number, line === undefined ? undefined : Buffer.from(line).toString('latin1')]);
  return found;
}

const jsonLike = fc
  .string({
    unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', '\n', ' ', 'a'),
    maxLength: 120,
  })
  .map((text) => new TextEncoder().encode(text));

describe('JsonSplitter', () => {
  it('gives the same pieces however the bytes arrive', () => {
    fc.assert(
      fc.property(jsonLike, fc.integer({ min: 1, max: 30 }), (bytes, chunkBytes) => {
        expect(split(bytes, chunkBytes)).toEqual(split(bytes, bytes.length + 1));
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  it('gives back every object of an array, and the line on which it starts', () => {
    const objects = fc.array(fc.record({ a: fc.string({ unit: 'binary' }), b: fc.jsonValue() }));
    fc.assert(
      fc.property(objects, fc.integer({ min: 1, max: 30 }), (values, chunkBytes) => {
        const bytes = Buffer.from(`[${values.map((value) => JSON.stringify(value)).join(',\n')}]`);
        const pieces = split(bytes, chunkBytes, 1e6);
        expect(pieces.map(({ line }) => line)).toEqual(values.map((_, index) => index + 1));
        for (const [index, piece] of pieces.entries())
          expect(piece.kind === 'object' && Buffer.from(piece.bytes, 'latin1').toString()).toBe(
            JSON.stringify(values[index]),
          );
      }),
    );
  });

  it('does not keep an object that is too large', () => {
    const bytes = Buffer.from(`{"a":"${'x'.repeat(200)}"}\n{"a":1}`);
    expect(split(bytes, 7, 50)).toEqual([
      { kind: 'too-large', line: 1 },
      { kind: 'object', bytes: '{"a":1}', line: 2, outer: [] },
    ]);
  });
});

describe('readLines', () => {
  it('gives the same lines however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(jsonLike, fc.integer({ min: 1, max: 30 }), async (bytes, chunkBytes) => {
        expect(await lines(bytes, chunkBytes, 20)).toEqual(
          await lines(bytes, bytes.length + 1, 20),
        );
      }),
    );
  });

  it('passes over a line that is too long and goes on counting', async () => {
    const bytes = Buffer.from(`a\n${'b'.repeat(100)}\r\nc\r\n\nd`);
    expect(await lines(bytes, 8, 20)).toEqual([
      [1, 'a'],
      [2, undefined],
      [3, 'c'],
      [4, ''],
      [5, 'd'],
    ]);
  });
});

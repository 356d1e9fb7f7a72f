import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.js';
import { boundaryOf, readMultipart } from './read-multipart.js';
import { displayName } from './stage-upload.js';

interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly content: string;
}

/** Bytes in chunks of any size, since a boundary may be cut anywhere. */
async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % Math.max(1, sizes.length)] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function readAll(
  bytes: Uint8Array,
  boundary: string,
  sizes: readonly number[],
): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const { name, fileName, chunks } of readMultipart(inChunks(bytes, sizes), boundary)) {
    const content: Buffer[] = [];
    for await (const chunk of chunks) content.push(chunk);
    parts.push({ name, fileName, content: Buffer.concat(content).toString('latin1') });
  }
  return parts;
}

function write(parts: readonly Part[], boundary: string): Buffer {
  const text = parts.map(({ name, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
  });
  return Buffer.from(`${text.join('')}--${boundary}--\r\n`, 'latin1');
}

describe('a form', () => {
  it('gives back its parts, however its bytes are cut', async () => {
    const word = fc.stringMatching(/^[a-z0-9._ -]{1,20}$/);
    const part = fc.record({
      name: word,
      fileName: fc.option(word, { nil: undefined }),
      // Also what looks like the beginning of a boundary.
      content: fc
        .array(fc.constantFrom('\r', '\n', '-', '--', '\r\n--b', '\r\n--boundar', 'a', '\0', 'ÿ'))
        .map((pieces) => pieces.join('')),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1 }),
        fc.array(fc.nat(40)),
        async (parts, sizes) => {
          expect(await readAll(write(parts, 'boundary'), 'boundary', sizes)).toEqual(parts);
        },
      ),
    );
  });

  it('of any bytes is refused or read, and never hangs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.nat(40)),
        async (bytes, sizes) => {
          for (const head of [
            '',
            '--b\r\n',
            '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
          ])
            try {
              await readAll(Buffer.concat([Buffer.from(head), bytes]), 'b', sizes);
            } catch (error) {
              expect(error).toBeInstanceOf(Refusal);
            }
        },
      ),
    );
  });

  it('skips what the reader does not want of a part', async () => {
    const bytes = write(
      [
        { name: 'a', fileName: 'a', content: 'x'.repeat(1_000) },
        { name: 'b', fileName: 'b', content: 'y' },
      ],
      'b',
    );
    const names: string[] = [];
    for await (const { name } of readMultipart(inChunks(bytes, [64]), 'b')) names.push(name);
    expect(names).toEqual(['a', 'b']);
  });

  it('with headers that do not end is refused', async () => {
    const bytes = Buffer.from(`--b\r\n${'x'.repeat(20_000)}`);
    await expect(readAll(bytes, 'b', [1_000])).rejects.toBeInstanceOf(Refusal);
  });
});

it.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; boundary="a b"', 'a b'],
  ['Multipart/Form-Data;boundary=abc', 'abc'],
  ['multipart/form-data', undefined],
  ['application/json; boundary=abc', undefined],
])('the boundary of %s is %s', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});

it.each([
  ['../../etc/passwd', 'etc/passwd'],
  ['C:\\Users\\a\\b.evtx', 'Users/a/b.evtx'],
  ['a/./b//c', 'a/b/c'],
  ['\u0000\u202egnp.exe', 'gnp.exe'],
  ['..', 'upload'],
  ['', 'upload'],
])('the name %j is shown as %s', (name, shown) => {
  expect(displayName(name)).toBe(shown);
});

const HEAD_BYTES = 64 * 1024;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

function encodingOf(bytes: Uint8Array): {
  readonly encoding: Encoding;
  readonly markBytes: number;
} {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  return { encoding: 'utf-8', markBytes: hasMark ? 3 : 0 };
}

/** The first bytes of a file as text, by its byte order mark; UTF-8 without one. */
export function decodeHead(head: Uint8Array): string {
  return new TextDecoder(encodingOf(head).encoding).decode(head);
}

/**
 * Bytes as UTF-8 without a byte order mark, and the first 64 KiB of them as text. PowerShell writes UTF-16.
 */
export async function toUtf8Chunks(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly chunks: AsyncIterable<Uint8Array>; readonly head: string }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value.slice());
    size += next.value.length;
  }
  const start = Buffer.concat(first);
  const { encoding, markBytes } = encodingOf(start);
  const head = new TextDecoder(encoding).decode(start.subarray(0, HEAD_BYTES));
  const rest = { [Symbol.asyncIterator]: () => iterator };
  return { chunks: transcode(start.subarray(markBytes), rest, encoding), head };
}

async function* transcode(
  start: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield start;
    yield* rest;
    return;
  }
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  yield encoder.encode(decoder.decode(start, { stream: true }));
  for await (const chunk of rest) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

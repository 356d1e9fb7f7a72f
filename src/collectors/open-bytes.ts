import { PassThrough, pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Issue } from '../model/index.js';

/** Longest start of a file that formats are told by. */
const HEAD_BYTES = 64 * 1024;
// A real log compresses at most 100-fold; deflate allows 1,032-fold.
const BOMB_RATIO = 400;
const BOMB_BYTES = 256 * 1024 * 1024;

/** Bytes opened for reading, decompressed when they are gzip or Zstandard. */
export interface OpenFile {
  /** First bytes, decompressed, at most 64 KiB. */
  readonly head: Uint8Array;
  readonly isCompressed: boolean;
  /** The whole content from its start; ends early, with an issue, when the compression is damaged. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What went wrong so far; complete when `chunks` has ended. */
  readonly issues: readonly Issue[];
  /** Bytes read from disk so far. */
  readonly bytesRead: () => number;
  /** When the file was last written; undefined when nothing tells. */
  readonly modified: Date | undefined;
}

export interface BytesToOpen {
  /** Path or other name, for Issues. */
  readonly source: string;
  readonly chunks: AsyncGenerator<Uint8Array>;
  readonly bytesRead: () => number;
  readonly modified: Date | undefined;
  /** Issues of the file itself; more are added while it is read. */
  readonly issues: Issue[];
}

/** Looks at the start of some bytes, and opens what they are compressed with. */
export async function openBytes(bytes: BytesToOpen): Promise<OpenFile> {
  const raw = await peek(bytes.chunks);
  const format = compressionOf(raw.head);
  const opened =
    format === undefined ? raw : await peek(decompress(raw.chunks, { ...bytes, format }));
  return {
    head: opened.head,
    isCompressed: format !== undefined,
    chunks: opened.chunks,
    issues: bytes.issues,
    bytesRead: bytes.bytesRead,
    modified: bytes.modified,
  };
}

type Compression = 'gzip' | 'zstd';

function compressionOf(head: Uint8Array): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const isZstd = head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
  return isZstd ? 'zstd' : undefined;
}

async function peek(chunks: AsyncGenerator<Uint8Array>) {
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  const start = Buffer.concat(first);
  return { head: start.subarray(0, HEAD_BYTES), chunks: startThenRest(start, chunks) };
}

function startThenRest(
  start: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const chunks = joinChunks(start, rest);
  const end = chunks.return.bind(chunks);
  // A generator that is given up before it began runs no code, and the file behind it would stay open.
  chunks.return = async (value) => {
    await rest.return(undefined);
    return end(value);
  };
  return chunks;
}

async function* joinChunks(
  start: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

interface CompressedBytes extends BytesToOpen {
  readonly format: Compression;
}

async function* decompress(
  raw: AsyncGenerator<Uint8Array>,
  { source, bytesRead, issues, format }: CompressedBytes,
): AsyncGenerator<Uint8Array> {
  const decoder = createDecoder(format);
  if (decoder === undefined) {
    const message = 'is compressed with Zstandard, which this version of Node.js cannot read';
    issues.push({ kind: 'issue', code: 'ARCHIVE_UNSUPPORTED', message, at: { source } });
    await raw.return(undefined);
    return;
  }
  let size = 0;
  let taken = 0;
  // Counted here: what is read ahead from the disk has nothing to do with what came out yet.
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of raw) {
      taken += chunk.length;
      yield chunk;
    }
  };
  const output = new PassThrough();
  // A failure destroys the output, which the loop below then throws.
  pipeline(Readable.from(counted()), decoder, output, () => undefined);
  try {
    for await (const chunk of output) {
      const bytes: Uint8Array = chunk;
      size += bytes.length;
      if (size > BOMB_BYTES && size > Math.max(taken, bytesRead()) * BOMB_RATIO) {
        const message = `expands more than ${BOMB_RATIO}-fold; the rest is not read`;
        issues.push({ kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } });
        break;
      }
      yield bytes;
    }
  } catch {
    const message = `the ${format} data is cut off or damaged after ${size} bytes`;
    issues.push({ kind: 'issue', code: 'GZIP_DAMAGED', message, at: { source } });
  } finally {
    output.destroy();
    decoder.destroy();
  }
}

/** Undefined where Node.js lacks the decoder: Zstandard came with 22.15. */
function createDecoder(format: Compression): Transform | undefined {
  if (format === 'gzip') return zlib.createGunzip();
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  return typeof create === 'function' ? (create() as Transform) : undefined;
}

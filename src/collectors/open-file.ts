import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Issue } from '../model/index.js';

const HEAD_BYTES = 64 * 1024;
// A real log compresses at most 100-fold; deflate allows 1,032-fold.
const BOMB_RATIO = 400;
const BOMB_BYTES = 256 * 1024 * 1024;

/** A file opened for reading, decompressed when it is gzip. */
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
}

/**
 * Opens a file of any format.
 *
 * @throws the system's error when the file cannot be opened.
 */
export async function openFile(path: string): Promise<OpenFile> {
  const isCompressed = await startsAsGzip(path);
  const issues: Issue[] = [];
  const counter = { bytes: 0 };
  const iterator = readChunks(path, { isCompressed, issues, counter });
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  const start = Buffer.concat(first);
  return {
    head: start.subarray(0, HEAD_BYTES),
    isCompressed,
    chunks: startThenRest(start, iterator),
    issues,
    bytesRead: () => counter.bytes,
  };
}

async function* startThenRest(
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

async function startsAsGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

interface ReadState {
  readonly isCompressed: boolean;
  readonly issues: Issue[];
  readonly counter: { bytes: number };
}

async function* readChunks(path: string, state: ReadState): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
  const source = state.isCompressed ? stream.pipe(createGunzip()) : stream;
  // Errors of the file do not travel through pipe.
  stream.on('error', (error) => source.destroy(error));
  let size = 0;
  try {
    for await (const chunk of source) {
      const bytes: Uint8Array = chunk;
      size += bytes.length;
      state.counter.bytes = stream.bytesRead;
      if (isBomb(size, state)) {
        const message = `expands more than ${BOMB_RATIO}-fold; the rest is not read`;
        state.issues.push(fileIssue('INPUT_TOO_LARGE', message, path));
        break;
      }
      yield bytes;
    }
  } catch (error) {
    state.issues.push(readIssue(error, size, path));
  } finally {
    state.counter.bytes = stream.bytesRead;
    source.destroy();
    stream.destroy();
  }
}

function isBomb(size: number, { isCompressed, counter }: ReadState): boolean {
  return isCompressed && size > BOMB_BYTES && size > counter.bytes * BOMB_RATIO;
}

function readIssue(error: unknown, size: number, path: string): Issue {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_')
    ? fileIssue('GZIP_DAMAGED', `the gzip data is cut off or damaged after ${size} bytes`, path)
    : fileIssue('FILE_UNREADABLE', `cannot be read after ${size} bytes (${code})`, path);
}

function fileIssue(code: Issue['code'], message: string, source: string): Issue {
  return { kind: 'issue', code, message, at: { source } };
}

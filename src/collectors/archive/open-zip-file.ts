import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';

const END_SIGNATURE = 'PK\x05\x06';
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;

/**
 * Opens a zip file by its table. Bytes after the table, such as a line end that a tool of transport added, are passed
 * over as other readers of zip do.
 *
 * @param sizeBytes of the file.
 * @throws Error when the file is no zip file or is cut off.
 */
export async function openZipFile(path: string, sizeBytes: number): Promise<ZipFile> {
  const end = await endOfZip(path, sizeBytes);
  // Strings are decoded by the reader: a strange name is no reason to stop.
  const options = { autoClose: false, decodeStrings: false };
  return fromRandomAccessReaderPromise(new PathReader(path), end, options);
}

class PathReader extends RandomAccessReader {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 });
  }
}

/** Where the record that ends a zip file ends. Source: APPNOTE.TXT 6.3.10, "End of central directory record". */
async function endOfZip(path: string, sizeBytes: number): Promise<number> {
  const file = await open(path, 'r');
  try {
    const length = Math.min(sizeBytes, (END_BYTES + MAX_COMMENT_BYTES) * 2);
    const start = sizeBytes - length;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
    const tail = buffer.subarray(0, bytesRead);
    const at = tail.lastIndexOf(END_SIGNATURE, undefined, 'latin1');
    if (at === -1 || at + END_BYTES > tail.length) return sizeBytes;
    const end = start + at + END_BYTES + tail.readUInt16LE(at + 20);
    return Math.min(end, sizeBytes);
  } finally {
    await file.close();
  }
}

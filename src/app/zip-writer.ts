import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { Zip, ZipDeflate } from 'fflate';
import { AppError } from '../model/index.js';

/** A member as it was written. */
export interface WrittenMember {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Writes members of a ZIP file one after the other, packed while they come. */
export interface ZipWriter {
  begin(name: string): void;
  /** Resolves when the disk has caught up. */
  write(bytes: Uint8Array): Promise<void>;
  endMember(): WrittenMember;
  /** Ends the file; its size. */
  end(): Promise<number>;
  abandon(): void;
}

// Without 64-bit sizes a ZIP file ends here.
const MAX_BYTES = 2 ** 32 - 2 ** 26;

/**
 * Opens a new file.
 *
 * @throws AppError `OUTPUT_UNWRITABLE` when it cannot be written, is there already, or becomes larger than 4 GiB; also from
 *   the methods.
 */
export async function openZipWriter(path: string): Promise<ZipWriter> {
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const state = { failure: undefined as Error | undefined, size: 0 };
  stream.on('error', (error) => {
    state.failure = error;
  });
  await Promise.race([once(stream, 'open'), once(stream, 'error')]);
  const check = (): void => {
    if (state.size > MAX_BYTES)
      throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: larger than 4 GiB`);
    if (state.failure === undefined) return;
    const reason = (state.failure as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, {
      cause: state.failure,
    });
  };
  check();
  const zip = new Zip((error, chunk) => {
    if (error !== null) state.failure = error;
    else {
      state.size += chunk.length;
      stream.write(chunk);
    }
  });
  return new Writer({ zip, stream, check, size: () => state.size });
}

interface WriterParts {
  readonly zip: Zip;
  readonly stream: WriteStream;
  readonly check: () => void;
  readonly size: () => number;
}

const LEVEL = 6;

class Writer implements ZipWriter {
  readonly #parts: WriterParts;
  #member = { name: '', sizeBytes: 0, hash: createHash('sha256') };
  #entry: ZipDeflate | undefined;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  begin(name: string): void {
    this.#member = { name, sizeBytes: 0, hash: createHash('sha256') };
    this.#entry = new ZipDeflate(name, { level: LEVEL });
    this.#parts.zip.add(this.#entry);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#member.sizeBytes += bytes.length;
    this.#member.hash.update(bytes);
    this.#entry?.push(bytes);
    this.#parts.check();
    // A failed stream drains never, but it closes.
    if (this.#parts.stream.writableNeedDrain)
      await Promise.race([once(this.#parts.stream, 'drain'), once(this.#parts.stream, 'close')]);
    this.#parts.check();
  }

  endMember(): WrittenMember {
    this.#entry?.push(new Uint8Array(0), true);
    const { name, sizeBytes, hash } = this.#member;
    return { name, sizeBytes, sha256: hash.digest('hex') };
  }

  async end(): Promise<number> {
    const { zip, stream, check, size } = this.#parts;
    zip.end();
    check();
    stream.end();
    await once(stream, 'close');
    check();
    return size();
  }

  abandon(): void {
    this.#parts.stream.destroy();
  }
}

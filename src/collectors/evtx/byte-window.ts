/** A moving view of a stream: bytes can be looked at before it is decided how many to use. */
export class ByteWindow {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #isEnded = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** What was read and not skipped. Valid until the next `fill`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Place of the first byte in the stream. */
  get offset(): number {
    return this.#offset;
  }

  /** Reads until `count` bytes are there, or the stream ends. */
  async fill(count: number): Promise<void> {
    if (this.#bytes.length >= count || this.#isEnded) return;
    const pieces = [this.#bytes];
    let size = this.#bytes.length;
    while (size < count) {
      const next = await this.#iterator.next();
      if (next.done === true) {
        this.#isEnded = true;
        break;
      }
      pieces.push(next.value);
      size += next.value.length;
    }
    this.#bytes = joinBytes(pieces, size);
  }

  /** Moves on by `count` bytes, which must be there. */
  skip(count: number): void {
    this.#bytes = this.#bytes.subarray(count);
    this.#offset += count;
  }

  /** Tells the stream that no more is wanted. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

// Never a Buffer, so that code that reads the bytes sees one class of object.
function joinBytes(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const joined = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

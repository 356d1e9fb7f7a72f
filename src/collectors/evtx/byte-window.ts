/** A moving view of a stream: bytes can be looked at before it is decided how many to use. */
export class ByteWindow {
  readonly #iterator: AsyncIterator<Uint8Array>;
  /** Copied once, as the producer may use its buffers again; what was handed out is not written again. */
  #bytes: Uint8Array = new Uint8Array(0);
  /** What was received and is not in `#bytes` yet. */
  #pending: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #isEnded = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** What was read and not skipped, at least what was asked for last. Never changes: it may be kept. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Place of the first byte in the stream. */
  get offset(): number {
    return this.#offset;
  }

  /** Reads until `count` bytes are there, or the stream ends. */
  async fill(count: number): Promise<void> {
    if (this.#bytes.length >= count) return;
    const filled = new Uint8Array(count);
    filled.set(this.#bytes);
    let size = this.#bytes.length;
    while (size < count) {
      if (this.#pending.length === 0 && !(await this.#receive())) break;
      const taken = this.#pending.subarray(0, count - size);
      filled.set(taken, size);
      size += taken.length;
      this.#pending = this.#pending.subarray(taken.length);
    }
    this.#bytes = filled.subarray(0, size);
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

  /** Whether more came. */
  async #receive(): Promise<boolean> {
    if (this.#isEnded) return false;
    const next = await this.#iterator.next();
    if (next.done === true) this.#isEnded = true;
    else this.#pending = next.value;
    return next.done !== true;
  }
}

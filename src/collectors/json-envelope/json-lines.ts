import { type JsonPiece, JsonSplitter } from '../split-json.js';

const NEWLINE = 0x0a;
/** A longer line may be an envelope with many records, and is not kept whole. */
const LONG_LINE_BYTES = 256 * 1024;

/** Cuts a file with an object a line into those; of lines that are large envelopes, the records are cut out. */
export async function* piecesOfLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<JsonPiece[]> {
  const reader = new LineReader(maxBytes);
  for await (const chunk of chunks) yield reader.push(chunk);
  yield reader.endLine();
}

class LineReader {
  readonly #maxBytes: number;
  #number = 1;
  #parts: Uint8Array[] = [];
  #size = 0;
  /** Reads the line at hand when that is long. */
  #splitter: JsonSplitter | undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      append(pieces, this.#take(chunk.subarray(start, end)));
      append(pieces, this.endLine());
      start = end + 1;
    }
    // Copied: the producer may use its buffer again.
    if (start < chunk.length) append(pieces, this.#take(chunk.slice(start)));
    return pieces;
  }

  endLine(): JsonPiece[] {
    const pieces = this.#splitter?.end() ?? [];
    const [only] = this.#parts;
    const bytes =
      only !== undefined && this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
    if (this.#splitter === undefined && !isBlank(bytes))
      pieces.push({ kind: 'object', bytes, line: this.#number, outer: [] });
    this.#splitter = undefined;
    this.#parts = [];
    this.#size = 0;
    this.#number += 1;
    return pieces;
  }

  #take(bytes: Uint8Array): JsonPiece[] {
    if (this.#splitter !== undefined) return this.#splitter.push(bytes);
    this.#size += bytes.length;
    this.#parts.push(bytes);
    if (this.#size <= LONG_LINE_BYTES) return [];
    this.#splitter = new JsonSplitter({ maxBytes: this.#maxBytes, line: this.#number });
    const pieces = this.#splitter.push(Buffer.concat(this.#parts));
    this.#parts = [];
    return pieces;
  }
}

function append(pieces: JsonPiece[], more: readonly JsonPiece[]): void {
  for (const piece of more) pieces.push(piece);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 0x20);
}

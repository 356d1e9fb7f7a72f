/** A JSON object cut out of a document, or why there is none. */
export type JsonPiece =
  | { readonly kind: 'object'; readonly bytes: Uint8Array; readonly line: number }
  | { readonly kind: 'damaged'; readonly message: string; readonly line: number }
  | { readonly kind: 'too-large'; readonly line: number };

const CODE = {
  newline: 0x0a,
  quote: 0x22,
  comma: 0x2c,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/**
 * `outside`: between objects. `inside`: in one. `lost`: something is damaged; the next line that opens an object at the
 * same indentation or less starts anew. `after`: behind the array of an envelope.
 */
type SplitterState = 'outside' | 'inside' | 'lost' | 'after';

/**
 * Cuts the objects out of a JSON document that is an array, an object, or several of them in a row, as it arrives.
 * Keeps at most one object in memory.
 */
export class JsonSplitter {
  readonly #maxBytes: number;
  #state: SplitterState = 'outside';
  #inEnvelope: boolean;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #line = 1;
  #column = 0;
  #startLine = 1;
  #startColumn = 0;
  #blankSoFar = true;
  #parts: Uint8Array[] = [];
  #size = 0;

  /** @param options.inEnvelope the document is an object around one array, whose opening was removed. */
  constructor(options: { readonly maxBytes: number; readonly inEnvelope: boolean }) {
    this.#maxBytes = options.maxBytes;
    this.#inEnvelope = options.inEnvelope;
  }

  /** Takes the next bytes; the pieces that end in them, in order. */
  push(chunk: Uint8Array): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const code = chunk[index] ?? 0;
      const wasInside = this.#isInside();
      const step = wasInside ? this.#inside(code) : this.#between(code);
      if (!wasInside && this.#isInside()) start = index;
      if (step === 'ended') pieces.push(this.#take(chunk.subarray(start, index + 1)));
      else if (step !== undefined) pieces.push(this.#report(step));
      this.#count(code);
    }
    // Copied: the producer may use its buffer again.
    if (this.#isInside()) this.#keep(chunk.slice(start));
    return pieces;
  }

  /** Ends the document. */
  end(): JsonPiece[] {
    if (!this.#isInside()) return [];
    this.#drop();
    return [{ kind: 'damaged', message: 'the object does not end', line: this.#startLine }];
  }

  #report(piece: JsonPiece): JsonPiece {
    this.#drop();
    return piece;
  }

  #isInside(): boolean {
    return this.#state === 'inside';
  }

  #count(code: number): void {
    if (code === CODE.newline) {
      this.#line += 1;
      this.#column = 0;
      this.#blankSoFar = true;
      return;
    }
    this.#column += 1;
    if (code > 0x20) this.#blankSoFar = false;
  }

  #between(code: number): JsonPiece | undefined {
    if (code === CODE.openBrace && this.#mayOpen()) {
      this.#state = 'inside';
      this.#depth = 1;
      this.#startLine = this.#line;
      this.#startColumn = this.#column;
      return undefined;
    }
    if (code <= 0x20 || code === CODE.comma || code === CODE.openBracket) return undefined;
    if (this.#state !== 'outside') return undefined;
    if (code === CODE.closeBracket) {
      if (this.#inEnvelope) this.#state = 'after';
      return undefined;
    }
    this.#state = 'lost';
    this.#startColumn = this.#column;
    return { kind: 'damaged', message: 'expected an object', line: this.#line };
  }

  #mayOpen(): boolean {
    if (this.#state === 'outside') return true;
    return this.#blankSoFar && this.#column <= this.#startColumn;
  }

  #inside(code: number): JsonPiece | 'ended' | undefined {
    if (this.#inString) return this.#insideString(code);
    if (code === CODE.quote) this.#inString = true;
    else if (code === CODE.openBrace || code === CODE.openBracket) this.#depth += 1;
    else if (code === CODE.closeBrace || code === CODE.closeBracket) {
      this.#depth -= 1;
      if (this.#depth === 0) {
        this.#state = 'outside';
        return 'ended';
      }
    }
    return undefined;
  }

  #insideString(code: number): JsonPiece | undefined {
    if (code === CODE.newline) {
      this.#state = 'lost';
      this.#inString = false;
      this.#isEscaped = false;
      return { kind: 'damaged', message: 'a text does not end on its line', line: this.#startLine };
    }
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === CODE.backslash) this.#isEscaped = true;
    else if (code === CODE.quote) this.#inString = false;
    return undefined;
  }

  #keep(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size > this.#maxBytes) this.#parts = [];
    else this.#parts.push(bytes);
  }

  #take(bytes: Uint8Array): JsonPiece {
    this.#keep(bytes);
    const line = this.#startLine;
    const piece: JsonPiece =
      this.#size > this.#maxBytes
        ? { kind: 'too-large', line }
        : { kind: 'object', bytes: Buffer.concat(this.#parts), line };
    this.#drop();
    return piece;
  }

  #drop(): void {
    this.#parts = [];
    this.#size = 0;
  }
}

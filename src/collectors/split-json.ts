import { isIssue, isRecord, parseJson } from '../model/index.js';
import { type EnvelopeOpening, EnvelopeScout } from './json-envelope/scout-envelope.js';
import { outerOf } from './json-envelope/unpack-records.js';
import type { JsonObject } from './json-record.js';

/** A JSON object cut out of a document, or why there is none. */
export type JsonPiece =
  | {
      readonly kind: 'object';
      readonly bytes: Uint8Array;
      readonly line: number;
      /** What stands around it in envelopes too large to be read whole; the innermost first. */
      readonly outer: readonly JsonObject[];
    }
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

const MAX_ENVELOPES = 8;

/**
 * `outside`: between objects. `inside`: in one. `lost`: something is damaged; the next line that opens an object at the
 * same indentation or less starts anew. `after`: behind the list of an envelope, until that ends.
 */
type SplitterState = 'outside' | 'inside' | 'lost' | 'after';

/** An envelope whose list is being read. */
interface OpenEnvelope {
  readonly holds: 'list' | 'object';
  readonly outer: readonly JsonObject[];
  readonly line: number;
}

/**
 * Cuts the objects out of a JSON document that is an array, an object, or several of them in a row, as it arrives.
 * An envelope of at most `wholeBytes` is one object; of a larger or damaged one, the records are cut out. Keeps at
 * most one object in memory.
 */
export class JsonSplitter {
  readonly #maxBytes: number;
  readonly #wholeBytes: number;
  #state: SplitterState = 'outside';
  readonly #envelopes: OpenEnvelope[] = [];
  #scout = new EnvelopeScout();
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #line: number;
  #column = 0;
  #startLine = 1;
  #startColumn = 0;
  #blankSoFar = true;
  #parts: Uint8Array[] = [];
  #size = 0;
  #tailMembers = false;

  /**
   * @param options.maxBytes of an object; a larger one is passed over.
   * @param options.wholeBytes default 256 KiB.
   * @param options.line number of the first line; default 1.
   */
  constructor(options: {
    readonly maxBytes: number;
    readonly wholeBytes?: number | undefined;
    readonly line?: number | undefined;
  }) {
    this.#maxBytes = options.maxBytes;
    this.#wholeBytes = Math.min(options.wholeBytes ?? 256 * 1024, options.maxBytes);
    this.#line = options.line ?? 1;
  }

  /** Takes the next bytes; the pieces that end in them, in order. */
  push(chunk: Uint8Array): JsonPiece[] {
    const pieces: JsonPiece[] = [];
    let start = 0;
    for (let index = this.#skipText(chunk, 0); index < chunk.length; index += 1) {
      const code = chunk[index] ?? 0;
      const wasInside = this.#isInside();
      if (!wasInside && code === CODE.openBrace && this.#mayOpen()) start = index;
      const step = this.#step(code, this.#size + index - start + 1);
      const isDamaged = wasInside && typeof step === 'object';
      const opening = this.#opening(this.#size + index - start + 1, isDamaged);
      if (opening === undefined) this.#finish(step, { pieces, bytes: [chunk, start, index + 1] });
      this.#count(code);
      if (opening !== undefined) {
        this.#keep(chunk.subarray(start, index + 1));
        for (const piece of this.#openEnvelope(opening)) pieces.push(piece);
        start = index + 1;
      }
      index = this.#skipText(chunk, index + 1) - 1;
    }
    // Copied: the producer may use its buffer again.
    if (this.#isInside()) this.#keep(chunk.slice(start));
    return pieces;
  }

  /** Ends the document. */
  end(): JsonPiece[] {
    const [envelope] = this.#envelopes;
    if (!this.#isInside()) {
      if (envelope === undefined) return [];
      const message = `the object around the records, from line ${envelope.line}, does not end`;
      return [{ kind: 'damaged', message, line: this.#line }];
    }
    const opening = this.#opening(this.#size, true);
    if (opening !== undefined) {
      const pieces = this.#openEnvelope(opening);
      return [...pieces, ...this.end()];
    }
    this.#drop();
    return [{ kind: 'damaged', message: 'the object does not end', line: this.#startLine }];
  }

  /** Passes over what is plain in a text within an object; the index of what is not. */
  #skipText(chunk: Uint8Array, from: number): number {
    if (!this.#inString || this.#isEscaped || this.#depth < 2 || !this.#isInside()) return from;
    let end = from;
    for (; end < chunk.length; end += 1) {
      const code = chunk[end];
      if (code === CODE.quote || code === CODE.backslash || code === CODE.newline) break;
    }
    this.#column += end - from;
    return end;
  }

  #step(code: number, bytes: number): JsonPiece | 'ended' | undefined {
    if (this.#state === 'inside') return this.#inside(code, bytes);
    return this.#state === 'after' ? this.#after(code) : this.#between(code);
  }

  /** Adds the piece that ends here, if one does. */
  #finish(
    step: JsonPiece | 'ended' | undefined,
    to: { readonly pieces: JsonPiece[]; readonly bytes: [Uint8Array, number, number] },
  ): void {
    if (step === undefined) return;
    const [chunk, start, end] = to.bytes;
    if (step === 'ended') to.pieces.push(this.#take(chunk.subarray(start, end)));
    else {
      this.#drop();
      to.pieces.push(step);
    }
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
      this.#scout = new EnvelopeScout();
      return undefined;
    }
    if (code <= 0x20 || code === CODE.comma || code === CODE.openBracket) return undefined;
    if (this.#state !== 'outside') return undefined;
    if (code === CODE.closeBracket) {
      if (this.#envelopes.at(-1)?.holds === 'list') this.#leaveList();
      return undefined;
    }
    this.#state = 'lost';
    this.#startColumn = this.#column;
    return { kind: 'damaged', message: 'expected an object', line: this.#line };
  }

  #mayOpen(): boolean {
    if (this.#state === 'outside') return true;
    return this.#state === 'lost' && this.#blankSoFar && this.#column <= this.#startColumn;
  }

  #inside(code: number, bytes: number): JsonPiece | 'ended' | undefined {
    if (this.#inString) {
      if (this.#depth === 1 && code !== CODE.quote) this.#scout.textByte(code);
      return this.#insideString(code);
    }
    if (this.#depth === 1 || this.#scout.isWaiting)
      this.#scout.byte(code, {
        depth: this.#depth,
        bytes,
        line: this.#line,
        column: this.#column,
      });
    return this.#nest(code) ? 'ended' : undefined;
  }

  /** Follows brackets and quotes; whether the object ends. */
  #nest(code: number): boolean {
    if (code === CODE.quote) this.#inString = true;
    else if (code === CODE.openBrace || code === CODE.openBracket) this.#depth += 1;
    else if (code === CODE.closeBrace || code === CODE.closeBracket) {
      this.#depth -= 1;
      if (this.#depth > 0) return false;
      this.#state = 'outside';
      return true;
    }
    return false;
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

  /** The opening of the object at hand, once that is damaged or too large to be read whole. */
  #opening(bytes: number, isDamaged: boolean): EnvelopeOpening | undefined {
    const { opening } = this.#scout;
    if (opening === undefined || this.#size > this.#maxBytes) return undefined;
    if (this.#envelopes.length >= MAX_ENVELOPES) return undefined;
    return isDamaged || (this.#isInside() && bytes > this.#wholeBytes) ? opening : undefined;
  }

  /** Reads what is kept of an envelope again: its header, then the records so far. */
  #openEnvelope(opening: EnvelopeOpening): JsonPiece[] {
    const bytes = Buffer.concat(this.#parts);
    const header = parseHeader(bytes.subarray(0, opening.headerBytes), opening.holds);
    const outer = this.#envelopes.at(-1)?.outer ?? [];
    this.#envelopes.push({
      holds: opening.holds,
      outer: Object.keys(header).length === 0 ? outer : [header, ...outer],
      line: this.#startLine,
    });
    this.#drop();
    this.#state = 'outside';
    this.#inString = false;
    this.#isEscaped = false;
    this.#line = opening.line;
    this.#column = opening.column;
    // Wherever the envelope began on its line, records of one line start behind it.
    this.#blankSoFar = false;
    return this.push(bytes.subarray(opening.headerBytes));
  }

  #leaveList(): void {
    this.#state = 'after';
    this.#depth = 1;
    this.#tailMembers = false;
  }

  /** Passes over what follows the records in an envelope. */
  #after(code: number): JsonPiece | undefined {
    if (this.#inString) return this.#insideString(code);
    const isMember = code === CODE.openBrace || code === CODE.openBracket;
    if (isMember || (this.#envelopes.at(-1)?.holds === 'object' && code === CODE.comma))
      this.#tailMembers = true;
    if (!this.#nest(code)) return undefined;
    this.#envelopes.pop();
    if (this.#envelopes.at(-1)?.holds === 'object') this.#leaveList();
    if (!this.#tailMembers) return undefined;
    const message = 'what follows the records in the object around them is not read';
    return { kind: 'damaged', message, line: this.#line };
  }

  #keep(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size > this.#maxBytes) this.#parts = [];
    else this.#parts.push(bytes);
  }

  #take(bytes: Uint8Array): JsonPiece {
    this.#keep(bytes);
    const line = this.#startLine;
    const outer = this.#envelopes.at(-1)?.outer ?? [];
    const piece: JsonPiece =
      this.#size > this.#maxBytes
        ? { kind: 'too-large', line }
        : { kind: 'object', bytes: Buffer.concat(this.#parts), line, outer };
    this.#drop();
    if (this.#envelopes.at(-1)?.holds === 'object') this.#leaveList();
    return piece;
  }

  #drop(): void {
    this.#parts = [];
    this.#size = 0;
  }
}

/** The members before the records. */
function parseHeader(bytes: Uint8Array, holds: 'list' | 'object'): JsonObject {
  const text = Buffer.from(bytes).toString('utf8');
  const parsed = parseJson(`${text}${holds === 'list' ? ']' : '{}'}}`);
  return !isIssue(parsed) && isRecord(parsed.value) ? outerOf(parsed.value) : {};
}

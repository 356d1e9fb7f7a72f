import { ENVELOPE_HEADERS, ENVELOPE_LISTS, ENVELOPE_OBJECTS } from './envelopes.table.js';

/** Where an object that is still arriving turns out to be an envelope. */
export interface EnvelopeOpening {
  /** Bytes of the object up to and with what opens the list, or before what opens the inner object. */
  readonly headerBytes: number;
  readonly line: number;
  readonly column: number;
  readonly holds: 'list' | 'object';
}

const CODE = { colon: 0x3a, comma: 0x2c, openBracket: 0x5b, openBrace: 0x7b } as const;
const MAX_KEY_BYTES = 40;

/** Reads the members of one object as its bytes pass, and tells whether it is an envelope around records. */
export class EnvelopeScout {
  /** Undefined: not an envelope, as far as is known. */
  opening: EnvelopeOpening | undefined;
  #isKnown = true;
  #isLight = true;
  #key: string | undefined;
  #text: number[] = [];
  /** A list whose first element has not come yet. */
  #candidate: EnvelopeOpening | undefined;

  /** Whether bytes within a list are wanted too. */
  get isWaiting(): boolean {
    return this.#candidate !== undefined;
  }

  /** A byte of a text that is a member's name or value of the object itself. */
  textByte(code: number): void {
    if (this.#text.length <= MAX_KEY_BYTES) this.#text.push(code);
  }

  /**
   * A byte outside of texts.
   *
   * @param place.depth brackets open before it, 1: only the object itself.
   */
  byte(code: number, place: { depth: number; bytes: number; line: number; column: number }): void {
    if (this.#candidate !== undefined && code > 0x20) {
      if (code === CODE.openBrace) this.opening ??= this.#candidate;
      else this.#heavy();
      this.#candidate = undefined;
    }
    if (place.depth !== 1) return;
    if (code === CODE.colon) this.#key = String.fromCharCode(...this.#text);
    else if (code === CODE.comma) this.#endMember();
    else if (code === CODE.openBracket) this.#openList(place);
    else if (code === CODE.openBrace) this.#openObject(place);
    if (code > 0x20) this.#text = [];
  }

  #endMember(): void {
    if (this.#key !== undefined && !ENVELOPE_HEADERS.has(this.#key)) this.#isKnown = false;
    this.#key = undefined;
  }

  #openList(place: { bytes: number; line: number; column: number }): void {
    const beside = ENVELOPE_LISTS.get(this.#key ?? '');
    const mayOpen = beside === 'light' ? this.#isLight : beside === 'known' && this.#isKnown;
    if (mayOpen) this.#candidate = { ...spot(place), headerBytes: place.bytes, holds: 'list' };
    else this.#heavy();
  }

  #openObject(place: { bytes: number; line: number; column: number }): void {
    const mayOpen = this.#isKnown && ENVELOPE_OBJECTS.has(this.#key ?? '');
    if (mayOpen) this.opening ??= { ...spot(place), headerBytes: place.bytes - 1, holds: 'object' };
    else this.#heavy();
  }

  #heavy(): void {
    if (!ENVELOPE_HEADERS.has(this.#key ?? '')) this.#isLight = false;
  }
}

function spot({ line, column }: { line: number; column: number }) {
  return { line, column };
}

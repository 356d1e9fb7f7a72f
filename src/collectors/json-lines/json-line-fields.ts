import type { FieldValue } from '../event.js';
import { TEXT_FORM, type TextForm, type TextSearches } from '../lazy-fields.js';
import { PLACE_WORDS, VALUE } from './record-scanner.js';

const MINUS = 0x2d;

/** What fields of one form are called, and where they are. */
export interface FieldsLayout {
  /** Name → number of the member, or ~number of the header value. Aliases come after the names that they stand for. */
  readonly slots: ReadonlyMap<string, number>;
}

/** An object of a line that was scanned and not read. */
export interface ScannedLine {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** See RecordScanner.isSearchable. */
  readonly isSearchable: boolean;
  /** See RecordScanner.places; the line's own start at `offset`. */
  readonly places: Int32Array;
  readonly offset: number;
}

/** Fields of an event that are read from the bytes of its line when they are asked for. */
export class JsonLineFields implements ReadonlyMap<string, FieldValue> {
  readonly kind = 'lazy-fields';
  readonly bytes: Buffer;
  textStart = 0;
  textEnd = 0;
  readonly #start: number;
  readonly #end: number;
  readonly #isSearchable: boolean;
  readonly #places: Int32Array;
  readonly #offset: number;
  readonly layout: FieldsLayout;
  readonly #headerValue: (number: number) => FieldValue | undefined;

  /** @param headerValue values that no member has. */
  constructor(
    line: ScannedLine,
    layout: FieldsLayout,
    headerValue: (number: number) => FieldValue | undefined,
  ) {
    this.bytes = line.bytes;
    this.#start = line.start;
    this.#end = line.end;
    this.#isSearchable = line.isSearchable;
    this.#places = line.places;
    this.#offset = line.offset;
    this.layout = layout;
    this.#headerValue = headerValue;
  }

  textAt(slot: number): TextForm {
    if (slot < 0) return TEXT_FORM.none;
    const place = this.#offset + slot * PLACE_WORDS;
    const kind = this.#places[place];
    this.textStart = this.#places[place + 1] ?? 0;
    this.textEnd = this.#places[place + 2] ?? 0;
    const isText = kind === VALUE.plainText || (kind === VALUE.number && this.#isPlainNumber());
    return isText ? TEXT_FORM.json : TEXT_FORM.none;
  }

  /** A whole number of which JSON and JavaScript make the same text. */
  #isPlainNumber(): boolean {
    return this.textEnd - this.textStart <= 15 && this.bytes[this.textStart] !== MINUS;
  }

  mayHold({ json }: TextSearches): boolean {
    if (json === undefined || !this.#isSearchable) return true;
    return json.mayHoldBytes(this.bytes, this.#start, this.#end);
  }

  get(name: string): FieldValue | undefined {
    const slot = this.layout.slots.get(name);
    return slot === undefined ? undefined : this.valueAt(slot);
  }

  valueAt(slot: number): FieldValue | undefined {
    return slot < 0 ? this.#headerValue(~slot) : this.#read(slot);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    let size = 0;
    for (const _name of this.keys()) size += 1;
    return size;
  }

  *entries(): MapIterator<[string, FieldValue]> {
    for (const name of this.layout.slots.keys()) {
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<FieldValue> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, FieldValue]> {
    return this.entries();
  }

  forEach(
    visit: (value: FieldValue, name: string, fields: ReadonlyMap<string, FieldValue>) => void,
  ): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }

  #read(slot: number): FieldValue {
    const place = this.#offset + slot * PLACE_WORDS;
    const start = this.#places[place + 1] ?? 0;
    const end = this.#places[place + 2] ?? 0;
    return readValue(this.#places[place] ?? 0, this.bytes, { start, end });
  }
}

/** What a member's place holds. */
export function readValue(
  kind: number,
  bytes: Buffer,
  { start, end }: { readonly start: number; readonly end: number },
): FieldValue {
  switch (kind) {
    case VALUE.plainText: {
      const text = bytes.toString('latin1', start, end);
      return text.includes('\\') ? parseText(`"${text}"`) : text;
    }
    case VALUE.text:
      return parseText(`"${bytes.toString('utf8', start, end)}"`);
    case VALUE.number:
      return Number(bytes.toString('latin1', start, end));
    case VALUE.true:
      return true;
    case VALUE.false:
      return false;
    case VALUE.list:
      return readList(bytes.toString('latin1', start, end));
    default:
      return null;
  }
}

// Invariant: the scanner found a JSON string between these quotes.
function parseText(json: string): string {
  return String(JSON.parse(json));
}

/** As flattenFields has it: one value stands for itself, an empty list is null. */
function readList(json: string): FieldValue {
  const list: readonly unknown[] = JSON.parse(json);
  const texts = list.map(String);
  const [first = null] = texts;
  return texts.length > 1 ? texts : first;
}

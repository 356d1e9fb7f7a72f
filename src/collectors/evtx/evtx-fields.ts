import type { FieldValue } from '../event.js';
import { TEXT_FORM, type TextForm, type TextSearch, type TextSearches } from '../lazy-fields.js';
import { type EvtxRecord, NO_RANGE } from './evtx-record.js';
import {
  EVENT_ID_PLACE,
  type FieldLayout,
  type FieldSource,
  type FieldSources,
  isOneRef,
  type NamedPlaces,
} from './field-layout.js';

/**
 * The fields of one record. Each is decoded when it is first asked for; what is never asked for costs nothing. It
 * holds on to the record's chunk (64 KiB).
 */
export class EvtxFields implements ReadonlyMap<string, FieldValue> {
  readonly kind = 'lazy-fields';
  readonly layout: NamedPlaces;
  textStart = 0;
  textEnd = 0;
  readonly #record: EvtxRecord;
  readonly #header: FieldSources;
  #values: (FieldValue | undefined)[] | undefined;

  constructor(record: EvtxRecord, { named, header }: FieldLayout) {
    this.#record = record;
    this.layout = named;
    this.#header = header;
  }

  get bytes(): Uint8Array {
    return this.#record.bytes;
  }

  #sourceAt(place: number): FieldSource | undefined {
    const { sources } = this.layout.own;
    return place < sources.length ? sources[place] : this.#header.sources[place - sources.length];
  }

  textAt(place: number): TextForm {
    const source = this.#sourceAt(place);
    const isOne = source !== undefined && isOneRef(source);
    const range = isOne ? this.#record.textRange(source) : NO_RANGE;
    this.textStart = range >>> 16;
    this.textEnd = this.textStart + (range & 0xffff);
    // An empty value may be none at all.
    return range === NO_RANGE || this.textStart === this.textEnd ? TEXT_FORM.none : TEXT_FORM.utf16;
  }

  mayHold(searches: TextSearches): boolean {
    return this.#mayHoldIn(this.layout.own, searches) || this.#mayHoldIn(this.#header, searches);
  }

  #mayHoldIn(part: FieldSources, searches: TextSearches): boolean {
    const { words } = searches;
    if (words === undefined || mayHoldInLiterals(part, searches)) return true;
    const { sources } = part;
    for (let place = 0; place < sources.length; place += 1) {
      const source = sources[place];
      if (source !== undefined && this.#mayHoldAt(source, words)) return true;
    }
    return false;
  }

  #mayHoldAt(source: FieldSource, words: TextSearch): boolean {
    if (isOneRef(source)) return source.slot >= 0 && this.#record.mayHold(source.slot, words);
    return source.some(({ slot }) => slot >= 0 && this.#record.mayHold(slot, words));
  }

  get size(): number {
    let size = 0;
    for (const place of this.layout.slots.values())
      if (this.valueAt(place) !== undefined) size += 1;
    return size;
  }

  get(name: string): FieldValue | undefined {
    const place = this.layout.slots.get(name);
    return place === undefined ? undefined : this.valueAt(place);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *entries(): MapIterator<[string, FieldValue]> {
    for (const [name, place] of this.layout.slots) {
      const value = this.valueAt(place);
      if (value !== undefined) yield [name, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [name, place] of this.layout.slots)
      if (this.valueAt(place) !== undefined) yield name;
  }

  *values(): MapIterator<FieldValue> {
    for (const place of this.layout.slots.values()) {
      const value = this.valueAt(place);
      if (value !== undefined) yield value;
    }
  }

  [Symbol.iterator](): MapIterator<[string, FieldValue]> {
    return this.entries();
  }

  forEach(
    visit: (value: FieldValue, name: string, map: ReadonlyMap<string, FieldValue>) => void,
  ): void {
    for (const [name, place] of this.layout.slots) {
      const value = this.valueAt(place);
      if (value !== undefined) visit(value, name, this);
    }
  }

  valueAt(place: number): FieldValue | undefined {
    this.#values ??= new Array<FieldValue | undefined>(
      this.layout.own.sources.length + this.#header.sources.length,
    );
    const known = this.#values[place];
    if (known !== undefined) return known;
    const value = this.#read(place);
    this.#values[place] = value;
    return value;
  }

  #read(place: number): FieldValue | undefined {
    const source = this.#sourceAt(place);
    if (source === undefined) return undefined;
    if (!isOneRef(source)) return this.#record.valueOfAll(source);
    const ownCount = this.layout.own.sources.length;
    if (place < ownCount) return this.#record.valueOf(source);
    const isEventId = place === ownCount + EVENT_ID_PLACE;
    return isEventId ? this.#record.eventId : this.#record.systemValueOf(source);
  }
}

function mayHoldInLiterals(
  { literals, literalHolds }: FieldSources,
  searches: TextSearches,
): boolean {
  if (literals === undefined) return true;
  let mayHold = literalHolds.get(searches);
  if (mayHold === undefined) {
    mayHold = literals.some((text) => searches.texts.mayHold(text));
    literalHolds.set(searches, mayHold);
  }
  return mayHold;
}

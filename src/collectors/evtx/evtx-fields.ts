import type { FieldValue } from '../event.js';
import { TEXT_FORM, type TextForm, type TextSearch, type TextSearches } from '../lazy-fields.js';
import { type EvtxRecord, NO_RANGE } from './evtx-record.js';
import type { FieldLayout, FieldSource, FieldSources, NamedPlaces } from './field-layout.js';

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
    const ref = this.#sourceAt(place)?.slotRef;
    const range = ref === undefined ? NO_RANGE : this.#record.textRange(ref);
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
    for (const source of part.sources) {
      if (source === undefined) continue;
      const { slotRef } = source;
      if (
        slotRef === undefined
          ? this.#mayHoldAtAny(source, words)
          : this.#mayHoldAt(slotRef.slot, words)
      )
        return true;
    }
    return false;
  }

  #mayHoldAtAny({ refs }: FieldSource, words: TextSearch): boolean {
    return refs.some(({ slot }) => slot >= 0 && this.#mayHoldAt(slot, words));
  }

  #mayHoldAt(slot: number, words: TextSearch): boolean {
    const record = this.#record;
    switch (record.contentOf(slot)) {
      case 'utf16': {
        const range = record.rangeOf(slot);
        const start = range >>> 16;
        return words.mayHoldUtf16(record.bytes, start, start + (range & 0xfffe));
      }
      case 'figures':
        return false;
      default:
        return true;
    }
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
    if (source.isEventId) return this.#record.eventId;
    const [first] = source.refs;
    if (source.isSystem) return first === undefined ? undefined : this.#record.systemValueOf(first);
    return this.#record.valueOfAll(source.refs);
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

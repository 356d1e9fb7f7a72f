import type { FieldValue } from '../event.js';
import { TEXT_FORM, type TextForm, type TextSearch, type TextSearches } from '../lazy-fields.js';
import type { EvtxRecord } from './evtx-record.js';
import type { FieldLayout } from './field-layout.js';

/**
 * The fields of one record. Each is decoded when it is first asked for; what is never asked for costs nothing. It
 * holds on to the record's chunk (64 KiB).
 */
export class EvtxFields implements ReadonlyMap<string, FieldValue> {
  readonly kind = 'lazy-fields';
  readonly layout: FieldLayout;
  textStart = 0;
  textEnd = 0;
  readonly #record: EvtxRecord;
  #values: (FieldValue | undefined)[] | undefined;

  constructor(record: EvtxRecord, layout: FieldLayout) {
    this.#record = record;
    this.layout = layout;
  }

  get bytes(): Uint8Array {
    return this.#record.bytes;
  }

  textAt(place: number): TextForm {
    const ref = this.layout.sources[place]?.slotRef;
    const range = ref === undefined ? -1 : this.#record.textRange(ref);
    this.textStart = range >>> 16;
    this.textEnd = this.textStart + (range & 0xffff);
    // An empty value may be none at all.
    return range < 0 || this.textStart === this.textEnd ? TEXT_FORM.none : TEXT_FORM.utf16;
  }

  mayHold(searches: TextSearches): boolean {
    const { words } = searches;
    if (words === undefined || this.#mayHoldInLiterals(searches)) return true;
    for (const { refs } of this.layout.sources)
      for (const ref of refs) if (ref.slot >= 0 && this.#mayHoldAt(ref.slot, words)) return true;
    return false;
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

  #mayHoldInLiterals(searches: TextSearches): boolean {
    const { literals, literalHolds } = this.layout;
    if (literals === undefined) return true;
    let mayHold = literalHolds.get(searches);
    if (mayHold === undefined) {
      mayHold = literals.some((text) => searches.texts.mayHold(text));
      literalHolds.set(searches, mayHold);
    }
    return mayHold;
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
    this.#values ??= new Array<FieldValue | undefined>(this.layout.sources.length);
    const known = this.#values[place];
    if (known !== undefined) return known;
    const value = this.#read(place);
    this.#values[place] = value;
    return value;
  }

  #read(place: number): FieldValue | undefined {
    const source = this.layout.sources[place];
    if (source === undefined) return undefined;
    if (source.isEventId) return this.#record.eventId;
    const [first] = source.refs;
    if (source.isSystem) return first === undefined ? undefined : this.#record.systemValueOf(first);
    return this.#record.valueOfAll(source.refs);
  }
}

import type { FieldScalar, FieldValue } from '../event.js';
import type { TextSearch } from '../lazy-fields.js';
import type { EventShape, ValuePart, ValueRef } from './event-shape.js';
import { filetimeToMs, formatFiletime } from './filetime.js';
import { readUint32 } from './little-endian.js';
import { type ByteRange, readValue, trimText } from './read-value.js';
import { renderXml } from './render-xml.js';
import type { SlotTable } from './slot-table.js';
import { ARRAY_FLAG, VALUE_TYPE } from './value-types.table.js';

/** What a record is read from. */
export interface RecordOrigin {
  /** The chunk. Must not change while records of it are in use. */
  readonly bytes: Uint8Array;
  readonly slots: SlotTable;
  /** Offset of the chunk in its file, in bytes. */
  readonly chunkOffset: number;
}

/** Where a record was found. */
export interface RecordSpot {
  /** Offset in its chunk. */
  readonly start: number;
  /** Its first slot. */
  readonly base: number;
  readonly shape: EventShape;
  readonly isRecovered: boolean;
  readonly fault: string | undefined;
}

/**
 * One event of an event log. Only the places of its values are known; each is decoded when asked for. It holds on to
 * its chunk (64 KiB): take from it what outlives the chunk.
 */
export class EvtxRecord {
  readonly kind = 'evtx-record';
  /** Found outside the part of the chunk that the chunk's header says is in use: a leftover. */
  readonly isRecovered: boolean;
  /** Why parts of it are missing; undefined when it is whole. */
  readonly fault: string | undefined;
  readonly shape: EventShape;
  readonly #origin: RecordOrigin;
  readonly #start: number;
  readonly #base: number;

  constructor(origin: RecordOrigin, spot: RecordSpot) {
    this.#origin = origin;
    this.#start = spot.start;
    this.#base = spot.base;
    this.shape = spot.shape;
    this.isRecovered = spot.isRecovered;
    this.fault = spot.fault;
  }

  /** Offset in the file, in bytes. */
  get offset(): number {
    return this.#origin.chunkOffset + this.#start;
  }

  /** The number in the record's header; decimal text beyond 2^53. */
  get recordId(): number | string {
    const { bytes } = this.#origin;
    const id = readValue(bytes, VALUE_TYPE.uint64, ((this.#start + 8) << 16) | 8);
    return typeof id === 'number' ? id : String(id);
  }

  /** When the record was written: milliseconds since 1970. */
  get writtenMs(): number {
    const { bytes } = this.#origin;
    return filetimeToMs(readUint32(bytes, this.#start + 16), readUint32(bytes, this.#start + 20));
  }

  /** When the record was written: `2019-03-18T22:15:36.0363760Z`. */
  get writtenTime(): string {
    const { bytes } = this.#origin;
    return formatFiletime(readUint32(bytes, this.#start + 16), readUint32(bytes, this.#start + 20));
  }

  /** When the event happened: milliseconds since 1970, or the text of a log that holds texts. */
  get createdTime(): number | string | undefined {
    const ref = this.shape.system.get('TimeCreated/@SystemTime');
    if (ref === undefined) return undefined;
    const at = this.#base + ref.slot;
    const { bytes, slots } = this.#origin;
    const range = slots.ranges[at] ?? 0;
    if (ref.slot >= 0 && slots.types[at] === VALUE_TYPE.filetime && (range & 0xffff) === 8)
      return filetimeToMs(readUint32(bytes, range >>> 16), readUint32(bytes, (range >>> 16) + 4));
    const value = this.systemValue('TimeCreated/@SystemTime');
    return value === undefined ? undefined : String(value);
  }

  get eventId(): number | undefined {
    const value = this.systemValue('EventID');
    // In a log of rendered events it is text.
    const id = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
    return typeof id === 'number' ? id : undefined;
  }

  get provider(): string | undefined {
    return this.#systemText('Provider/@Name');
  }

  get channel(): string | undefined {
    return this.#systemText('Channel');
  }

  get computer(): string | undefined {
    return this.#systemText('Computer');
  }

  /**
   * A value of the event's header.
   *
   * @param path below `System`: `EventID`, `EventID/@Qualifiers`, `Execution/@ProcessID`.
   * @returns undefined when it is not there, or null.
   */
  systemValue(path: string): FieldScalar | undefined {
    const ref = this.shape.system.get(path);
    return ref === undefined ? undefined : this.systemValueOf(ref);
  }

  systemValueOf(ref: ValueRef): FieldScalar | undefined {
    const value = this.valueOf(ref);
    if (value === '' || value === undefined) return undefined;
    return isList(value) ? value.join(',') : value;
  }

  #systemText(path: string): string | undefined {
    const value = this.systemValue(path);
    return value === undefined ? undefined : String(value);
  }

  /** A field of the event's own part, by the name in the log. */
  field(name: string): FieldValue | undefined {
    const place = this.shape.payload.places.get(name);
    return place === undefined ? undefined : this.fieldAt(place);
  }

  /** A field of the event's own part, by its place in `shape.payload.fields`; undefined when the event lacks it. */
  fieldAt(place: number): FieldValue | undefined {
    return this.valueOfAll(this.shape.payload.fields[place]?.refs ?? []);
  }

  /** The value of a field; a list when it has several. */
  valueOfAll(refs: readonly ValueRef[]): FieldValue | undefined {
    const [first] = refs;
    if (refs.length === 1 && first !== undefined) return this.valueOf(first);
    const values = refs.flatMap((ref) => this.valueOf(ref) ?? []);
    return values.length > 1 ? values : values[0];
  }

  /** All fields of the event's own part, in the order of the log. */
  fields(): Map<string, FieldValue> {
    const fields = new Map<string, FieldValue>();
    for (const [place, { name }] of this.shape.payload.fields.entries()) {
      const value = this.fieldAt(place);
      if (value !== undefined) fields.set(name, value);
    }
    return fields;
  }

  /** The event as XML, as Windows writes it but on one line; characters that XML lacks become U+FFFD. */
  toXml(): string {
    return renderXml(this.shape.frame, {
      valueAt: (slot) => this.slotValue(slot),
      isNull: (slot) => this.isNull(slot),
    });
  }

  /** The value of a slot, counted from the record's first. */
  slotValue(slot: number): FieldValue {
    const { bytes, slots } = this.#origin;
    const at = this.#base + slot;
    return readValue(bytes, slots.types[at] ?? 0, slots.ranges[at] ?? 0);
  }

  isNull(slot: number): boolean {
    return this.#origin.slots.types[this.#base + slot] === VALUE_TYPE.null;
  }

  /** The chunk. */
  get bytes(): Uint8Array {
    return this.#origin.bytes;
  }

  /** Where the text of a value is in `bytes`, as a ByteRange of whole UTF-16 units; NO_RANGE when it is not just a text. */
  textRange(ref: ValueRef): ByteRange {
    const { bytes, slots } = this.#origin;
    const at = this.#base + ref.slot;
    if (ref.slot < 0 || slots.types[at] !== VALUE_TYPE.string) return NO_RANGE;
    for (const slot of ref.dependencies) if (this.isNull(slot)) return NO_RANGE;
    return trimText(bytes, slots.ranges[at] ?? 0);
  }

  /**
   * Whether the value of a slot may hold what is searched for.
   *
   * @param words none that is all figures, hexadecimal digits and signs between them: what is no text is shown in those.
   */
  mayHold(slot: number, words: TextSearch): boolean {
    const { bytes, slots } = this.#origin;
    const at = this.#base + slot;
    const content = CONTENTS[slots.types[at] ?? 0];
    if (content !== 'utf16') return content !== 'figures';
    const range = slots.ranges[at] ?? 0;
    const start = range >>> 16;
    return words.mayHoldUtf16(bytes, start, start + (range & 0xfffe));
  }

  valueOf(ref: ValueRef): FieldValue | undefined {
    for (const slot of ref.dependencies) if (this.isNull(slot)) return undefined;
    if (ref.slot >= 0) return this.slotValue(ref.slot);
    if (ref.parts.length === 0) return ref.text;
    return joinParts(ref.parts, (slot) => this.slotValue(slot));
  }
}

/** No value is so long. */
export const NO_RANGE: ByteRange = -1;

type SlotContent = 'utf16' | 'figures' | 'other';

const CONTENTS: readonly SlotContent[] = Array.from({ length: 256 }, (_, type) => contentOf(type));

function contentOf(type: number): SlotContent {
  if (type === VALUE_TYPE.string || type === VALUE_TYPE.eventXml) return 'utf16';
  switch (type & ~ARRAY_FLAG) {
    case VALUE_TYPE.string:
    case VALUE_TYPE.ansiString:
    case VALUE_TYPE.binXml:
    case VALUE_TYPE.eventXml:
      return 'other';
    default:
      return 'figures';
  }
}

/** The text of literal text and slots in a row. */
export function joinParts(
  parts: readonly ValuePart[],
  valueAt: (slot: number) => FieldValue,
): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : textOfValue(valueAt(part))))
    .join('');
}

/** A value as text; elements of a list are separated by commas. */
function textOfValue(value: FieldValue): string {
  return isList(value) ? value.join(',') : String(value);
}

function isList(value: FieldValue): value is readonly FieldScalar[] {
  return Array.isArray(value);
}

import type { EventTemplate } from './event-template.js';
import { readUint16, readUint32 } from './little-endian.js';
import { NameTable } from './name-table.js';
import { SlotTable } from './slot-table.js';
import { standInTemplate } from './stand-in-template.js';
import { definitionBytes, definitionId, type TemplateStore } from './template-store.js';
import { ARRAY_FLAG, VALUE_TYPE } from './value-types.table.js';

// Source: MS-EVEN6, "TemplateInstance": token (1), 0 (1), template id (4), offset of the definition (4), then, where
// the definition stands right here, the definition; count of values (4), a size (2), type (1) and 0 (1) for each; values.
const ID_AT = 2;
const DEFINITION_AT = 6;
const HEADER_BYTES = 10;
// A chunk of 64 KiB has room for more only when they overlap.
const MAX_DEFINITIONS = 512;
const MAX_DEFINITION_NODES = 200_000;
// Of all values of a record that occur more than once.
const MAX_REPEATED_BYTES = 256 * 1024;
const HIGHEST_TYPE = VALUE_TYPE.eventXml;

/** A template instance as it stands in a record. */
export interface Instance {
  readonly template: EventTemplate;
  /** Its first slot in the chunk's table. */
  readonly base: number;
  readonly slotCount: number;
  /** Offset behind it. */
  readonly end: number;
  /** First of its slots that holds BinXML; -1 when none does. */
  readonly innerSlot: number;
  /** How many of its slots hold BinXML. */
  readonly innerCount: number;
}

/** Reads the template instances of one chunk: where the values are, and of which types. */
export class InstanceReader {
  readonly names: NameTable;
  readonly slots = new SlotTable();
  /** What was wrong with the instance read last; undefined when nothing was. */
  fault: string | undefined;
  readonly #bytes: Uint8Array;
  readonly #store: TemplateStore;
  #definitionNodes = 0;
  readonly #byOffset = new Map<number, EventTemplate | undefined>();

  constructor(bytes: Uint8Array, store: TemplateStore) {
    this.#bytes = bytes;
    this.#store = store;
    this.names = new NameTable(bytes);
  }

  /** Reads the instance at an offset; undefined when it does not fit before `end`. */
  read(
    start: number,
    { end, isOuter }: { readonly end: number; readonly isOuter: boolean },
  ): Instance | undefined {
    this.fault = undefined;
    const bytes = this.#bytes;
    const definition = readUint32(bytes, start + DEFINITION_AT);
    const at = start + HEADER_BYTES;
    const countAt = definition === at ? at + (definitionBytes(bytes, at) ?? 0) : at;
    const count = readUint32(bytes, countAt);
    const descriptors = countAt + 4;
    if (descriptors + count * 4 > end) return this.#fail('values run over its end', start);
    const known = this.#readTemplate(readUint32(bytes, start + ID_AT), definition);
    const base = this.slots.reserve(Math.max(count, known?.slotCount ?? 0));
    const { innerSlot, innerCount, valuesEnd } = this.#readValues({
      descriptors,
      count,
      base,
      end,
    });
    const template = known ?? standInTemplate(this.slots.types.slice(base, base + count), isOuter);
    const slotCount = this.slots.length - base;
    if (template.repeats.size > 0) this.#boundRepeats(template, base);
    return { template, base, slotCount, end: valuesEnd, innerSlot, innerCount };
  }

  #readValues(place: {
    readonly descriptors: number;
    readonly count: number;
    readonly base: number;
    readonly end: number;
  }) {
    const bytes = this.#bytes;
    const { slots } = this;
    const { descriptors, count, base, end } = place;
    let innerSlot = -1;
    let innerCount = 0;
    let valuesEnd = descriptors + count * 4;
    for (let index = 0; index < count; index += 1) {
      const at = descriptors + index * 4;
      const size = readUint16(bytes, at);
      const type = bytes[at + 2] ?? 0;
      if (valuesEnd + size > end) {
        this.#fail('values run over its end', at);
        break;
      }
      if (type === VALUE_TYPE.binXml && size > 0) {
        if (innerCount === 0) innerSlot = index;
        innerCount += 1;
      }
      if ((type & ~ARRAY_FLAG) > HIGHEST_TYPE) this.#fail('a value of no known type', at);
      slots.set(base + index, type, (valuesEnd << 16) | size);
      valuesEnd += size;
    }
    return { innerSlot, innerCount, valuesEnd };
  }

  /** A value in a thousand places could fill the memory: those that are too much are left out. */
  #boundRepeats({ repeats }: EventTemplate, base: number): void {
    let room = MAX_REPEATED_BYTES;
    for (const [slot, count] of repeats) {
      room -= count * ((this.slots.ranges[base + slot] ?? 0) & 0xffff);
      if (room >= 0) continue;
      this.slots.set(base + slot, VALUE_TYPE.null, 0);
      this.#fail('values in more places than any event has them', base + slot);
    }
  }

  #readTemplate(templateId: number, definition: number): EventTemplate | undefined {
    let template = this.#byOffset.get(definition);
    if (template === undefined && !this.#byOffset.has(definition)) {
      template = this.#compile(templateId, definition);
      if (this.#byOffset.size < MAX_DEFINITIONS) this.#byOffset.set(definition, template);
    }
    const { fault } = template ?? { fault: 'its template definition is lost' };
    if (fault === undefined) return template;
    const other = this.#store.find(templateId);
    if (other === undefined) this.#fail(fault, definition);
    return other ?? template;
  }

  #compile(templateId: number, definition: number): EventTemplate | undefined {
    const bytes = this.#bytes;
    if (this.#byOffset.size >= MAX_DEFINITIONS) return undefined;
    if (this.#definitionNodes > MAX_DEFINITION_NODES) return undefined;
    if (definitionBytes(bytes, definition) === undefined) return undefined;
    if (definitionId(bytes, definition) !== templateId) return undefined;
    const template = this.#store.read(this.names, definition);
    this.#definitionNodes += template.weight;
    return template;
  }

  #fail(what: string, at: number): undefined {
    this.fault ??= `${what}, at ${at} of its chunk`;
  }
}

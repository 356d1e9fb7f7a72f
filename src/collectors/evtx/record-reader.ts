import { BinXmlParser } from './binxml-parser.js';
import {
  type EventShape,
  type PayloadShape,
  type ShapeOptions,
  shapeEvent,
  shapePayload,
  type ValuePart,
} from './event-shape.js';
import type { EventTemplate, ShapeRow } from './event-template.js';
import { EvtxRecord, joinParts, type RecordOrigin } from './evtx-record.js';
import { type Instance, InstanceReader } from './instance-reader.js';
import { readValue } from './read-value.js';
import type { TemplateStore } from './template-store.js';
import { TOKEN, VALUE_TYPE } from './value-types.table.js';
import type { XmlFrame } from './xml-node.js';

/** Bytes of a record before its BinXML: magic, size, number, time. */
export const RECORD_HEADER_BYTES = 24;
// Windows nests one fragment in another, no deeper.
const MAX_NESTING = 8;
// Of one record; real ones have some hundred.
const MAX_RECORD_NODES = 20_000;
// Of all shapes of a chunk; bounds what a hostile chunk can cost.
const MAX_CHUNK_NODES = 150_000;
// Headers have few different numbers of slots.
const MAX_PAYLOADS = 32;

/** A record's place in its chunk. */
export interface RecordBounds {
  readonly start: number;
  readonly end: number;
  readonly isRecovered: boolean;
}

/** Reads the records of one chunk. */
export class RecordReader {
  readonly #origin: RecordOrigin;
  readonly #instances: InstanceReader;
  readonly #store: TemplateStore;
  /** Of the chunk, among all that were read with the store. */
  readonly #number: number;
  #fault: string | undefined;
  /** First slot of the record being read. */
  #base = 0;
  #end = 0;
  #recordNodes = 0;
  #chunkNodes = 0;

  constructor(bytes: Uint8Array, chunkOffset: number, store: TemplateStore) {
    this.#instances = new InstanceReader(bytes, store);
    this.#store = store;
    this.#number = store.cache.numberChunk();
    this.#origin = { bytes, slots: this.#instances.slots, chunkOffset };
  }

  /** What was wrong with the record read last; undefined when nothing was. */
  get lastFault(): string | undefined {
    return this.#fault;
  }

  /** Offset behind the BinXML of the record read last; its end when it is not known. */
  get lastEnd(): number {
    return this.#end;
  }

  /** Reads a record; undefined when nothing of it can be read. */
  read({ start, end, isRecovered }: RecordBounds): EvtxRecord | undefined {
    const { slots } = this.#origin;
    this.#fault = undefined;
    this.#recordNodes = 0;
    this.#base = slots.length;
    this.#end = end;
    const shape = this.#readShape(start + RECORD_HEADER_BYTES, end);
    if (shape === undefined) {
      slots.release(this.#base);
      this.#fail('no part of the event can be read');
      return undefined;
    }
    const spot = { start, base: this.#base, shape, isRecovered, fault: this.#fault };
    return new EvtxRecord(this.#origin, spot);
  }

  #fail(fault: string | undefined): void {
    this.#fault ??= fault;
  }

  #readShape(start: number, end: number): EventShape | undefined {
    const at = this.#skipHeader(start);
    if (this.#origin.bytes[at] !== TOKEN.templateInstance)
      return this.#shapeOf(this.#parseFragment(start, end, 0));
    const outer = this.#readInstance(at, { end, isOuter: true });
    if (outer === undefined) return undefined;
    this.#end = outer.end;
    if (outer.end < end - 4 && this.#origin.bytes[outer.end] !== TOKEN.endOfFragment) {
      this.#origin.slots.release(this.#base);
      return this.#shapeOf(this.#parseFragment(start, end, 0));
    }
    if (outer.innerCount === 0) return this.#shapeOfPair(outer, undefined);
    const inner = outer.innerCount === 1 ? this.#readLoneInstance(outer) : undefined;
    if (inner !== undefined) return this.#shapeOfPair(outer, inner);
    return this.#shapeOf(this.#expand(outer, 0));
  }

  #skipHeader(start: number): number {
    return this.#origin.bytes[start] === TOKEN.fragmentHeader ? start + 4 : start;
  }

  #readInstance(
    at: number,
    limits: { readonly end: number; readonly isOuter: boolean },
  ): Instance | undefined {
    const instance = this.#instances.read(at, limits);
    this.#fail(this.#instances.fault);
    return instance;
  }

  /** The instance that is all there is in the outer one's only nested fragment. */
  #readLoneInstance(outer: Instance): Instance | undefined {
    const { bytes, slots } = this.#origin;
    const { start, end } = this.#rangeOf(outer.base + outer.innerSlot);
    const at = this.#skipHeader(start);
    if (bytes[at] !== TOKEN.templateInstance) return undefined;
    const base = slots.length;
    const inner = this.#readInstance(at, { end, isOuter: false });
    const isLone =
      inner !== undefined &&
      inner.innerCount === 0 &&
      (inner.end >= end || bytes[inner.end] === TOKEN.endOfFragment);
    if (isLone) return inner;
    slots.release(base);
    return undefined;
  }

  #rangeOf(slot: number): { readonly start: number; readonly end: number } {
    const range = this.#origin.slots.ranges[slot] ?? 0;
    const start = range >>> 16;
    return { start, end: start + (range & 0xffff) };
  }

  /** The shape of one template with at most one other in it: made once, then looked up. */
  #shapeOfPair(outer: Instance, inner: Instance | undefined): EventShape | undefined {
    const known = this.#findShape(outer, inner);
    if (known?.lastChunk === this.#number) return known.shape;
    const { template, slotCount } = outer;
    const innerSlot = inner === undefined ? -1 : outer.innerSlot;
    const frames = new Map<number, XmlFrame>();
    if (inner !== undefined)
      this.#nest(outer, innerSlot, { make: () => this.#frame(inner, NOTHING), into: frames });
    const frame = this.#frame(outer, frames);
    // The same whether it was read before or not: a chunk pays for each of its shapes once.
    const isWhole = isFrameOf(frame, template) && [...frames.values()].every(isNotEmpty);
    if (!isWhole) return this.#shapeOf(frame);
    if (known !== undefined) {
      known.lastChunk = this.#number;
      return known.shape;
    }
    const payload = inner === undefined ? undefined : this.#payloadOf(outer, inner, frames);
    const shape = this.#shapeOf(frame, { system: template.system, payload });
    if (shape === undefined || shape.payload.isOfOneRecord) return shape;
    template.system ??= shape.system;
    const row = { slotCount, innerSlot, inner: inner?.template, shape, lastChunk: this.#number };
    this.#store.cache.addShape(template, row);
    return shape;
  }

  #findShape(
    { template, slotCount, innerSlot }: Instance,
    inner: Instance | undefined,
  ): ShapeRow | undefined {
    const place = inner === undefined ? -1 : innerSlot;
    for (const row of template.shapes)
      if (row.inner === inner?.template && row.innerSlot === place && row.slotCount === slotCount)
        return row;
    return undefined;
  }

  /** The event's own part, when the outer template is only a header around it: the same with any header. */
  #payloadOf(
    { template, innerSlot }: Instance,
    inner: Instance,
    frames: ReadonlyMap<number, XmlFrame>,
  ): PayloadShape | undefined {
    const { envelope } = template;
    const frame = frames.get(innerSlot);
    if (frame === undefined || envelope?.slot !== innerSlot) return undefined;
    const { payloads } = inner.template;
    const { dependencies } = envelope;
    const base = inner.base - this.#base;
    for (const row of payloads)
      if (row.base === base && row.dependencies.join() === dependencies.join()) return row.payload;
    const own = shapePayload(frame, dependencies, this.#textOf);
    if (own.isOfOneRecord) return own;
    const payload = this.#store.cache.sharePayload(own);
    if (payloads.length >= MAX_PAYLOADS) payloads.length = 0;
    payloads.push({ base, dependencies, payload });
    return payload;
  }

  #shapeOf(
    frame: XmlFrame,
    known: Pick<ShapeOptions, 'system' | 'payload'> = UNKNOWN,
  ): EventShape | undefined {
    if (frame.nodes.length === 0) return undefined;
    return shapeEvent(frame, { textOf: this.#textOf, ...known });
  }

  readonly #textOf = (parts: readonly ValuePart[]): string => {
    const { bytes, slots } = this.#origin;
    return joinParts(parts, (slot) => {
      const at = this.#base + slot;
      return readValue(bytes, slots.types[at] ?? 0, slots.ranges[at] ?? 0);
    });
  };

  /** An instance as a frame; empty when it would cost too much. */
  #frame({ template, base }: Instance, nested: ReadonlyMap<number, XmlFrame>): XmlFrame {
    const nodes = this.#afford(template.weight) ? template.nodes : [];
    return { nodes, base: base - this.#base, nested };
  }

  /** Puts a fragment into a slot. In two places at once it could cost the square of its size. */
  #nest(
    { template }: Instance,
    slot: number,
    frames: { readonly make: () => XmlFrame; readonly into: Map<number, XmlFrame> },
  ): void {
    if (template.repeats.has(slot)) this.#fail('a fragment in two places');
    else frames.into.set(slot, frames.make());
  }

  /** An instance with all that is nested in it. */
  #expand(instance: Instance, depth: number): XmlFrame {
    const { types } = this.#origin.slots;
    const into = new Map<number, XmlFrame>();
    for (let slot = 0; slot < instance.slotCount; slot += 1) {
      if (types[instance.base + slot] !== VALUE_TYPE.binXml) continue;
      const { start, end } = this.#rangeOf(instance.base + slot);
      const make = () => (start === end ? EMPTY : this.#parseFragment(start, end, depth + 1));
      this.#nest(instance, slot, { make, into });
    }
    return this.#frame(instance, into);
  }

  /** Parses a fragment that may hold anything, down to what is nested deepest. */
  #parseFragment(start: number, end: number, depth: number): XmlFrame {
    if (depth > MAX_NESTING) {
      this.#fail(`fragments nested deeper than ${MAX_NESTING}`);
      return EMPTY;
    }
    const readInstance = (at: number, limit: number) => {
      const instance = this.#readInstance(at, { end: limit, isOuter: depth === 0 });
      if (instance === undefined) return this.#fault ?? 'no template instance';
      return { frame: this.#expand(instance, depth), end: instance.end };
    };
    const names = this.#instances.names;
    const parser = new BinXmlParser({ names, start, end, readInstance }).parse();
    this.#fail(parser.fault);
    if (depth === 0) this.#end = parser.position;
    return this.#afford(parser.weight) ? { ...EMPTY, nodes: parser.nodes } : EMPTY;
  }

  #afford(weight: number): boolean {
    this.#recordNodes += weight;
    this.#chunkNodes += weight;
    const isTooMuch = this.#recordNodes > MAX_RECORD_NODES || this.#chunkNodes > MAX_CHUNK_NODES;
    if (isTooMuch) this.#fail('more parts than any event has');
    return !isTooMuch;
  }
}

function isFrameOf({ nodes }: XmlFrame, template: EventTemplate): boolean {
  return nodes === template.nodes;
}

function isNotEmpty({ nodes }: XmlFrame): boolean {
  return nodes.length > 0;
}

const UNKNOWN = { system: undefined, payload: undefined } as const;
const NOTHING: ReadonlyMap<number, XmlFrame> = new Map();
const EMPTY: XmlFrame = { nodes: [], base: 0, nested: NOTHING };

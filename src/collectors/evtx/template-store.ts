import { BinXmlParser } from './binxml-parser.js';
import type { PayloadShape } from './event-shape.js';
import { type EventTemplate, envelopeOf, type ShapeRow } from './event-template.js';
import { readUint16, readUint32 } from './little-endian.js';
import { type NameTable, nameBytes } from './name-table.js';

// Source: libevtx, EVTX format documentation, "Template definition": next offset (4), GUID (16), size (4), fragment.
/** Bytes of a template definition before its fragment. */
const DEFINITION_HEADER_BYTES = 24;
const GUID_AT = 4;
const SIZE_AT = 20;
const MAX_TEMPLATES = 4_096;
// Of one GUID and size: the header of each machine holds its name.
const MAX_VARIANTS = 64;
const MAX_SHAPES_OF_TEMPLATE = 512;
const MAX_SHAPES = 50_000;

/**
 * Templates by what their definition says, so that each is compiled once and not once a chunk or file. What is read does
 * not depend on what is kept here.
 */
export class TemplateCache {
  readonly #byKey = new Map<number, StoredTemplate[]>();
  readonly #payloads = new Map<string, PayloadShape>();
  #templates = 0;
  #shapes = 0;
  #chunks = 0;

  /** The template whose definition stands at an offset of a chunk. The definition fits into the chunk. */
  read(
    names: NameTable,
    offset: number,
  ): { readonly id: number; readonly template: EventTemplate } {
    const key = definitionKey(names.bytes, offset);
    const variants = this.#byKey.get(key);
    if (variants !== undefined)
      for (const stored of variants) if (isSameDefinition(stored, names, offset)) return stored;
    const stored = compileDefinition(names, offset);
    if (stored.template.fault === undefined) this.#keep(key, stored);
    return stored;
  }

  /** Keeps the shape of the events of a template. */
  addShape({ shapes }: EventTemplate, row: ShapeRow): void {
    // Such a template is made for one record or chunk.
    if (row.inner?.isKept === false) return;
    if (this.#shapes >= MAX_SHAPES) this.#clear();
    if (shapes.length >= MAX_SHAPES_OF_TEMPLATE) shapes.length = 0;
    shapes.push(row);
    this.#shapes += 1;
  }

  /** The same own part of an event, as another template may have it. */
  sharePayload(payload: PayloadShape): PayloadShape {
    const key = payloadKey(payload);
    const known = this.#payloads.get(key);
    if (known !== undefined) return known;
    if (this.#payloads.size >= MAX_TEMPLATES) this.#payloads.clear();
    this.#payloads.set(key, payload);
    return payload;
  }

  /** Numbers chunks, so that it can be told whether a shape came up before in the same one. */
  numberChunk(): number {
    this.#chunks += 1;
    return this.#chunks;
  }

  #keep(key: number, stored: StoredTemplate): void {
    if (this.#templates >= MAX_TEMPLATES) this.#clear();
    const variants = this.#byKey.get(key) ?? [];
    if (variants.length >= MAX_VARIANTS) variants.length = 0;
    variants.push(stored);
    this.#byKey.set(key, variants);
    this.#templates += 1;
  }

  #clear(): void {
    this.#byKey.clear();
    this.#templates = 0;
    this.#shapes = 0;
  }
}

/** Says all of a payload's fields, and nothing else. */
function payloadKey({ fields }: PayloadShape): string {
  let key = '';
  for (const { name, refs } of fields) {
    key += `\n${name.length} ${name}`;
    for (const { slot, text, parts, dependencies } of refs) {
      key += ` ${slot}:${dependencies.join()}`;
      if (slot < 0) key += JSON.stringify([text, parts]);
    }
  }
  return key;
}

/** The templates of one log. */
export class TemplateStore {
  readonly cache: TemplateCache;
  readonly #byId = new Map<number, EventTemplate>();

  /** @param cache may be shared by logs. */
  constructor(cache = new TemplateCache()) {
    this.cache = cache;
  }

  /** The template whose definition stands at an offset of a chunk. The definition fits into the chunk. */
  read(names: NameTable, offset: number): EventTemplate {
    const { id, template } = this.cache.read(names, offset);
    if (template.fault === undefined) this.#keep(id, template);
    return template;
  }

  /** The last template of this id that the log has shown, for records whose own definition is lost. */
  find(templateId: number): EventTemplate | undefined {
    return this.#byId.get(templateId);
  }

  #keep(id: number, template: EventTemplate): void {
    if (this.#byId.size >= MAX_TEMPLATES) this.#byId.clear();
    this.#byId.set(id, template);
  }
}

/** Size of the definition at an offset, header included; undefined when it cannot be a definition. */
export function definitionBytes(bytes: Uint8Array, offset: number): number | undefined {
  const size = DEFINITION_HEADER_BYTES + readUint32(bytes, offset + SIZE_AT);
  return size > DEFINITION_HEADER_BYTES && offset + size <= bytes.length ? size : undefined;
}

/** The part of a template's GUID that a record repeats. */
export function definitionId(bytes: Uint8Array, offset: number): number {
  return readUint32(bytes, offset + GUID_AT);
}

interface StoredTemplate {
  readonly id: number;
  readonly guid: Uint8Array;
  readonly template: EventTemplate;
  /** The fragment's bytes. */
  readonly image: Uint8Array;
  /** Offsets within the image of the references to names. */
  readonly nameRefs: readonly number[];
  /** For each reference, the name's count and characters when it stands elsewhere; undefined when right behind. */
  readonly farNames: readonly (Uint8Array | undefined)[];
}

/** Differs for most definitions that differ: made of GUID and size. */
function definitionKey(bytes: Uint8Array, offset: number): number {
  let key = readUint32(bytes, offset + SIZE_AT);
  for (let at = GUID_AT; at < SIZE_AT; at += 4)
    key = Math.imul(key, 31) + readUint32(bytes, offset + at);
  return key >>> 0;
}

function compileDefinition(names: NameTable, offset: number): StoredTemplate {
  const { bytes } = names;
  const start = offset + DEFINITION_HEADER_BYTES;
  const end = offset + (definitionBytes(bytes, offset) ?? DEFINITION_HEADER_BYTES);
  const parser = new BinXmlParser({ names, start, end, readInstance: undefined }).parse();
  const { nodes, slotCount, weight, fault, repeats } = parser;
  return {
    id: definitionId(bytes, offset),
    template: {
      nodes,
      slotCount,
      repeats,
      weight,
      fault,
      isKept: fault === undefined,
      envelope: envelopeOf(nodes, repeats),
      shapes: [],
      payloads: [],
      system: undefined,
    },
    guid: bytes.slice(offset + GUID_AT, offset + SIZE_AT),
    image: bytes.slice(start, end),
    nameRefs: parser.nameRefs.map((at) => at - start),
    farNames: parser.nameRefs.map((at) => farName(bytes, at)),
  };
}

function farName(bytes: Uint8Array, reference: number): Uint8Array | undefined {
  const name = readUint32(bytes, reference);
  if (name === reference + 4) return undefined;
  return bytes.slice(name + 6, name + nameBytes(bytes, name));
}

/**
 * Whether the definition at an offset says the same as a stored one. Their bytes differ only in what is an offset in
 * its chunk: references to names, and the link from one name to the next.
 */
function isSameDefinition(stored: StoredTemplate, names: NameTable, offset: number): boolean {
  const { guid, image, nameRefs, farNames } = stored;
  const { bytes } = names;
  if (!isSameAt(guid, bytes, { start: offset + GUID_AT, from: 0, to: guid.length })) return false;
  const start = offset + DEFINITION_HEADER_BYTES;
  if (definitionBytes(bytes, offset) !== DEFINITION_HEADER_BYTES + image.length) return false;
  let compared = 0;
  for (let index = 0; index < nameRefs.length; index += 1) {
    const at = nameRefs[index] ?? 0;
    if (!isSameAt(image, bytes, { start, from: compared, to: at })) return false;
    const name = readUint32(bytes, start + at);
    const far = farNames[index];
    const isNear = name === start + at + 4;
    if (isNear !== (far === undefined)) return false;
    if (far !== undefined && !isSameName(far, bytes, name)) return false;
    compared = at + (isNear ? 8 : 4);
  }
  return isSameAt(image, bytes, { start, from: compared, to: image.length });
}

function isSameName(far: Uint8Array, bytes: Uint8Array, name: number): boolean {
  if (readUint16(far, 0) !== readUint16(bytes, name + 6)) return false;
  if (name + 6 + far.length > bytes.length) return false;
  return isSameAt(far, bytes, { start: name + 6, from: 0, to: far.length });
}

/** Whether bytes `from`..`to` of an image stand at the same distances from `start`. */
function isSameAt(
  image: Uint8Array,
  bytes: Uint8Array,
  { start, from, to }: { readonly start: number; readonly from: number; readonly to: number },
): boolean {
  for (let index = from; index < to; index += 1)
    if (image[index] !== bytes[start + index]) return false;
  return true;
}

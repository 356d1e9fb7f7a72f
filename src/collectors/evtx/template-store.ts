import { BinXmlParser } from './binxml-parser.js';
import type { EventTemplate } from './event-template.js';
import { readUint16, readUint32 } from './little-endian.js';
import { type NameTable, nameBytes } from './name-table.js';

// Source: libevtx, EVTX format documentation, "Template definition": next offset (4), GUID (16), size (4), fragment.
/** Bytes of a template definition before its fragment. */
const DEFINITION_HEADER_BYTES = 24;
const GUID_AT = 4;
const SIZE_AT = 20;
const MAX_TEMPLATES = 4_096;
const MAX_VARIANTS = 16;

/** Templates by what their definition says, so that each is compiled once and not once a chunk. */
export class TemplateStore {
  readonly #byGuid = new Map<string, StoredTemplate[]>();
  readonly #byId = new Map<number, EventTemplate>();
  #count = 0;

  /** The template whose definition stands at an offset of a chunk. The definition fits into the chunk. */
  read(names: NameTable, offset: number): EventTemplate {
    const guid = guidKey(names.bytes, offset + GUID_AT);
    const variants = this.#byGuid.get(guid) ?? [];
    const known = variants.find((stored) => isSameDefinition(stored, names, offset));
    if (known !== undefined) return known.template;
    const stored = compileDefinition(names, offset);
    if (stored.template.fault === undefined) this.#keep(guid, stored, variants);
    return stored.template;
  }

  /** A template of this id from another chunk or file, for records whose own definition is lost. */
  find(templateId: number): EventTemplate | undefined {
    return this.#byId.get(templateId);
  }

  #keep(guid: string, stored: StoredTemplate, variants: StoredTemplate[]): void {
    if (this.#count >= MAX_TEMPLATES) {
      this.#byGuid.clear();
      this.#byId.clear();
      this.#count = 0;
    }
    if (variants.length >= MAX_VARIANTS) return;
    this.#count += 1;
    this.#byGuid.set(guid, [...variants, stored]);
    this.#byId.set(stored.id, stored.template);
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
  readonly template: EventTemplate;
  /** The fragment's bytes. */
  readonly image: Uint8Array;
  /** Offsets within the image of the references to names. */
  readonly nameRefs: readonly number[];
  /** For each reference, the name's count and characters when it stands elsewhere; undefined when right behind. */
  readonly farNames: readonly (Uint8Array | undefined)[];
}

function guidKey(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 16));
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
      shapes: [],
      system: undefined,
    },
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
  const { image, nameRefs, farNames } = stored;
  const { bytes } = names;
  const start = offset + DEFINITION_HEADER_BYTES;
  if (definitionBytes(bytes, offset) !== DEFINITION_HEADER_BYTES + image.length) return false;
  let compared = 0;
  for (let index = 0; index < nameRefs.length; index += 1) {
    const at = nameRefs[index] ?? 0;
    if (!isSameRange(image, bytes.subarray(start + compared, start + at), compared)) return false;
    const name = readUint32(bytes, start + at);
    const far = farNames[index];
    const isNear = name === start + at + 4;
    if (isNear !== (far === undefined)) return false;
    if (far !== undefined && !isSameName(far, bytes, name)) return false;
    compared = at + (isNear ? 8 : 4);
  }
  return isSameRange(image, bytes.subarray(start + compared, start + image.length), compared);
}

function isSameName(far: Uint8Array, bytes: Uint8Array, name: number): boolean {
  if (readUint16(far, 0) !== readUint16(bytes, name + 6)) return false;
  if (name + 6 + far.length > bytes.length) return false;
  return isSameRange(far, bytes.subarray(name + 6, name + 6 + far.length), 0);
}

function isSameRange(image: Uint8Array, range: Uint8Array, from: number): boolean {
  for (let index = 0; index < range.length; index += 1)
    if (image[from + index] !== range[index]) return false;
  return true;
}

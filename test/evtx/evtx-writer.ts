/** Writes made-up event logs, whole or with a damage that a test puts in. */
import { crc32 } from 'node:zlib';

export type Content = Element | Slot | Special | string;

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, Content>>;
  readonly content: readonly Content[];
  readonly dependency: number;
}

export interface Slot {
  readonly slot: number;
  readonly isOptional: boolean;
}

/** Tokens as they are, for what events seldom have. */
export interface Special {
  readonly tokens: (writer: ChunkWriter, isDefinition: boolean) => void;
}

export interface Template {
  /** First 4 bytes of its GUID; the others are 0x11. */
  readonly id: number;
  readonly root: Element;
}

export type Value =
  | { readonly type: number; readonly bytes: readonly number[] }
  | { readonly template: Template; readonly values: readonly Value[] };

export interface WrittenEvent {
  readonly number: number;
  readonly template: Template;
  readonly values: readonly Value[];
}

export function element(
  name: string,
  attributes: Readonly<Record<string, Content>>,
  content: readonly Content[],
): Element {
  return { name, attributes, content, dependency: -1 };
}

export const slot = (index: number): Slot => ({ slot: index, isOptional: false });
export const optionalSlot = (index: number): Slot => ({ slot: index, isOptional: true });

export const utf16 = (text: string): number[] => [...Buffer.from(text, 'utf16le')];
export const text = (value: string): Value => ({ type: 0x01, bytes: utf16(value) });
export const uint = (type: number, size: number, value: bigint): Value => ({
  type,
  bytes: Array.from({ length: size }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn)),
});
export const NULL: Value = { type: 0, bytes: [] };

/** 2026-01-02T03:04:05.6789012Z */
export const FILETIME = 134117966456789012n;

const CHUNK_BYTES = 65_536;

/** One chunk of 64 KiB. */
export class ChunkWriter {
  readonly bytes = new Uint8Array(CHUNK_BYTES);
  position = 512;
  readonly starts: number[] = [];
  readonly definitions = new Map<Template, number>();
  readonly #names = new Map<string, number>();

  addEvent({ number, template, values }: WrittenEvent): void {
    const start = this.position;
    this.starts.push(start);
    this.u32(0x2a2a).u32(0).u64(BigInt(number)).u64(FILETIME);
    this.fragment({ template, values });
    this.finishRecord(start);
  }

  /** A record whose BinXML the test writes. */
  addRaw(number: number, write: () => void): void {
    const start = this.position;
    this.starts.push(start);
    this.u32(0x2a2a).u32(0).u64(BigInt(number)).u64(FILETIME);
    write();
    this.finishRecord(start);
  }

  finishRecord(start: number): void {
    while ((this.position - start) % 8 !== 4) this.u8(0);
    const size = this.position + 4 - start;
    this.u32(size);
    this.patch32(start + 4, size);
  }

  /** The chunk's bytes with their header. */
  finish(): Uint8Array {
    this.bytes.set(Buffer.from('ElfChnk\0', 'latin1'));
    const last = this.starts.at(-1) ?? 512;
    const [first, end] = [1n, BigInt(this.starts.length)];
    const view = new DataView(this.bytes.buffer);
    for (const [at, value] of [
      [8, first],
      [16, end],
      [24, first],
      [32, end],
    ] as const)
      view.setBigUint64(at, value, true);
    this.patch32(40, 128);
    this.patch32(44, last);
    this.patch32(48, this.position);
    this.seal();
    return this.bytes;
  }

  /** Writes the checksums. */
  seal(): void {
    const free = new DataView(this.bytes.buffer).getUint32(48, true);
    this.patch32(52, crc32(this.bytes.subarray(512, free)));
    this.patch32(124, crc32(this.bytes.subarray(128, 512), crc32(this.bytes.subarray(0, 120))));
  }

  fragment(instance: { readonly template: Template; readonly values: readonly Value[] }): void {
    this.raw([0x0f, 1, 1, 0]);
    this.instance(instance);
    this.u8(0);
  }

  instance({
    template,
    values,
  }: {
    readonly template: Template;
    readonly values: readonly Value[];
  }): void {
    const known = this.definitions.get(template);
    this.u8(0x0c)
      .u8(1)
      .u32(template.id)
      .u32(known ?? this.position + 4);
    if (known === undefined) this.#define(template);
    this.u32(values.length);
    const descriptors = this.position;
    this.position += values.length * 4;
    values.forEach((value, index) => {
      const start = this.position;
      if ('template' in value) this.fragment(value);
      else this.raw(value.bytes);
      this.patch16(descriptors + index * 4, this.position - start);
      this.bytes[descriptors + index * 4 + 2] = 'template' in value ? 0x21 : value.type;
    });
  }

  #define(template: Template): void {
    const start = this.position;
    this.definitions.set(template, start);
    this.u32(0).u32(template.id).raw(new Array<number>(12).fill(0x11)).u32(0);
    this.raw([0x0f, 1, 1, 0]);
    this.element(template.root, true);
    this.u8(0);
    this.patch32(start + 20, this.position - start - 24);
  }

  /** @param isDefinition elements have a dependency there, and nowhere else. */
  element({ name, attributes, content, dependency }: Element, isDefinition: boolean): void {
    const entries = Object.entries(attributes);
    this.u8(entries.length > 0 ? 0x41 : 0x01);
    if (isDefinition) this.u16(dependency & 0xffff);
    const sizeAt = this.position;
    this.u32(0).name(name);
    if (entries.length > 0) this.u32(0);
    entries.forEach(([key, value], index) => {
      this.u8(index < entries.length - 1 ? 0x46 : 0x06).name(key);
      this.content(value, isDefinition);
    });
    if (content.length === 0) this.u8(0x03);
    else {
      this.u8(0x02);
      for (const item of content) this.content(item, isDefinition);
      this.u8(0x04);
    }
    this.patch32(sizeAt, this.position - sizeAt - 4);
  }

  content(item: Content, isDefinition: boolean): void {
    if (typeof item === 'string') this.u8(0x05).u8(0x01).counted(item);
    else if ('slot' in item)
      this.u8(item.isOptional ? 0x0e : 0x0d)
        .u16(item.slot)
        .u8(0x01);
    else if ('tokens' in item) item.tokens(this, isDefinition);
    else this.element(item, isDefinition);
  }

  /** A name: its offset, and the name itself where the chunk does not have it yet. */
  name(name: string): this {
    const known = this.#names.get(name);
    this.u32(known ?? this.position + 4);
    if (known !== undefined) return this;
    this.#names.set(name, this.position);
    return this.u32(0).u16(0).counted(name).u16(0);
  }

  counted(value: string): this {
    return this.u16(value.length).raw(utf16(value));
  }

  u8(value: number): this {
    this.bytes[this.position] = value;
    this.position += 1;
    return this;
  }

  u16(value: number): this {
    return this.u8(value & 0xff).u8((value >> 8) & 0xff);
  }

  u32(value: number): this {
    return this.u16(value & 0xffff).u16(value >>> 16);
  }

  u64(value: bigint): this {
    return this.u32(Number(value & 0xffffffffn)).u32(Number(value >> 32n));
  }

  raw(values: readonly number[]): this {
    for (const value of values) this.u8(value);
    return this;
  }

  patch16(at: number, value: number): void {
    this.bytes[at] = value & 0xff;
    this.bytes[at + 1] = (value >> 8) & 0xff;
  }

  patch32(at: number, value: number): void {
    this.patch16(at, value & 0xffff);
    this.patch16(at + 2, value >>> 16);
  }
}

/** A log of chunks behind a file header. */
export function writeLog(chunks: readonly Uint8Array[]): Uint8Array {
  const header = new Uint8Array(4096);
  header.set(Buffer.from('ElfFile\0', 'latin1'));
  header.set([128, 0, 0, 0, 1, 0, 3, 0, 0x00, 0x10, chunks.length & 0xff, 0], 32);
  return new Uint8Array(Buffer.concat([header, ...chunks]));
}

import { decodeUtf16 } from './decode-utf16.js';
import { readUint16 } from './little-endian.js';

// Source: libevtx, EVTX format documentation, "Name": next offset (4), hash (2), characters (2), UTF-16, NUL (2).
const COUNT_AT = 6;
const TEXT_AT = 8;

// Longer than any name that Windows has; a dotted path of long ones would fill the memory.
const MAX_NAME_LENGTH = 256;

/** The names of elements and attributes that a chunk holds, by their offset. */
export class NameTable {
  readonly bytes: Uint8Array;
  readonly #names = new Map<number, string>();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The name at an offset; undefined when none can be there. */
  read(offset: number): string | undefined {
    const known = this.#names.get(offset);
    if (known !== undefined) return known;
    if (readUint16(this.bytes, offset + COUNT_AT) > MAX_NAME_LENGTH) return undefined;
    const end = offset + nameBytes(this.bytes, offset);
    if (end > this.bytes.length || readUint16(this.bytes, end - 2) !== 0) return undefined;
    const name = decodeUtf16(this.bytes, offset + TEXT_AT, end - 2);
    if (name === '' || name.includes('\0')) return undefined;
    this.#names.set(offset, name);
    return name;
  }
}

/** Size of the name at an offset, its header and NUL included. */
export function nameBytes(bytes: Uint8Array, offset: number): number {
  return TEXT_AT + 2 * readUint16(bytes, offset + COUNT_AT) + 2;
}

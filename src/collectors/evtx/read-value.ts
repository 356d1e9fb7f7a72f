import type { FieldScalar, FieldValue } from '../event.js';
import { decodeUtf16 } from './decode-utf16.js';
import { formatFiletime } from './filetime.js';
import { readUint16, readUint32 } from './little-endian.js';
import { ARRAY_FLAG, ELEMENT_BYTES, VALUE_TYPE } from './value-types.table.js';

/** Where a value lies in its chunk: `start << 16 | size`; negative in the chunk's second half. */
export type ByteRange = number;

/**
 * Reads a value as Windows shows it: numbers and booleans as such (beyond 2^53 as decimal text), hexadecimal integers
 * as `0x1d4`, GUIDs as `{…}` in capitals, times in UTC with 7 decimals, SIDs as `S-1-…`, binary as capital hexadecimal.
 * Bytes that do not fit their type are shown as binary; null is the empty string.
 */
export function readValue(bytes: Uint8Array, type: number, range: ByteRange): FieldValue {
  const start = range >>> 16;
  const end = start + (range & 0xffff);
  if (type === VALUE_TYPE.string) return readText(bytes, start, end);
  if ((type & ARRAY_FLAG) !== 0) return readArray(bytes, type & ~ARRAY_FLAG, range);
  return readScalar(bytes, type, range);
}

function readScalar(bytes: Uint8Array, type: number, range: ByteRange): FieldScalar {
  const start = range >>> 16;
  const size = range & 0xffff;
  return READERS[type]?.(bytes, start, size) ?? readBinary(bytes, start, size);
}

/** Text up to its end. */
function readText(bytes: Uint8Array, start: number, end: number): string {
  return decodeUtf16(bytes, start, endOfText(bytes, start, end));
}

/** The NULs that some providers write behind a text are no part of it. */
function endOfText(bytes: Uint8Array, start: number, end: number): number {
  let stop = start + ((end - start) & ~1);
  while (stop > start && bytes[stop - 1] === 0 && bytes[stop - 2] === 0) stop -= 2;
  return stop;
}

/** The part of a string value's range that is its text. */
export function trimText(bytes: Uint8Array, range: ByteRange): ByteRange {
  const start = range >>> 16;
  const end = endOfText(bytes, start, start + (range & 0xffff));
  return (start << 16) | (end - start);
}

type ValueReader = (bytes: Uint8Array, start: number, size: number) => FieldScalar | undefined;

const READERS: readonly (ValueReader | undefined)[] = readersByType([
  [VALUE_TYPE.null, () => ''],
  [VALUE_TYPE.string, (bytes, start, size) => readText(bytes, start, start + size)],
  [VALUE_TYPE.ansiString, readAnsi],
  [VALUE_TYPE.int8, readSigned],
  [VALUE_TYPE.uint8, readUnsigned],
  [VALUE_TYPE.int16, readSigned],
  [VALUE_TYPE.uint16, readUnsigned],
  [VALUE_TYPE.int32, readSigned],
  [VALUE_TYPE.uint32, readUnsigned],
  [VALUE_TYPE.int64, readSigned],
  [VALUE_TYPE.uint64, readUnsigned],
  [VALUE_TYPE.float32, readFloat],
  [VALUE_TYPE.float64, readFloat],
  [VALUE_TYPE.boolean, readBoolean],
  [VALUE_TYPE.binary, readBinary],
  [VALUE_TYPE.guid, readGuid],
  [VALUE_TYPE.sizeT, readHex],
  [VALUE_TYPE.filetime, readFiletime],
  [VALUE_TYPE.systemtime, readSystemtime],
  [VALUE_TYPE.sid, readSid],
  [VALUE_TYPE.hexInt32, readHex],
  [VALUE_TYPE.hexInt64, readHex],
  [VALUE_TYPE.eventHandle, readHex],
  // Fragments that can be read are put in where they stand; of others there is no text.
  [VALUE_TYPE.binXml, () => ''],
  [VALUE_TYPE.eventXml, (bytes, start, size) => readText(bytes, start, start + size)],
]);

function readersByType(rows: readonly (readonly [number, ValueReader])[]) {
  const readers: (ValueReader | undefined)[] = new Array(VALUE_TYPE.eventXml + 1).fill(undefined);
  for (const [type, reader] of rows) readers[type] = reader;
  return readers;
}

// Windows-1252 where it differs from Latin-1: 0x80 to 0x9F. Source: unicode.org, CP1252.TXT; gaps stay control characters.
const CP1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** The code page of the machine that wrote it is not in the log; Western is the usual one. */
function readAnsi(bytes: Uint8Array, start: number, size: number): string {
  return decodeAnsi(bytes, start, size).replace(/\0+$/, '');
}

function decodeAnsi(bytes: Uint8Array, start: number, size: number): string {
  const stop = start + size;
  let text = '';
  for (let at = start; at < stop; at += 1) {
    const byte = bytes[at] ?? 0;
    text += byte >= 0x80 && byte <= 0x9f ? CP1252[byte - 0x80] : String.fromCharCode(byte);
  }
  return text;
}

function readUnsigned(bytes: Uint8Array, start: number, size: number): FieldScalar | undefined {
  if (size === 4) return readUint32(bytes, start);
  if (size === 2) return readUint16(bytes, start);
  if (size === 1) return bytes[start];
  if (size !== 8) return undefined;
  const high = readUint32(bytes, start + 4);
  const low = readUint32(bytes, start);
  return high < 0x20_0000
    ? high * 0x1_0000_0000 + low
    : String((BigInt(high) << 32n) | BigInt(low));
}

function readSigned(bytes: Uint8Array, start: number, size: number): FieldScalar | undefined {
  if (size === 4) return readUint32(bytes, start) | 0;
  if (size === 2) return (readUint16(bytes, start) << 16) >> 16;
  if (size === 1) return ((bytes[start] ?? 0) << 24) >> 24;
  if (size !== 8) return undefined;
  const high = readUint32(bytes, start + 4) | 0;
  const low = readUint32(bytes, start);
  return high >= -0x20_0000 && high < 0x20_0000
    ? high * 0x1_0000_0000 + low
    : String((BigInt(high) << 32n) | BigInt(low));
}

function readHex(bytes: Uint8Array, start: number, size: number): string | undefined {
  if (size === 4) return `0x${readUint32(bytes, start).toString(16)}`;
  if (size !== 8) return undefined;
  const high = readUint32(bytes, start + 4);
  const low = readUint32(bytes, start).toString(16);
  return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, '0')}`;
}

function readFloat(bytes: Uint8Array, start: number, size: number): FieldScalar | undefined {
  if (size !== 4 && size !== 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, size);
  const value = size === 8 ? view.getFloat64(0, true) : shortestFloat32(view.getFloat32(0, true));
  // A field holds what JSON can: Windows, too, writes these as words.
  return Number.isFinite(value) ? value : String(value);
}

/** The shortest decimal that is this 32-bit number: 0.1, not 0.10000000149011612. */
function shortestFloat32(value: number): number {
  for (let digits = 6; digits <= 9; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}

function readBoolean(bytes: Uint8Array, start: number, size: number): boolean | undefined {
  if (size !== 4 && size !== 1) return undefined;
  return (size === 4 ? readUint32(bytes, start) : bytes[start]) !== 0;
}

const HEX = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0').toUpperCase(),
);

function readBinary(bytes: Uint8Array, start: number, size: number): string {
  let text = '';
  for (let at = start; at < start + size; at += 1) text += HEX[bytes[at] ?? 0];
  return text;
}

// The order in which a GUID's bytes are shown; undefined is a dash.
const GUID_ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];

function readGuid(bytes: Uint8Array, start: number, size: number): string | undefined {
  if (size !== 16) return undefined;
  let text = '{';
  for (const index of GUID_ORDER) text += index < 0 ? '-' : HEX[bytes[start + index] ?? 0];
  return `${text}}`;
}

function readFiletime(bytes: Uint8Array, start: number, size: number): string | undefined {
  if (size !== 8) return undefined;
  return formatFiletime(readUint32(bytes, start), readUint32(bytes, start + 4));
}

/** Source: MS-DTYP, SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond. */
function readSystemtime(bytes: Uint8Array, start: number, size: number): string | undefined {
  if (size !== 16) return undefined;
  const part = (index: number, digits: number) =>
    String(readUint16(bytes, start + index * 2)).padStart(digits, '0');
  return `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`;
}

/** Source: MS-DTYP, SID: revision, count of sub-authorities, 6 bytes of authority (big-endian), sub-authorities. */
function readSid(bytes: Uint8Array, start: number, size: number): string | undefined {
  const count = bytes[start + 1] ?? 0;
  // At most 15; the value may be longer than what it says it holds.
  if (size < 8 || count > 15 || 8 + count * 4 > size) return undefined;
  let authority = 0;
  for (let at = start + 2; at < start + 8; at += 1) authority = authority * 256 + (bytes[at] ?? 0);
  let text = `S-${bytes[start]}-${authority < 0x1_0000_0000 ? authority : `0x${authority.toString(16).padStart(12, '0')}`}`;
  for (let index = 0; index < count; index += 1)
    text += `-${readUint32(bytes, start + 8 + index * 4)}`;
  return text;
}

/** The elements of an array; the empty string when it has none, the element itself when it has one. */
function readArray(bytes: Uint8Array, type: number, range: ByteRange): FieldValue {
  const elements = readElements(bytes, type, range);
  const [first] = elements;
  if (elements.length > 1) return elements;
  return first ?? '';
}

/** Each string ends with a NUL, the last one not always. */
function splitText(text: string): readonly string[] {
  return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
}

function readElements(bytes: Uint8Array, type: number, range: ByteRange): readonly FieldScalar[] {
  const start = range >>> 16;
  const size = range & 0xffff;
  if (type === VALUE_TYPE.string) return splitText(decodeUtf16(bytes, start, start + (size & ~1)));
  if (type === VALUE_TYPE.ansiString) return splitText(decodeAnsi(bytes, start, size));
  const elements: FieldScalar[] = [];
  for (let at = start; at < start + size; ) {
    const step = type === VALUE_TYPE.sid ? 8 + (bytes[at + 1] ?? 0) * 4 : ELEMENT_BYTES[type];
    if (step === undefined || at + step > start + size) return [readBinary(bytes, start, size)];
    elements.push(readScalar(bytes, type, (at << 16) | step));
    at += step;
  }
  return elements;
}

import type { Issue } from '../../model/index.js';
import type { EvtxRecord } from './evtx-record.js';
import { isZero, readUint32 } from './little-endian.js';
import type { RecordIdSet } from './record-id-set.js';
import { RECORD_HEADER_BYTES, RecordReader } from './record-reader.js';
import type { TemplateStore } from './template-store.js';

// Source: libevtx, EVTX format documentation, "Chunk"; always 65,536 bytes, the first 512 of them its header.
export const CHUNK_BYTES = 65_536;
export const CHUNK_HEADER_BYTES = 512;
const FIRST_NUMBER_AT = 8;
const LAST_NUMBER_AT = 16;
const FREE_SPACE_AT = 48;
const RECORDS_CHECKSUM_AT = 52;
const HEADER_CHECKSUM_AT = 124;
const MAX_ISSUES = 20;

/** CRC-32 as zip has it, continued from `value` (0 at first). `zlib.crc32` is one. */
export type Crc32 = (bytes: Uint8Array, value: number) => number;

/** What reading a chunk takes besides its bytes. */
export interface ChunkContext {
  /** Offset of the chunk in its file, in bytes. */
  readonly offset: number;
  /** Name of the file, for Issues. */
  readonly source: string;
  /** Templates read before, by this file or others. */
  readonly templates: TemplateStore;
  /** Numbers of the file's records so far; a leftover of one of them is not read again. */
  readonly seen: RecordIdSet;
  /** Undefined: checksums are not compared. */
  readonly crc32: Crc32 | undefined;
  /**
   * Whether to read older records in the unused end of the chunk, which Windows does not clear. They are no part of
   * the log: deleted, or of another log.
   */
  readonly leftovers: boolean;
}

export interface ChunkContent {
  /** In the order of the chunk; leftovers come last. */
  readonly records: readonly EvtxRecord[];
  readonly issues: readonly Issue[];
}

/**
 * Reads all records of a chunk, also of a damaged or shorter one. Whatever the bytes are, it takes bounded time.
 *
 * @param bytes up to 65,536; must not change while the records are in use.
 */
export function readEvtxChunk(bytes: Uint8Array, context: ChunkContext): ChunkContent {
  return new ChunkReader(bytes.subarray(0, CHUNK_BYTES), context).read();
}

class ChunkReader {
  readonly #bytes: Uint8Array;
  readonly #context: ChunkContext;
  readonly #reader: RecordReader;
  readonly #records: EvtxRecord[] = [];
  readonly #issues: Issue[] = [];
  #moreIssues = 0;

  constructor(bytes: Uint8Array, context: ChunkContext) {
    this.#bytes = bytes;
    this.#context = context;
    this.#reader = new RecordReader(bytes, context.offset, context.templates);
  }

  read(): ChunkContent {
    const bytes = this.#bytes;
    const isWhole = hasChunkMagic(bytes, 0);
    if (!isWhole) this.#report('the chunk has no header', 0);
    if (bytes.length < CHUNK_BYTES)
      this.#report(`the chunk is cut off after ${bytes.length} of ${CHUNK_BYTES} bytes`, 0);
    const free = readUint32(bytes, FREE_SPACE_AT);
    const isUsable = isWhole && free >= CHUNK_HEADER_BYTES && free <= CHUNK_BYTES;
    if (isWhole && !isUsable) this.#report('the chunk does not say how much of it is used', 0);
    const end = isUsable ? Math.min(free, bytes.length) : bytes.length;
    if (isUsable) this.#compareChecksums(end);
    const used = this.#readRecords(isWhole ? CHUNK_HEADER_BYTES : 0, end);
    const stop = this.#readUncounted(used);
    if (isUsable) this.#compareCount();
    if (this.#context.leftovers) this.#readLeftovers(stop);
    if (this.#moreIssues > 0) {
      const message = `${this.#moreIssues} more parts of the chunk are damaged`;
      this.#issues.push(this.#issue(message, 0));
    }
    return { records: this.#records, issues: this.#issues };
  }

  #compareChecksums(end: number): void {
    const { crc32 } = this.#context;
    const bytes = this.#bytes;
    if (crc32 === undefined || bytes.length < CHUNK_BYTES) return;
    const header = crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120), 0));
    if (header !== readUint32(bytes, HEADER_CHECKSUM_AT))
      this.#report("the checksum of the chunk's header does not match", 0);
    const records = crc32(bytes.subarray(CHUNK_HEADER_BYTES, end), 0);
    if (records !== readUint32(bytes, RECORDS_CHECKSUM_AT))
      this.#report("the checksum of the chunk's records does not match", 0);
  }

  /** Reads what the header says is in use; returns where leftovers may start. */
  #readRecords(start: number, end: number): number {
    let at = start;
    while (at + RECORD_HEADER_BYTES < end) {
      const size = recordBytes(this.#bytes, at);
      if (size > 0) {
        this.#readRecord(at, at + size);
        at += size;
      } else at = this.#skipDamage(at, end);
    }
    return at;
  }

  /** A log that was copied while in use has more records than its header says yet: they go on without a gap. */
  #readUncounted(start: number): number {
    let at = start;
    for (;;) {
      const size = recordBytes(this.#bytes, at);
      const last = this.#records.at(-1)?.recordId;
      if (size === 0 || typeof last !== 'number' || recordNumber(this.#bytes, at) !== last + 1)
        break;
      this.#readRecord(at, at + size);
      at += size;
    }
    if (at > start) this.#report('the chunk holds more records than its header says', start);
    return at;
  }

  #readRecord(start: number, end: number): void {
    const record = this.#reader.read({ start, end, isRecovered: false });
    const fault = this.#reader.lastFault;
    if (fault !== undefined) {
      const what =
        record === undefined ? 'the record cannot be read' : 'parts of the record are lost';
      this.#report(`${what}: ${fault}`, start);
    }
    if (record === undefined) return;
    this.#context.seen.add(eventNumber(record));
    this.#records.push(record);
    this.#readHidden(this.#reader.lastEnd, end);
  }

  /** A record whose neighbour was made to reach over it is gone from every viewer, but still there. */
  #readHidden(from: number, end: number): void {
    for (let at = from; ; ) {
      at = findRecord(this.#bytes, at, end - RECORD_HEADER_BYTES);
      if (at >= end - RECORD_HEADER_BYTES) return;
      const next = at + readUint32(this.#bytes, at + 4);
      if (next > end || next <= at + RECORD_HEADER_BYTES) at += 4;
      else {
        const record = this.#reader.read({ start: at, end: next, isRecovered: false });
        if (record !== undefined && this.#context.seen.add(eventNumber(record))) {
          this.#report('a record is hidden in the room of the one before it', at);
          this.#records.push(record);
        }
        at = next;
      }
    }
  }

  /** Goes on to the next record; one whose size is wrong is read as far as it goes. */
  #skipDamage(at: number, end: number): number {
    const bytes = this.#bytes;
    const next = findRecord(bytes, at + 1, end);
    const isRecord = hasRecordMagic(bytes, at);
    if (!isRecord && isZero(bytes.subarray(at, next))) {
      if (next < end) this.#report(`${next - at} bytes of zeros between records`, at);
      return next;
    }
    const record = isRecord
      ? this.#reader.read({ start: at, end: next, isRecovered: false })
      : undefined;
    if (record === undefined) this.#report(`${next - at} bytes are no record`, at);
    else {
      this.#report('the size of the record is wrong; what can be read of it is kept', at);
      this.#context.seen.add(eventNumber(record));
      this.#records.push(record);
    }
    return next;
  }

  #compareCount(): void {
    const first = readUint32(this.#bytes, FIRST_NUMBER_AT);
    const last = readUint32(this.#bytes, LAST_NUMBER_AT);
    const count = last - first + 1;
    const found = this.#records.length;
    // Some tools leave the numbers empty.
    if (first === 0xffff_ffff || count <= found || count > CHUNK_BYTES / RECORD_HEADER_BYTES)
      return;
    this.#report(`the chunk's header names ${count} records; ${found} were found`, 0);
  }

  /** Windows does not clear what is behind the last record: older records may still be there. */
  #readLeftovers(start: number): void {
    const bytes = this.#bytes;
    let count = 0;
    for (let at = findRecord(bytes, start, bytes.length); at < bytes.length; ) {
      const size = recordBytes(bytes, at);
      if (size > 0 && this.#readLeftover(at, at + size)) count += 1;
      at =
        size > 0
          ? findRecord(bytes, at + size, bytes.length)
          : findRecord(bytes, at + 1, bytes.length);
    }
    if (count > 0)
      this.#report(`${count} records are left over in the unused end of the chunk`, start);
  }

  #readLeftover(start: number, end: number): boolean {
    const record = this.#reader.read({ start, end, isRecovered: true });
    if (record === undefined || record.fault !== undefined) return false;
    if (!this.#context.seen.add(eventNumber(record))) return false;
    this.#records.push(record);
    return true;
  }

  #report(message: string, at: number): void {
    if (this.#issues.length < MAX_ISSUES) this.#issues.push(this.#issue(message, at));
    else this.#moreIssues += 1;
  }

  #issue(message: string, at: number): Issue {
    const { source, offset } = this.#context;
    return { kind: 'issue', code: 'EVTX_DAMAGED', message, at: { source, offset: offset + at } };
  }
}

/** The number that an event keeps when its log is exported; there, the record itself gets a new one. */
function eventNumber(record: EvtxRecord): number | string {
  const number = record.systemValue('EventRecordID');
  return typeof number === 'number' ? number : record.recordId;
}

/** Whether a chunk starts at an offset: `ElfChnk`. */
export function hasChunkMagic(bytes: Uint8Array, at: number): boolean {
  if (at + 8 > bytes.length) return false;
  return readUint32(bytes, at) === 0x43666c45 && readUint32(bytes, at + 4) === 0x006b6e68;
}

/** Offset of the next chunk from `from` on; -1 when there is none. */
export function findChunk(bytes: Uint8Array, from: number): number {
  // Horspool's search for the magic without its NUL: most of the bytes are not looked at.
  for (let end = from + MAGIC_LETTERS - 1; end + 1 < bytes.length; ) {
    const letter = bytes[end] ?? 0;
    if (letter === LAST_LETTER && hasChunkMagic(bytes, end + 1 - MAGIC_LETTERS))
      return end + 1 - MAGIC_LETTERS;
    end += MAGIC_JUMPS[letter] ?? MAGIC_LETTERS;
  }
  return -1;
}

const MAGIC_LETTERS = 'ElfChnk'.length;
const LAST_LETTER = 0x6b;
/** By letter: how far the magic may be moved on when its last letter meets that one. */
const MAGIC_JUMPS = new Uint8Array(256).fill(MAGIC_LETTERS);
for (const [index, letter] of [...'ElfChn'].entries())
  MAGIC_JUMPS[letter.charCodeAt(0)] = MAGIC_LETTERS - 1 - index;

/** Whether a record starts at an offset: two asterisks and two NULs. */
export function hasRecordMagic(bytes: Uint8Array, at: number): boolean {
  return readUint32(bytes, at) === 0x2a2a;
}

function recordNumber(bytes: Uint8Array, at: number): number {
  return readUint32(bytes, at + 8) + readUint32(bytes, at + 12) * 0x1_0000_0000;
}

/** Size of the record at an offset; 0 when there is none whose two sizes agree. */
function recordBytes(bytes: Uint8Array, at: number): number {
  if (!hasRecordMagic(bytes, at)) return 0;
  const size = readUint32(bytes, at + 4);
  if (size <= RECORD_HEADER_BYTES + 4 || at + size > bytes.length) return 0;
  return readUint32(bytes, at + size - 4) === size ? size : 0;
}

/** Offset of the next record from `from` on; `end` when there is none. */
function findRecord(bytes: Uint8Array, from: number, end: number): number {
  for (let at = bytes.indexOf(0x2a, from); at >= 0 && at < end; at = bytes.indexOf(0x2a, at + 1))
    if (hasRecordMagic(bytes, at)) return at;
  return end;
}

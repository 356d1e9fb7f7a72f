import type { Issue } from '../../model/index.js';
import { ByteWindow } from './byte-window.js';
import {
  CHUNK_BYTES,
  CHUNK_HEADER_BYTES,
  findChunk,
  hasChunkMagic,
  hasRecordMagic,
} from './evtx-chunk.js';
import { isZero, readUint16, readUint32 } from './little-endian.js';

// Source: libevtx, EVTX format documentation, "File header": `ElfFile`, size of its block at 40, usually 4,096.
const FILE_HEADER_BYTES = 4_096;
const BLOCK_SIZE_AT = 40;
const CHUNK_MAGIC_BYTES = 8;
// In the header of a chunk.
const LAST_RECORD_AT = 44;
const FREE_SPACE_AT = 48;

/** A chunk of an event log, or a stretch that may hold records although no chunk starts there. */
export interface FoundChunk {
  readonly kind: 'chunk';
  /** At most 65,536; belong to the receiver. */
  readonly bytes: Uint8Array;
  /** In the file, in bytes. */
  readonly offset: number;
}

/** Finds the chunks of an event log, also when its header is damaged or bytes are missing or added between them. */
export async function* splitChunks(
  source: string,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<FoundChunk | Issue> {
  const window = new ByteWindow(input);
  try {
    await window.fill(FILE_HEADER_BYTES + CHUNK_BYTES);
    const headerBytes = fileHeaderBytes(window.bytes);
    if (headerBytes === 0) yield damage(source, 'the log has no file header', 0);
    window.skip(Math.min(headerBytes, window.bytes.length));
    yield* splitWindow(window, source);
  } finally {
    await window.close();
  }
}

async function* splitWindow(
  window: ByteWindow,
  source: string,
): AsyncGenerator<FoundChunk | Issue> {
  let isInGap = false;
  for (;;) {
    // The magic of the next chunk belongs to what is looked at, so that none is missed across the border.
    await window.fill(CHUNK_BYTES + CHUNK_MAGIC_BYTES);
    const { bytes, offset } = window;
    if (bytes.length === 0) return;
    const block = bytes.subarray(0, CHUNK_BYTES);
    const isUnused = bytes[0] === 0 && isZero(block);
    const size = isUnused ? block.length : stretchBytes(bytes);
    const stretch = bytes.subarray(0, size);
    if (hasChunkMagic(bytes, 0) || (!isUnused && holdsRecord(stretch))) {
      isInGap = false;
      yield { kind: 'chunk', bytes: stretch, offset };
    } else if (!isInGap && !isUnused) {
      isInGap = true;
      yield damage(source, 'no chunk starts here, and no record follows', offset);
    }
    window.skip(size);
  }
}

/** Whether an event log's file header is there: `ElfFile`. */
export function isEvtxHeader(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  return readUint32(bytes, 0) === 0x46666c45 && readUint32(bytes, 4) === 0x00656c69;
}

/** Size of the file header; 0 when there is none and chunks may start at once. */
function fileHeaderBytes(bytes: Uint8Array): number {
  if (!isEvtxHeader(bytes)) return 0;
  const size = readUint16(bytes, BLOCK_SIZE_AT);
  return size >= 128 && hasChunkMagic(bytes, size) ? size : FILE_HEADER_BYTES;
}

/** How many bytes belong together: a whole chunk, or less when another one starts before its end. */
function stretchBytes(bytes: Uint8Array): number {
  const most = Math.min(bytes.length, CHUNK_BYTES);
  const isIntact = hasChunkMagic(bytes, 0) && endsInRecord(bytes);
  // No other chunk starts within records that are all there.
  const next = findChunk(bytes, isIntact ? readUint32(bytes, FREE_SPACE_AT) : 1);
  return next < 0 ? most : Math.min(next, most);
}

/** Whether the chunk's last record is where its header says. */
function endsInRecord(bytes: Uint8Array): boolean {
  const last = readUint32(bytes, LAST_RECORD_AT);
  const free = readUint32(bytes, FREE_SPACE_AT);
  if (free > Math.min(bytes.length, CHUNK_BYTES) || last < CHUNK_HEADER_BYTES) return false;
  return hasRecordMagic(bytes, last) && readUint32(bytes, free - 4) === free - last;
}

function holdsRecord(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x2a); at >= 0; at = bytes.indexOf(0x2a, at + 1))
    if (hasRecordMagic(bytes, at)) return true;
  return false;
}

function damage(source: string, message: string, offset: number): Issue {
  return { kind: 'issue', code: 'EVTX_DAMAGED', message, at: { source, offset } };
}

import { crc32 } from 'node:zlib';
import type { EvtxRecord } from '../../src/collectors/evtx/evtx-record.js';
import { readEvtx } from '../../src/collectors/evtx/read-evtx.js';

export interface ReadLog {
  readonly records: readonly EvtxRecord[];
  /** What was wrong, each with its offset: `4608: …`. */
  readonly issues: readonly string[];
}

/** Reads a whole log, in pieces of `pieceBytes`. */
export async function readLog(
  log: Uint8Array,
  { leftovers = false, pieceBytes = 100_000 }: { leftovers?: boolean; pieceBytes?: number } = {},
): Promise<ReadLog> {
  const records: EvtxRecord[] = [];
  const issues: string[] = [];
  const input = {
    source: 'test.evtx',
    chunks: piecesOf(log, pieceBytes),
    crc32,
    leftovers,
    templates: undefined,
  };
  for await (const batch of readEvtx(input)) {
    records.push(...batch.records);
    issues.push(...batch.issues.map(({ at, message }) => `${at?.offset}: ${message}`));
  }
  return { records, issues };
}

export async function* piecesOf(log: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < log.length; at += pieceBytes) yield log.subarray(at, at + pieceBytes);
}

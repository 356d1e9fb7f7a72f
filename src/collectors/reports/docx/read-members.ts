import { StringDecoder } from 'node:string_decoder';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ARCHIVE_LIMITS } from '../../archive/archive-limits.js';
import { createExpansionBudget, type ExpansionBudget } from '../../archive/expansion-budget.js';

/** Receives a member of a document in pieces; returns false when it wants no more. */
export type MemberSink = (chunk: string) => boolean;

/** What became of reading the members of an Office document. */
export interface MembersRead {
  readonly names: readonly string[];
  /** What went wrong, in words: damage, encryption, a member that expands too much. */
  readonly faults: readonly string[];
  readonly isBomb: boolean;
}

const MAX_MEMBERS = 10_000;

/** Limits that fit a document: its XML is ten times as large as its zip, and seldom above 20 MB. */
const LIMITS = { ...ARCHIVE_LIMITS, freeBytes: 64 * 1024 * 1024, maxRatio: 200 };

/**
 * Streams members of an Office document to those who want them, never more than the limits of archives allow.
 *
 * @param sinks by the name of the member.
 */
export async function readMembers(
  bytes: Uint8Array,
  sinks: ReadonlyMap<string, MemberSink>,
): Promise<MembersRead> {
  const names: string[] = [];
  const faults: string[] = [];
  const budget = createExpansionBudget(bytes.length, LIMITS);
  let zip: ZipFile | undefined;
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    zip = await fromBufferPromise(buffer, { autoClose: false });
    for await (const entry of zip.eachEntry()) {
      const name = String(entry.fileName);
      names.push(name);
      const sink = sinks.get(name);
      if (sink !== undefined) await readMember({ zip, entry, budget, faults }, sink);
      if (budget.isSpent() || names.length >= MAX_MEMBERS) break;
    }
  } catch (error) {
    faults.push(wordsOf(error));
  } finally {
    zip?.close();
  }
  return { names, faults, isBomb: budget.isSpent() };
}

interface MemberReading {
  readonly zip: ZipFile;
  readonly entry: Entry;
  readonly budget: ExpansionBudget;
  readonly faults: string[];
}

async function readMember(
  { zip, entry, budget, faults }: MemberReading,
  sink: MemberSink,
): Promise<void> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    const decoder = new StringDecoder('utf8');
    try {
      for await (const chunk of stream) {
        const piece: Buffer = chunk;
        if (!budget.spend(piece.length) || !sink(decoder.write(piece))) return;
      }
      sink(decoder.end());
    } finally {
      stream.destroy();
    }
  } catch (error) {
    faults.push(wordsOf(error));
  }
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return (message || 'it cannot be read').slice(0, 150).replace(/\s+/g, ' ');
}

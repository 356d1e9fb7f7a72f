import type { Issue } from '../../model/index.js';
import { type Crc32, readEvtxChunk } from './evtx-chunk.js';
import type { EvtxRecord } from './evtx-record.js';
import { RecordIdSet } from './record-id-set.js';
import { splitChunks } from './split-chunks.js';
import { TemplateStore } from './template-store.js';

// Beyond that, the number of damaged places says more than each of them.
const MAX_ISSUES = 1_000;

export interface EvtxInput {
  /** Name of the file, for Issues. */
  readonly source: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Undefined: checksums are not compared. */
  readonly crc32: Crc32 | undefined;
  /** Whether to read older records in the unused ends of chunks; see ChunkContext. */
  readonly leftovers: boolean;
  /** Templates of files read before, to go on with; undefined: none. */
  readonly templates: TemplateStore | undefined;
}

/** The records of one chunk of the file, and what is wrong with it. */
export interface EvtxBatch {
  readonly records: readonly EvtxRecord[];
  readonly issues: readonly Issue[];
}

/** Reads an event log, a chunk at a time; memory does not grow with the file. Whatever the bytes, it does not throw. */
export async function* readEvtx(input: EvtxInput): AsyncGenerator<EvtxBatch> {
  const { source, crc32, leftovers } = input;
  const templates = input.templates ?? new TemplateStore();
  const seen = new RecordIdSet();
  let issueCount = 0;
  for await (const found of splitChunks(source, input.chunks)) {
    const { records, issues } =
      found.kind === 'issue'
        ? { records: [], issues: [found] }
        : readEvtxChunk(found.bytes, {
            offset: found.offset,
            source,
            templates,
            seen,
            crc32,
            leftovers,
          });
    const room = Math.max(0, MAX_ISSUES - issueCount);
    issueCount += issues.length;
    yield { records, issues: issues.slice(0, room) };
  }
  if (issueCount > MAX_ISSUES) {
    const message = `${issueCount - MAX_ISSUES} more parts of the log are damaged`;
    yield {
      records: [],
      issues: [{ kind: 'issue', code: 'EVTX_DAMAGED', message, at: { source } }],
    };
  }
}

import type { Collector, EventBatch } from '../collector.js';
import { decodeHead, toUtf8Chunks } from '../json-text.js';
import { type BatchSink, createBatchSink } from '../lines/batch-sink.js';
import { createTimeReader, type TimeReader } from '../lines/time-reader.js';
import { detectDialect } from './csv-dialect.js';
import { createRowReader, type RowReader } from './row-reader.js';
import { type CsvPiece, CsvSplitter } from './split-csv.js';

// A PowerShell script block and its whole context fit.
const MAX_RECORD_CHARS = 2 * 1024 * 1024;

/** Tables with a header line; the delimiter is a comma, semicolon, tab or bar. A record is where its first line is. */
export const csvCollector: Collector = {
  name: 'csv',
  detect: (_name, head) => detectDialect(decodeHead(head)) !== undefined,
  async *read(input) {
    const { chunks, head } = await toUtf8Chunks(input.chunks);
    const { delimiter, skipLines } = detectDialect(head) ?? { delimiter: ',', skipLines: 0 };
    const sink = createBatchSink(input.source);
    const times = createTimeReader({ modified: input.modified, head });
    const splitter = new CsvSplitter({ delimiter, maxChars: MAX_RECORD_CHARS });
    const decoder = new TextDecoder();
    const reader: TableReader = { rows: undefined, skipLines, sink, times };
    for await (const chunk of chunks)
      yield* take(splitter.push(decoder.decode(chunk, { stream: true })), reader);
    yield* take([...splitter.push(decoder.decode()), ...splitter.end()], reader);
    times.report(sink);
    const last = sink.take();
    if (last !== undefined) yield last;
  },
};

interface TableReader {
  /** Undefined before the header. */
  rows: RowReader | undefined;
  readonly skipLines: number;
  readonly sink: BatchSink;
  readonly times: TimeReader;
}

function* take(pieces: readonly CsvPiece[], table: TableReader): Generator<EventBatch> {
  for (const piece of pieces) {
    if (piece.kind === 'damaged') table.sink.issue('CSV_INVALID', piece.message, piece.line);
    else if (table.rows !== undefined) table.rows.read(piece.cells, piece.line);
    else if (piece.line > table.skipLines) table.rows = createRowReader(piece.cells, table);
    const batch = table.sink.isFull() ? table.sink.take() : undefined;
    if (batch !== undefined) yield batch;
  }
}

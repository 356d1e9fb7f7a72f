import { isUtf8 } from 'node:buffer';
import type { CollectorInput, EventBatch } from '../collector.js';
import { toUtf8Chunks } from '../json-text.js';
import { readLines } from '../read-lines.js';
import { type BatchSink, createBatchSink } from './batch-sink.js';
import { createTimeReader, type TimeReader } from './time-reader.js';

/** Longest line that is read; syslog over TCP has at most 64 KiB, audit records 8 KiB. */
const MAX_LINE_BYTES = 1024 * 1024;

/** Reads the lines of one file, in order; what it finds goes to the sink. */
export interface LineReader {
  /** @param line without its ending. @param number 1-based. */
  read(line: string, number: number): void;
  /** After the last line: what is still open is finished. */
  end(): void;
}

/** What a reader of lines works with. */
export interface LineContext {
  readonly sink: BatchSink;
  readonly times: TimeReader;
  /** The first 64 KiB of the file. */
  readonly head: string;
}

/**
 * Runs a reader over the lines of a file. Lines that are too long are an Issue each, bytes that are not UTF-8 one for
 * the file, and so are times whose year or zone had to be taken from elsewhere.
 */
export async function* collectLines(
  input: CollectorInput,
  open: (context: LineContext) => LineReader,
): AsyncGenerator<EventBatch> {
  const { chunks, head } = await toUtf8Chunks(input.chunks);
  const sink = createBatchSink(input.source);
  const times = createTimeReader({ modified: input.modified, head });
  const reader = open({ sink, times, head });
  const badText = { count: 0, line: 0 };
  for await (const { bytes, number } of readLines(chunks, MAX_LINE_BYTES)) {
    if (bytes === undefined) {
      const message = `expected lines of at most ${MAX_LINE_BYTES} bytes, found a longer one`;
      sink.issue('INPUT_TOO_LARGE', message, number);
    } else {
      if (!isUtf8(bytes)) {
        if (badText.count === 0) badText.line = number;
        badText.count += 1;
      }
      reader.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(), number);
    }
    if (sink.isFull()) yield* taken(sink);
  }
  reader.end();
  if (badText.count > 0) {
    const message = `${badText.count} lines hold bytes that are not UTF-8; the first is here`;
    sink.issue('TEXT_NOT_UTF8', message, badText.line);
  }
  times.report(sink);
  yield* taken(sink);
}

function* taken(sink: BatchSink): Generator<EventBatch> {
  const batch = sink.take();
  if (batch !== undefined) yield batch;
}

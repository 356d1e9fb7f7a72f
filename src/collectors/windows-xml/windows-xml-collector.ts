import type { Collector, EventBatch } from '../collector.js';
import { decodeHead, toUtf8Chunks } from '../json-text.js';
import { type BatchSink, createBatchSink } from '../lines/batch-sink.js';
import { shapeEventXml } from './shape-event-xml.js';
import { XmlEventSplitter, type XmlPiece } from './split-xml-events.js';

// An event has at most 64 kB; escaped and rendered in full it is many times as long.
const MAX_EVENT_CHARS = 2 * 1024 * 1024;

/** Windows events in XML: one, an `<Events>` list, or several in a row, as wevtutil, PowerShell, evtxexport and Splunk write them. */
export const windowsXmlCollector: Collector = {
  name: 'windows-xml',
  detect: (_name, head) => /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<Events?[\s>]/m.test(decodeHead(head)),
  async *read(input) {
    const { chunks } = await toUtf8Chunks(input.chunks);
    const sink = createBatchSink(input.source);
    const splitter = new XmlEventSplitter({ maxChars: MAX_EVENT_CHARS });
    // A byte order mark in the middle is where two files were joined.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for await (const chunk of chunks)
      yield* shape(splitter.push(decoder.decode(chunk, { stream: true })), sink);
    yield* shape([...splitter.push(decoder.decode()), ...splitter.end()], sink);
    const last = sink.take();
    if (last !== undefined) yield last;
  },
};

function* shape(pieces: readonly XmlPiece[], sink: BatchSink): Generator<EventBatch> {
  for (const piece of pieces) {
    readPiece(piece, sink);
    const batch = sink.isFull() ? sink.take() : undefined;
    if (batch !== undefined) yield batch;
  }
}

function readPiece(piece: XmlPiece, sink: BatchSink): void {
  if (piece.kind === 'damaged') sink.issue('XML_INVALID', piece.message, piece.line);
  else if (piece.kind === 'too-large') {
    const message = `expected events of at most ${MAX_EVENT_CHARS} characters, found a longer one`;
    sink.issue('INPUT_TOO_LARGE', message, piece.line);
  } else {
    const shaped = shapeEventXml(piece.text);
    if (shaped.kind === 'event') sink.event(shaped.event, piece.line);
    else sink.issue('XML_INVALID', shaped.message, piece.line);
  }
}

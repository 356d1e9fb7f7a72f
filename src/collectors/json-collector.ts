import { isUtf8 } from 'node:buffer';
import { type Issue, isIssue, isRecord, parseJson } from '../model/index.js';
import type { Collector, EventBatch } from './collector.js';
import type { Event } from './event.js';
import { MAX_FIELDS } from './flatten-fields.js';
import { piecesOfLines } from './json-envelope/json-lines.js';
import { shapeCarriedText } from './json-envelope/shape-carried-text.js';
import { type UnpackedRecord, unpackRecords } from './json-envelope/unpack-records.js';
import { JsonLineEvents } from './json-lines/json-line-events.js';
import { type JsonObject, type RecordPlace, recordIssue } from './json-record.js';
import { shapeEvent } from './json-shapes.js';
import { decodeHead, toUtf8Chunks } from './json-text.js';
import { type JsonPiece, JsonSplitter } from './split-json.js';

/** Longest record that is read. CloudTrail's largest is 1 MB, Windows' 64 kB. */
export const MAX_RECORD_BYTES = 2 * 1024 * 1024;
const BATCH_EVENTS = 500;

/** JSON: one object, an array, objects in a row, or one a line; also within the envelopes that services put around them. */
export const jsonCollector: Collector = {
  name: 'json',
  // Lines of other logs start with a time or a level in brackets.
  detect: (_name, head) =>
    /^\s*(?:\{|\[\s*(?:[[{"\]]|-?\d+(?:\.\d+)?\s*[,\]]|$))/.test(decodeHead(head)),
  async *read(input) {
    const { chunks, head } = await toUtf8Chunks(input.chunks);
    const pieces = isOneALine(head)
      ? piecesOfLines(copies(chunks), MAX_RECORD_BYTES)
      : piecesOfDocument(chunks);
    yield* collect(pieces, input.source);
  },
};

/** Events may be read from the bytes of their lines later, when the producer has used its buffer again. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

/**
 * Whether the file holds an object a line: a whole line of its start is an object that starts in the first column. In
 * a document the opening of a list or envelope comes first, and the last record of one may well fill a line.
 */
function isOneALine(head: string): boolean {
  const lines = head.split('\n');
  // The last line may be cut off by the end of the head.
  const whole = lines.length > 1 ? lines.slice(0, -1) : [];
  const first = lines.find((line) => line.trim() !== '') ?? '';
  if (/^\s*\[/.test(first) || /^\s*\{.*[[{,]\s*$/.test(first)) return false;
  return whole.some((line) => line.startsWith('{') && isObjectText(line));
}

function isObjectText(line = ''): boolean {
  const parsed = parseJson(line);
  return !isIssue(parsed) && isRecord(parsed.value) && Object.keys(parsed.value).length > 0;
}

async function* piecesOfDocument(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonPiece[]> {
  const splitter = new JsonSplitter({ maxBytes: MAX_RECORD_BYTES });
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}

async function* collect(
  pieces: AsyncIterable<readonly JsonPiece[]>,
  source: string,
): AsyncGenerator<EventBatch> {
  let events: Event[] = [];
  let issues: Issue[] = [];
  const lines = new JsonLineEvents(source);
  let badText: { count: number; readonly line: number } | undefined;
  for await (const some of pieces)
    for (const piece of some) {
      const place = { source, line: piece.line };
      if (piece.kind === 'object' && !isUtf8(piece.bytes)) {
        badText ??= { count: 0, line: piece.line };
        badText.count += 1;
      }
      const event = readLazily(piece, lines);
      if (event !== undefined) events.push(event);
      else {
        const read = readPiece(piece, place);
        events.push(...read.events);
        issues.push(...read.issues);
      }
      if (events.length + issues.length >= BATCH_EVENTS) {
        yield { events, issues };
        events = [];
        issues = [];
      }
    }
  if (badText !== undefined) {
    const message = `${badText.count} records hold bytes that are not UTF-8; the first is here`;
    issues.push(recordIssue('TEXT_NOT_UTF8', message, { source, line: badText.line }));
  }
  if (events.length + issues.length > 0) yield { events, issues };
}

/** The event of a record of a form that need not be read in full; undefined for others. */
function readLazily(piece: JsonPiece, lines: JsonLineEvents): Event | undefined {
  if (piece.kind !== 'object' || piece.outer.length > 0) return undefined;
  const { buffer, byteOffset, byteLength } = piece.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return lines.make({ bytes, start: 0, end: byteLength, number: piece.line });
}

function readPiece(piece: JsonPiece, place: RecordPlace, isCutOut = false): EventBatch {
  if (piece.kind === 'damaged')
    return { events: [], issues: [recordIssue('JSON_INVALID', piece.message, place)] };
  if (piece.kind === 'too-large') {
    const message = `expected records of at most ${MAX_RECORD_BYTES} bytes, found a longer one`;
    return { events: [], issues: [recordIssue('INPUT_TOO_LARGE', message, place)] };
  }
  const parsed = parseJson(Buffer.from(piece.bytes).toString('utf8'), { source: place.source });
  if (isIssue(parsed)) {
    const inner = isCutOut ? undefined : readCutOut(piece, place);
    return inner ?? { events: [], issues: [atLine(parsed, place)] };
  }
  const records = unpackRecords(parsed.value, piece.outer);
  const isEnvelope = records.length !== 1 || records[0]?.record !== parsed.value;
  return toEvents(records, isEnvelope ? linesOf(piece, records.length) : [], place);
}

/** The parser counts lines within the record. */
function atLine(issue: Issue, { source, line }: RecordPlace): Issue {
  const { line: inner = 1, column } = issue.at ?? {};
  const at = { source, line: line + inner - 1, ...(column === undefined ? {} : { column }) };
  return { ...issue, at };
}

/** Reads the records of an envelope one by one when it is damaged as a whole; undefined when it is none. */
function readCutOut(piece: ObjectPiece, { source }: RecordPlace): EventBatch | undefined {
  const pieces = cutOut(piece);
  if (!pieces.some((one) => one.kind === 'object' && one.bytes.length < piece.bytes.length))
    return undefined;
  const read = pieces.map((one) => readPiece(one, { source, line: one.line }, true));
  return {
    events: read.flatMap(({ events }) => events),
    issues: read.flatMap(({ issues }) => issues),
  };
}

type ObjectPiece = Extract<JsonPiece, { readonly kind: 'object' }>;

function cutOut({ bytes, line, outer }: ObjectPiece): readonly JsonPiece[] {
  const splitter = new JsonSplitter({ maxBytes: MAX_RECORD_BYTES, wholeBytes: 0, line });
  return [...splitter.push(bytes), ...splitter.end()].map((piece) =>
    piece.kind === 'object' ? { ...piece, outer: [...piece.outer, ...outer] } : piece,
  );
}

const NEWLINE = 0x0a;

/** The lines on which the records of an envelope start; empty when all start on the envelope's. */
function linesOf(piece: ObjectPiece, count: number): readonly number[] {
  if (count === 0 || !piece.bytes.includes(NEWLINE)) return [];
  const pieces = cutOut(piece);
  return pieces.length === count ? pieces.map(({ line }) => line) : [];
}

function toEvents(
  records: readonly UnpackedRecord[],
  lines: readonly number[],
  { source, line }: RecordPlace,
): EventBatch {
  const events: Event[] = [];
  const issues: Issue[] = [];
  for (const [index, { record, outer }] of records.entries()) {
    const place = { source, line: lines[index] ?? line };
    if (!isRecord(record)) {
      issues.push(recordIssue('EVENT_INVALID', 'expected an object', place));
      continue;
    }
    if (isBulkAction(record)) continue;
    const { isComplete, ...event } = shapeCarriedText(shapeEvent(record, outer));
    events.push({ kind: 'event', ...event, record: String(place.line), source });
    if (!isComplete) {
      const message = `expected at most ${MAX_FIELDS} fields with names up to 1,000 characters; the rest is not read`;
      issues.push(recordIssue('EVENT_INVALID', message, place));
    }
  }
  return { events, issues };
}

/** The line before each document in Elasticsearch's bulk format; it says where the document goes. */
function isBulkAction(record: JsonObject): boolean {
  const [[key, target] = ['', undefined], second] = Object.entries(record);
  if (second !== undefined || !isRecord(target) || !/^(index|create|update)$/.test(key))
    return false;
  const names = Object.keys(target);
  return names.length > 0 && names.every((name) => /^_?(index|id|type|routing)$/.test(name));
}

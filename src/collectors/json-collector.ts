import { isUtf8 } from 'node:buffer';
import { type Issue, isIssue, isRecord, parseJson } from '../model/index.js';
import type { Collector, EventBatch } from './collector.js';
import type { Event } from './event.js';
import { MAX_FIELDS } from './flatten-fields.js';
import { type JsonObject, type RecordPlace, recordIssue } from './json-record.js';
import { shapeEvent } from './json-shapes.js';
import { decodeHead, JSON_ENVELOPE, toUtf8Chunks } from './json-text.js';
import { readLines } from './read-lines.js';
import { JsonSplitter } from './split-json.js';

/** Longest record that is read. CloudTrail's largest is 1 MB, Windows' 64 kB. */
export const MAX_RECORD_BYTES = 2 * 1024 * 1024;
const BATCH_EVENTS = 500;

/** JSON: one object, an array, objects in a row, or one a line; also AWS' and Azure's envelopes around an array. */
export const jsonCollector: Collector = {
  name: 'json',
  detect: (_name, head) => /^\s*[[{]/.test(decodeHead(head)),
  async *read(input) {
    const { chunks, head } = await toUtf8Chunks(input.chunks);
    const pieces = isOneALine(head) ? piecesOfLines(chunks) : piecesOfDocument(chunks, head);
    yield* collect(pieces, input.source);
  },
};

/**
 * Whether the file holds an object a line: a whole line of its start is an object that starts in the first column. In
 * a document the opening of a list or envelope comes first, and the last record of one may well fill a line.
 */
function isOneALine(head: string): boolean {
  const lines = head.split('\n');
  // The last line may be cut off by the end of the head.
  const whole = lines.length > 1 ? lines.slice(0, -1) : [];
  const isDocument = /^\s*\[/.test(head) || (JSON_ENVELOPE.test(head) && !isObjectText(lines[0]));
  return !isDocument && whole.some((line) => line.startsWith('{') && isObjectText(line));
}

function isObjectText(line = ''): boolean {
  const parsed = parseJson(line);
  return !isIssue(parsed) && isRecord(parsed.value) && Object.keys(parsed.value).length > 0;
}

/** A record's bytes, or an Issue's words in its place. */
type Piece =
  | { readonly kind: 'object'; readonly bytes: Uint8Array; readonly line: number }
  | { readonly kind: 'damaged'; readonly message: string; readonly line: number }
  | { readonly kind: 'too-large'; readonly line: number };

async function* piecesOfLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Piece[]> {
  for await (const { bytes, number } of readLines(chunks, MAX_RECORD_BYTES)) {
    if (bytes === undefined) yield [{ kind: 'too-large', line: number }];
    else if (!isBlank(bytes)) yield [{ kind: 'object', bytes, line: number }];
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 0x20);
}

async function* piecesOfDocument(
  chunks: AsyncIterable<Uint8Array>,
  head: string,
): AsyncGenerator<Piece[]> {
  const envelope = JSON_ENVELOPE.exec(head)?.[0];
  const splitter = new JsonSplitter({
    maxBytes: MAX_RECORD_BYTES,
    inEnvelope: envelope !== undefined,
  });
  // The opening of an envelope is ASCII, so characters are bytes; blanks in its place keep lines and columns.
  let toBlank = envelope?.length ?? 0;
  for await (const chunk of chunks) {
    const blank = Math.min(toBlank, chunk.length);
    toBlank -= blank;
    const bytes = blank === 0 ? chunk : chunk.slice();
    for (let index = 0; index < blank; index += 1) if (bytes[index] !== 0x0a) bytes[index] = 0x20;
    yield splitter.push(bytes);
  }
  yield splitter.end();
}

async function* collect(
  pieces: AsyncIterable<readonly Piece[]>,
  source: string,
): AsyncGenerator<EventBatch> {
  let events: Event[] = [];
  let issues: Issue[] = [];
  let badText: { count: number; readonly line: number } | undefined;
  for await (const some of pieces)
    for (const piece of some) {
      const place = { source, line: piece.line };
      if (piece.kind === 'object' && !isUtf8(piece.bytes)) {
        badText ??= { count: 0, line: piece.line };
        badText.count += 1;
      }
      const read = readPiece(piece, place);
      events.push(...read.events);
      issues.push(...read.issues);
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

function readPiece(piece: Piece, place: RecordPlace): EventBatch {
  if (piece.kind === 'damaged')
    return { events: [], issues: [recordIssue('JSON_INVALID', piece.message, place)] };
  if (piece.kind === 'too-large') {
    const message = `expected records of at most ${MAX_RECORD_BYTES} bytes, found a longer one`;
    return { events: [], issues: [recordIssue('INPUT_TOO_LARGE', message, place)] };
  }
  const parsed = parseJson(Buffer.from(piece.bytes).toString('utf8'), { source: place.source });
  if (isIssue(parsed)) return { events: [], issues: [atLine(parsed, place)] };
  return recordsOf(parsed.value, place);
}

/** The parser counts lines within the record. */
function atLine(issue: Issue, { source, line }: RecordPlace): Issue {
  const { line: inner = 1, column } = issue.at ?? {};
  const at = { source, line: line + inner - 1, ...(column === undefined ? {} : { column }) };
  return { ...issue, at };
}

const ENVELOPE_KEYS = ['Records', 'records', 'value', 'Events', 'events'];

/** Opens a record that is an envelope or a list. */
function recordsOf(value: unknown, place: RecordPlace): EventBatch {
  const inner = isRecord(value) ? envelopeOf(value) : value;
  if (!Array.isArray(inner)) return toEvents([value], place);
  const list: readonly unknown[] = inner;
  return toEvents(list, place);
}

function envelopeOf(record: JsonObject): unknown {
  const key = ENVELOPE_KEYS.find((name) => Array.isArray(record[name]));
  return key !== undefined && Object.keys(record).length <= 3 ? record[key] : undefined;
}

function toEvents(values: readonly unknown[], place: RecordPlace): EventBatch {
  const events: Event[] = [];
  const issues: Issue[] = [];
  for (const value of values) {
    if (!isRecord(value)) {
      issues.push(recordIssue('EVENT_INVALID', 'expected an object', place));
      continue;
    }
    const { isComplete, ...event } = shapeEvent(value);
    events.push({ kind: 'event', ...event, record: String(place.line), source: place.source });
    if (!isComplete) {
      const message = `expected at most ${MAX_FIELDS} fields with names up to 1,000 characters; the rest is not read`;
      issues.push(recordIssue('EVENT_INVALID', message, place));
    }
  }
  return { events, issues };
}

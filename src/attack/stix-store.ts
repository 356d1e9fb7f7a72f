import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isRecord, isStixId, type StixId } from '../model/index.js';
import type { StixObject } from './knowledge-base.js';

/*
 * The file: one STIX object a line as JSON, `{"id":"<STIX id>",` first, sorted by id in byte order. So one object
 * is found by halving the file some 15 times, and nothing is read or parsed that was not asked for.
 */

/** Looks an object up by its id. */
export type StixLookup = (stixId: StixId) => StixObject | undefined;

const START = '{"id":"';
const BLOCK_BYTES = 8192;
const NEWLINE = 0x0a;
/** Longest STIX id: a type of 251 characters, two dashes, a UUID. */
const MAX_ID_BYTES = START.length + 251 + 2 + 36 + 1;
/** Look-ups answered by halving before an index of the whole file is worth its making. */
const LOOK_UPS_BEFORE_INDEX = 400;

interface StoreFile {
  readonly descriptor: number;
  readonly sizeBytes: number;
  /** Middles looked at before: every search starts with the same few. */
  readonly probes: Map<number, Probe>;
}

/** First line that starts at or after an offset. */
interface Probe {
  readonly start: number;
  readonly id: string;
}

interface Span {
  readonly start: number;
  /** Of the newline after it. */
  readonly end: number;
}

/** One line of the file for an object; a valid id needs no escaping in JSON. */
export function formatStixLine(object: StixObject): string {
  const { id, ...rest } = object;
  // Not a spread with `id` first: keys that look like numbers would still come before it.
  const others = JSON.stringify(rest).slice(1);
  return `${START}${id}"${others === '}' ? '' : ','}${others}`;
}

function readBytes({ descriptor }: StoreFile, { start, end }: Span): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, start + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Offset of the first newline at or after `from`; the end of the file when there is none. */
function endOfLine(file: StoreFile, from: number): number {
  for (let start = from; start < file.sizeBytes; start += BLOCK_BYTES) {
    const end = Math.min(start + BLOCK_BYTES, file.sizeBytes);
    const at = readBytes(file, { start, end }).indexOf(NEWLINE);
    if (at !== -1) return start + at;
  }
  return file.sizeBytes;
}

/** The id that a line starts with; empty for a line that is none of ours. */
function idAt(text: string): string {
  return text.startsWith(START) ? text.slice(START.length, text.indexOf('"', START.length)) : '';
}

function probeAt(file: StoreFile, offset: number): Probe {
  const known = file.probes.get(offset);
  if (known !== undefined) return known;
  const start = offset === 0 ? 0 : endOfLine(file, offset - 1) + 1;
  const end = Math.min(start + MAX_ID_BYTES, file.sizeBytes);
  const probe = { start, id: idAt(readBytes(file, { start, end }).toString('latin1')) };
  file.probes.set(offset, probe);
  return probe;
}

// Invariant: the line looked for, if it is there, starts in low…high - 1; low is the start of a line.
function findByHalving(file: StoreFile, stixId: StixId): Span | undefined {
  let [low, high] = [0, file.sizeBytes];
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    const { start, id } = probeAt(file, middle);
    if (start >= high) high = middle;
    else if (id === stixId) return { start, end: endOfLine(file, start) };
    else if (id < stixId) low = endOfLine(file, start) + 1;
    else high = start;
  }
  return undefined;
}

/** Where every line is; reads the file once, a block at a time. */
function indexLines(file: StoreFile): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const block = 1 << 20;
  let lineStart = 0;
  let head = '';
  for (let start = 0; start < file.sizeBytes; start += block) {
    const bytes = readBytes(file, { start, end: Math.min(start + block, file.sizeBytes) });
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
      const text = head + bytes.toString('latin1', from, Math.min(at, from + MAX_ID_BYTES));
      spans.set(idAt(text), { start: lineStart, end: start + at });
      from = at + 1;
      lineStart = start + from;
      head = '';
    }
    // A line that goes on in the next block: its start is kept.
    if (head.length < MAX_ID_BYTES) head += bytes.toString('latin1', from, from + MAX_ID_BYTES);
  }
  return spans;
}

function parseLine(line: string, stixId: StixId): StixObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && value['id'] === stixId ? (value as StixObject) : undefined;
  } catch {
    // The file was damaged from outside; an object that cannot be read is not there.
    return undefined;
  }
}

/**
 * Opens the objects of an installed bundle; the file itself is opened at the first look-up and stays open.
 *
 * @param pathOf asked at the first look-up, and again when the file is gone because the bundle was replaced.
 * @returns a look-up that answers undefined for an object that is not there or cannot be read.
 */
export function openStixStore(pathOf: () => string): StixLookup {
  let file: StoreFile | undefined;
  let index: ReadonlyMap<string, Span> | undefined;
  let lookUps = 0;
  return (stixId) => {
    if (!isStixId(stixId)) return undefined;
    file ??= openFile(pathOf);
    if (file === undefined) return undefined;
    lookUps += 1;
    if (lookUps > LOOK_UPS_BEFORE_INDEX) index ??= indexLines(file);
    const span = index === undefined ? findByHalving(file, stixId) : index.get(stixId);
    return span && parseLine(readBytes(file, span).toString('utf8'), stixId);
  };
}

function openFile(pathOf: () => string): StoreFile | undefined {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(pathOf(), 'r');
      return { descriptor, sizeBytes: fstatSync(descriptor).size, probes: new Map() };
    } catch {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
  return undefined;
}

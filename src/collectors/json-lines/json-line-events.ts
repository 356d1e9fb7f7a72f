import { isUtf8 } from 'node:buffer';
import { isRecord } from '../../model/index.js';
import type { Event, FieldValue, Logsource } from '../event.js';
import { unpackRecords } from '../json-envelope/unpack-records.js';
import { shapeEvent } from '../json-shapes.js';
import { userOf } from '../json-windows-event.js';
import { HOST, TIME } from '../json-windows-flat.js';
import { parseTime } from '../parse-time.js';
import { JsonLineFields, readValue, type ScannedLine } from './json-line-fields.js';
import { PLACE_WORDS, RecordScanner } from './record-scanner.js';
import type { SchemaNode } from './record-schema.js';
import {
  firstTextOf,
  HEADER,
  type LineOrigin,
  lineOrigin,
  type RawValue,
  type WindowsLineForm,
  windowsLineForm,
} from './windows-line-form.js';

// A log's events of one form differ in their ids.
const MAX_ORIGINS = 256;
const MAX_FREQUENT = 8;

/** A line without its ending: where it is, and its 1-based number. */
export interface LineBytes {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/**
 * Makes events of lines that are flat JSON objects of Windows events without reading more of them than which event it
 * is. The events are those that the full reader makes of the same lines.
 */
export class JsonLineEvents {
  readonly #source: string;
  readonly #scanner = new RecordScanner();
  readonly #forms = new Map<SchemaNode, WindowsLineForm | undefined>();

  constructor(source: string) {
    this.#source = source;
  }

  /** Undefined for any other line. `bytes` must not change while the event is in use. */
  make({ bytes, start, end, number }: LineBytes): Event | undefined {
    const scanner = this.#scanner;
    const node = scanner.scan(bytes, start, end);
    if (node === undefined) return undefined;
    if (!scanner.isPlain && !isUtf8(bytes.subarray(start, end))) return undefined;
    const form = this.#formOf(node);
    if (form === undefined) return undefined;
    const { places, offset, isSearchable } = scanner;
    const scanned: ScannedLine = { bytes, start, end, isSearchable, places, offset };
    const origin = this.#originOf(form, scanned);
    return origin === undefined
      ? undefined
      : new JsonLineEvent(scanned, { form, origin, source: this.#source, line: number });
  }

  #formOf(node: SchemaNode): WindowsLineForm | undefined {
    const known = this.#forms.get(node);
    if (known !== undefined || this.#forms.has(node)) return known;
    const form = windowsLineForm(node);
    this.#forms.set(node, form);
    return form;
  }

  #originOf(form: WindowsLineForm, line: ScannedLine): LineOrigin | undefined {
    const { frequent } = form;
    for (const { raw, origin } of frequent) if (isOrigin(raw, form, line)) return origin;
    const raw = form.originSlots.map((slot) => rawValue(line, slot));
    const key = raw.map(({ kind, bytes }) => `${kind}${bytes.toString('latin1')}`).join('\n');
    if (!form.origins.has(key)) {
      if (form.origins.size >= MAX_ORIGINS) form.origins.clear();
      form.origins.set(key, this.#findOrigin(form, line));
    }
    const origin = form.origins.get(key);
    if (origin !== undefined && frequent.length < MAX_FREQUENT) frequent.push({ raw, origin });
    return origin;
  }

  /** Undefined when the full reader makes anything else of such a line. */
  #findOrigin(form: WindowsLineForm, line: ScannedLine): LineOrigin | undefined {
    const { names } = form;
    const origin = lineOrigin(names, (name) => memberOf(line, names.indexOf(name)));
    if (origin === undefined) return undefined;
    const event = new JsonLineEvent(line, { form, origin, source: this.#source, line: 0 });
    return isAsFullyRead(event, line) ? origin : undefined;
  }
}

/** Whether the full reader makes the same event of the line. */
function isAsFullyRead(event: Event, { bytes, start, end }: ScannedLine): boolean {
  const record: unknown = JSON.parse(bytes.toString('utf8', start, end));
  const [only, ...others] = unpackRecords(record);
  if (!isRecord(record) || only?.record !== record || others.length > 0) return false;
  if (only.outer.length > 0) return false;
  return sameText(shapeEvent(record)) === sameText(event);
}

function sameText(event: Pick<Event, 'time' | 'zone' | 'host' | 'user' | 'logsource' | 'fields'>) {
  const { time, zone, host, user, logsource, fields } = event;
  return JSON.stringify([time, zone, host, user, logsource, [...fields]]);
}

/** Whether the origin members of a line are those raw values. */
function isOrigin(
  raw: readonly RawValue[],
  { originSlots }: WindowsLineForm,
  { bytes, places, offset }: ScannedLine,
): boolean {
  for (let index = 0; index < raw.length; index += 1) {
    const value = raw[index];
    const place = offset + (originSlots[index] ?? 0) * PLACE_WORDS;
    if (value === undefined || places[place] !== value.kind) return false;
    const range = { start: places[place + 1] ?? 0, end: places[place + 2] ?? 0 };
    if (!isSame(value.bytes, bytes, range)) return false;
  }
  return true;
}

function isSame(
  wanted: Uint8Array,
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  if (end - start !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at += 1) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

/** A copy of a member's bytes. */
function rawValue({ bytes, places, offset }: ScannedLine, slot: number) {
  const place = offset + slot * PLACE_WORDS;
  const [kind = 0, start = 0, end = 0] = places.subarray(place, place + PLACE_WORDS);
  return { kind, bytes: Buffer.from(bytes.subarray(start, end)) };
}

function memberOf(line: ScannedLine, slot: number): FieldValue | undefined {
  if (slot < 0) return undefined;
  const place = line.offset + slot * PLACE_WORDS;
  const [kind = 0, start = 0, end = 0] = line.places.subarray(place, place + PLACE_WORDS);
  return readValue(kind, line.bytes, { start, end });
}

interface LinePlace {
  readonly form: WindowsLineForm;
  readonly origin: LineOrigin;
  readonly source: string;
  readonly line: number;
}

/** An event whose time, host and user are read when they are asked for. */
class JsonLineEvent implements Event {
  readonly kind = 'event';
  readonly logsource: Logsource;
  readonly fields: ReadonlyMap<string, FieldValue>;
  readonly source: string;
  readonly #scanned: ScannedLine;
  readonly #names: readonly string[];
  readonly #line: number;

  constructor(scanned: ScannedLine, { form, origin, source, line }: LinePlace) {
    this.logsource = origin.logsource;
    this.source = source;
    this.#scanned = scanned;
    this.#names = form.names;
    this.#line = line;
    this.fields = new JsonLineFields(scanned, origin.layout, (number) =>
      number === HEADER.computer ? this.host : origin.header[number],
    );
  }

  get record(): string {
    return String(this.#line);
  }

  get time(): string | undefined {
    for (const name of TIME) {
      const time = parseTime(this.#member(name));
      if (time !== undefined) return time;
    }
    return undefined;
  }

  get host(): string | undefined {
    return firstTextOf(HOST, (name) => this.#member(name));
  }

  get user(): string | undefined {
    return userOf(this.fields);
  }

  #member(name: string): FieldValue | undefined {
    return memberOf(this.#scanned, this.#names.indexOf(name));
  }
}

import type { FieldValue } from '../event.js';
import { addValue, MAX_FIELDS } from '../flatten-fields.js';
import { lookUp } from '../route-logsource.js';
import { decodeAuditHex, isAuditHex } from './decode-audit-hex.js';
import { FIELD_NAMES, HEX_FIELDS, NAME_OF_TYPE } from './record-types.table.js';

/** One record of the Linux audit system; several with the same `eventKey` are one event. */
export interface AuditRecord {
  /** `EXECVE` */
  readonly type: string;
  /** Node, time and serial number; undefined when the record has none and stands for itself. */
  readonly eventKey: string | undefined;
  /** As written: seconds since 1970, or a local time in the interpreted form. */
  readonly timeText: string | undefined;
  readonly node: string | undefined;
  /** Values in clear: quotes removed, hexadecimal decoded. */
  readonly fields: ReadonlyMap<string, FieldValue>;
}

// The record's own words vary with the way it took: file, dispatcher, kernel log, ausearch, journal.
const HEAD =
  /^(?:audit: )?(?:node=(\S{1,255})\s+)?(?:type=(\S{1,64})\s+)?(?:msg=)?audit\(([^()]{1,40}):(\d{1,20})\)\s?:\s*/;
const JOURNAL_HEAD = /^([A-Z][A-Z0-9_]{2,40}) (?=[\w-]{1,40}=)/;

/** Whether a line is an audit record, raw or interpreted. */
export function isAuditRecord(line: string): boolean {
  return HEAD.test(line);
}

/** Reads a record; undefined for any other line. */
export function parseAuditRecord(line: string): AuditRecord | undefined {
  const head = HEAD.exec(line);
  if (head === null) return undefined;
  const [whole, node, typeText, timeText = '', serial = ''] = head;
  const body = line.slice(whole.length);
  const type = nameOfType(typeText, body);
  const isRaw = /^\d{9,11}\.\d{1,3}$/.test(timeText);
  const fields = isRaw ? parseRaw(type, body) : parseInterpreted(type, body);
  return { type, eventKey: `${node ?? ''}|${timeText}:${serial}`, timeText, node, fields };
}

/** Reads a record as the journal writes it, without time and number: `EXECVE argc=1 a0="id"`. */
export function parseJournalRecord(text: string): AuditRecord | undefined {
  const head = JOURNAL_HEAD.exec(text);
  if (head === null) return undefined;
  const [whole, type = ''] = head;
  const fields = parseRaw(type, text.slice(whole.length));
  return { type, eventKey: undefined, timeText: undefined, node: undefined, fields };
}

function nameOfType(text: string | undefined, body: string): string {
  if (text === undefined) return /^avc:/.test(body) ? 'AVC' : 'UNKNOWN';
  const number = /^(?:UNKNOWN\[)?(\d{4})\]?$/.exec(text)?.[1];
  return number === undefined ? text : (lookUp(NAME_OF_TYPE, number) ?? text);
}

// Each name starts at a word's start and has a limited length, so that no text takes more than linear time.
const PAIR =
  /(?<![\w-])([A-Za-z_][\w-]{0,63}(?:\[\d{1,5}\])?)=("[^"]*"|\{[^{}]{0,300}\}|[^\s"]\S*|)/g;
const ENRICHMENT = String.fromCharCode(0x1d);

function parseRaw(type: string, body: string): ReadonlyMap<string, FieldValue> {
  const fields = new Map<string, FieldValue>();
  addPermissions(type, body, fields);
  const { outer, message } = splitMessage(body);
  for (const text of [message, ...outer.split(ENRICHMENT)])
    for (const [, name = '', value = ''] of text.matchAll(PAIR)) {
      if (fields.size >= MAX_FIELDS) break;
      if (value !== '' || text === message) addValue(fields, name, clear(type, name, value));
    }
  return fields;
}

/** A program's own message holds further fields: `msg='op=login acct="root" res=success'`. */
function splitMessage(body: string): { readonly outer: string; readonly message: string } {
  const start = body.indexOf("msg='");
  const end = body.lastIndexOf("'");
  if (start === -1 || end <= start + 4) return { outer: body, message: '' };
  return { outer: body.slice(0, start) + body.slice(end + 1), message: body.slice(start + 5, end) };
}

/** `avc:  denied  { read write } for  pid=1` */
function addPermissions(type: string, body: string, fields: Map<string, FieldValue>): void {
  if (!type.endsWith('AVC')) return;
  const [, verdict, permissions = ''] = /avc:\s+(\w{1,20})\s+\{([^{}]{0,300})\}/.exec(body) ?? [];
  if (verdict === undefined) return;
  fields.set('avc', verdict);
  fields.set('seperms', permissions.trim());
}

function clear(type: string, name: string, value: string): string {
  if (value.startsWith('"'))
    return value.slice(1, value.endsWith('"') && value.length > 1 ? -1 : undefined);
  if (value === '(null)') return '';
  const isArgument = type === 'EXECVE' && /^a\d+(?:\[\d+\])?$/.test(name);
  return (isArgument || HEX_FIELDS.has(name)) && isAuditHex(value) ? decodeAuditHex(value) : value;
}

/** `ausearch -i`: no quotes, values with blanks; a name that is known ends the value before it. */
function parseInterpreted(type: string, body: string): ReadonlyMap<string, FieldValue> {
  if (type === 'PROCTITLE') {
    const [, title = ''] = /(?:^|\s)proctitle=(.*)$/.exec(body) ?? [];
    return new Map([['proctitle', title.trim()]]);
  }
  const { outer, message } = splitMessage(body);
  const fields = new Map<string, FieldValue>();
  addPermissions(type, body, fields);
  const isName = type === 'EXECVE' ? argumentNames() : (name: string) => FIELD_NAMES.has(name);
  for (const text of [outer, message]) {
    const pairs = [...text.matchAll(/(?<![\w-])([A-Za-z_][\w-]{0,63})=/g)].filter(([, name = '']) =>
      isName(name),
    );
    for (const [index, pair] of pairs.entries()) {
      if (fields.size >= MAX_FIELDS) break;
      const end = pairs[index + 1]?.index ?? text.length;
      const value = text.slice(pair.index + pair[0].length, end).trim();
      addValue(fields, pair[1] ?? '', value === '(null)' ? '' : value);
    }
  }
  return fields;
}

/** In a command line `a1=` may be anything; the real one is the next in number. */
function argumentNames(): (name: string) => boolean {
  let next = 0;
  return (name) => {
    if (name !== `a${next}`) return name === 'argc' && next === 0;
    next += 1;
    return true;
  };
}

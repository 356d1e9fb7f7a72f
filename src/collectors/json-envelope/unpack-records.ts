import { isRecord } from '../../model/index.js';
import type { JsonObject } from '../json-record.js';
import { ENVELOPE_HEADERS, ENVELOPE_LISTS, ENVELOPE_OBJECTS } from './envelopes.table.js';

/** A record and the members of the envelopes around it that tell of it, the innermost first. */
export interface UnpackedRecord {
  readonly record: unknown;
  readonly outer: readonly JsonObject[];
}

const MAX_ENVELOPES = 8;

/**
 * Takes records out of lists and of the envelopes that services put around them: CloudTrail's `Records`, Azure's
 * `records`, CloudWatch's `logEvents`, OpenTelemetry's `resourceLogs`, Graph's `value`, tables of Log Analytics,
 * snapshots of osquery. Anything else is one record.
 */
export function unpackRecords(
  value: unknown,
  outer: readonly JsonObject[] = [],
): readonly UnpackedRecord[] {
  let open: readonly UnpackedRecord[] = Array.isArray(value)
    ? value.map((record: unknown) => ({ record, outer }))
    : [{ record: value, outer }];
  for (let depth = 0; depth < MAX_ENVELOPES; depth += 1) {
    const next = open.flatMap(openOne);
    if (next.length === open.length && next.every((one, index) => one === open[index])) break;
    open = next;
  }
  return open;
}

function openOne(one: UnpackedRecord): readonly UnpackedRecord[] {
  const inner = isRecord(one.record) ? openEnvelope(one.record) : undefined;
  if (inner === undefined) return [one];
  const outer = add(inner.outer, one);
  return inner.records.map((record) => ({ record, outer }));
}

function add(inner: JsonObject, { outer }: UnpackedRecord): readonly JsonObject[] {
  return Object.keys(inner).length === 0 ? outer : [inner, ...outer];
}

interface Envelope {
  readonly records: readonly unknown[];
  readonly outer: JsonObject;
}

function openEnvelope(record: JsonObject): Envelope | undefined {
  return openKnown(record) ?? openTables(record) ?? openSnapshot(record) ?? openFindings(record);
}

/** The members of an envelope before its list that are fields of the records. */
export function outerOf(header: JsonObject): JsonObject {
  const kept = Object.entries(header).filter(
    ([key, value]) =>
      ENVELOPE_HEADERS.get(key) !== 'dropped' &&
      !ENVELOPE_LISTS.has(key) &&
      !(ENVELOPE_OBJECTS.has(key) && isRecord(value)),
  );
  return Object.fromEntries(kept);
}

function openKnown(record: JsonObject): Envelope | undefined {
  const keys = Object.keys(record);
  const key = keys.find((name) => isRecordList(record[name]) && ENVELOPE_LISTS.has(name));
  if (key === undefined) return openInner(record, keys);
  const list = record[key];
  if (!Array.isArray(list)) return undefined;
  const others = keys.filter((name) => name !== key);
  const isKnown = others.every((name) => ENVELOPE_HEADERS.has(name));
  const isLight = others.every(
    (name) => ENVELOPE_HEADERS.has(name) || typeof record[name] !== 'object',
  );
  const needsKnown = ENVELOPE_LISTS.get(key) === 'known' || list.length === 0;
  if (!isKnown && (needsKnown || !isLight)) return undefined;
  const before = Object.entries(record).slice(0, keys.indexOf(key));
  return { records: list, outer: outerOf(Object.fromEntries(before)) };
}

function isRecordList(value: unknown): boolean {
  return Array.isArray(value) && (value.length === 0 || isRecord(value[0]));
}

/** `{"hits": {"hits": […]}}` */
function openInner(record: JsonObject, keys: readonly string[]): Envelope | undefined {
  const key = keys.find((name) => ENVELOPE_OBJECTS.has(name));
  const inner = key === undefined ? undefined : record[key];
  const isKnown = keys.every((name) => name === key || ENVELOPE_HEADERS.has(name));
  if (!isKnown || !isRecord(inner)) return undefined;
  return openKnown(inner);
}

/** What Log Analytics' query interface answers: names of columns, and rows without names. */
function openTables({ tables, ...rest }: JsonObject): Envelope | undefined {
  if (!Array.isArray(tables) || Object.keys(rest).length > 3) return undefined;
  const lists: readonly unknown[] = tables;
  const all = lists.map((table) => (isRecord(table) ? rowsOf(table) : undefined));
  if (all.length === 0 || all.includes(undefined)) return undefined;
  return { records: all.flatMap((rows) => rows ?? []), outer: {} };
}

function rowsOf({ columns, rows }: JsonObject): readonly unknown[] | undefined {
  if (!Array.isArray(columns) || !Array.isArray(rows)) return undefined;
  const names = columns.map((column: unknown) => (isRecord(column) ? column['name'] : undefined));
  return rows.map((row: unknown) => {
    if (!Array.isArray(row)) return row;
    const cells: readonly unknown[] = row;
    return Object.fromEntries(
      cells.map((cell, index) => [String(names[index] ?? `column${index + 1}`), cell]),
    );
  });
}

/** osquery's snapshots: each row is a result of its own. */
function openSnapshot(record: JsonObject): Envelope | undefined {
  const { snapshot, ...rest } = record;
  if (!Array.isArray(snapshot) || typeof record['name'] !== 'string' || !isRecord(snapshot[0]))
    return undefined;
  if (!('hostIdentifier' in record)) return undefined;
  return { records: snapshot.map((columns: unknown) => ({ ...rest, columns })), outer: {} };
}

/** Security Hub's findings in one event of EventBridge. */
function openFindings({ detail, ...rest }: JsonObject): Envelope | undefined {
  if (typeof rest['detail-type'] !== 'string' || !isRecord(detail)) return undefined;
  const { findings, ...others } = detail;
  if (!Array.isArray(findings) || !isRecord(findings[0])) return undefined;
  return { records: findings, outer: { ...rest, ...others } };
}

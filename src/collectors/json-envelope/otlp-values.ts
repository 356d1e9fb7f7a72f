import { isRecord } from '../../model/index.js';
import type { JsonObject } from '../json-record.js';

const MAX_DEPTH = 32;

/**
 * The record in a log record of OpenTelemetry: its body when that is an object or the JSON text of one; else the body
 * and its attributes.
 *
 * @returns undefined when it is no log record.
 */
export function openLogRecord(record: JsonObject): unknown {
  if (!('timeUnixNano' in record) && !('observedTimeUnixNano' in record)) return undefined;
  const body = decodeValue(record['body'], 0);
  if (isRecord(body) && Object.keys(body).length > 0) return body;
  if (typeof body === 'string' && /^\s*\{/.test(body)) return body;
  const attributes = decodeList(record['attributes'], 0);
  return body === undefined ? attributes : { ...attributes, body };
}

/** Lists of attributes, of a log record and what is around it, as objects. */
export function decodeAttributes(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      if (key === 'attributes') return [key, decodeList(value, 0) ?? value];
      return [key, isRecord(value) && 'attributes' in value ? decodeAttributes(value) : value];
    }),
  );
}

/** `[{"key": "host.name", "value": {"stringValue": "ws1"}}]` */
function decodeList(list: unknown, depth: number): JsonObject | undefined {
  if (!Array.isArray(list)) return undefined;
  return Object.fromEntries(
    list
      .filter(isRecord)
      .map(({ key, value }) => [String(key ?? ''), decodeValue(value, depth + 1)]),
  );
}

// Source: OpenTelemetry protocol 1.x, AnyValue in its JSON encoding; 64-bit numbers are texts.
function decodeValue(value: unknown, depth: number): unknown {
  if (!isRecord(value) || depth > MAX_DEPTH) return value ?? undefined;
  const [[kind, inner] = ['', undefined]] = Object.entries(value);
  if (kind === 'intValue') return toNumber(inner);
  if (kind === 'kvlistValue') return isRecord(inner) ? decodeList(inner['values'], depth) : {};
  if (kind === 'arrayValue') {
    const values = isRecord(inner) ? inner['values'] : [];
    return Array.isArray(values)
      ? values.map((one: unknown) => decodeValue(one, depth + 1))
      : undefined;
  }
  return /^(string|bool|double|bytes)Value$/.test(kind) ? inner : value;
}

function toNumber(value: unknown): unknown {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

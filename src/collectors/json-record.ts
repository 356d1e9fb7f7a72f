import type { Issue } from '../model/index.js';
import type { Event } from './event.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** An event without its place in a file, and whether some of its fields were left out. */
export interface ShapedEvent extends Omit<Event, 'kind' | 'record' | 'source'> {
  readonly isComplete: boolean;
}

/** One form in which logs are written as JSON. */
export interface JsonShape {
  /** `windows-event`, `cloudtrail` */
  readonly name: string;
  readonly fits: (record: JsonObject) => boolean;
  readonly toEvent: (record: JsonObject) => ShapedEvent;
}

/** A place in a file. */
export interface RecordPlace {
  readonly source: string;
  readonly line: number;
}

/** Issue about a record. */
export function recordIssue(code: Issue['code'], message: string, place: RecordPlace): Issue {
  return { kind: 'issue', code, message, at: { source: place.source, line: place.line } };
}

/** The first of several keys that holds a text or number, as text; keys may be dotted paths. */
export function firstText(record: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = valueAt(record, key);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** The value of a key, also where `a.b` is nested. */
export function valueAt(record: JsonObject, key: string): unknown {
  if (Object.hasOwn(record, key)) return record[key];
  let value: unknown = record;
  let start = 0;
  for (let dot = key.indexOf('.'); start <= key.length; dot = key.indexOf('.', start)) {
    // A name without dots was looked for already.
    if (dot === -1 && start === 0) return undefined;
    const part = dot === -1 ? key.slice(start) : key.slice(start, dot);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as JsonObject)[part];
    start = dot === -1 ? key.length + 1 : dot + 1;
  }
  return value;
}

/** A whole number from a number or text; undefined for anything else. */
export function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** A row of a table, never a member that every object has; undefined without a key. */
export function lookUpKey<T>(
  table: Readonly<Record<string, T>>,
  key: string | undefined,
): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

import { isRecord } from '../model/index.js';
import type { FieldValue, Logsource } from './event.js';
import { type AliasTable, addAliases } from './field-aliases.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from './json-record.js';
import { parseTime } from './parse-time.js';

/** What an event's logsource is; what is left out is undefined or empty. */
export type LogsourceParts = Partial<Logsource>;

/** A form of JSON logs, said rather than programmed. Keys of the record may be dotted paths; the first that is there counts. */
export interface ShapeDeclaration {
  readonly name: string;
  readonly fits: (record: JsonObject) => boolean;
  readonly time: readonly string[];
  readonly host: readonly string[];
  readonly user: readonly string[];
  readonly logsource: LogsourceParts | ((record: JsonObject) => LogsourceParts);
  /** Names of fields that Sigma's rules use where the log has others. */
  readonly aliases?: AliasTable | undefined;
  /** Objects and lists that rules search as texts: each is also a field that holds its JSON. */
  readonly texts?: readonly string[] | undefined;
  /** Adds fields that no alias gives. */
  readonly derive?: ((record: JsonObject, fields: Map<string, FieldValue>) => void) | undefined;
}

/** Makes the reader of a form of JSON logs. */
export function declareShape(shape: ShapeDeclaration): JsonShape {
  return {
    name: shape.name,
    fits: shape.fits,
    toEvent(record) {
      const fields = new Map<string, FieldValue>();
      const isComplete = flattenFields(record, fields, { prefix: '' });
      for (const key of shape.texts ?? []) addJsonText(fields, key, valueAt(record, key));
      shape.derive?.(record, fields);
      addAliases(fields, shape.aliases ?? []);
      const parts =
        typeof shape.logsource === 'function' ? shape.logsource(record) : shape.logsource;
      return {
        ...timeOf(record, shape.time),
        host: firstText(record, shape.host) ?? textOf(fields, shape.host),
        user: firstText(record, shape.user) ?? textOf(fields, shape.user),
        logsource: toLogsource(parts),
        fields,
        isComplete,
      };
    },
  };
}

/** Names within names may hold dots themselves; fields have them all as one. */
function textOf(
  fields: ReadonlyMap<string, FieldValue>,
  names: readonly string[],
): string | undefined {
  const value = names.map((name) => fields.get(name)).find((one) => typeof one === 'string');
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole logsource from the parts that are known. */
export function toLogsource(parts: LogsourceParts): Logsource {
  return {
    product: parts.product,
    categories: parts.categories ?? [],
    services: parts.services ?? [],
    channel: parts.channel,
    provider: parts.provider,
    eventId: parts.eventId,
  };
}

const MAX_TEXT_LENGTH = 65_536;

/**
 * Sets a field to the JSON of an object or list. Texts in it that are JSON themselves have their quotes escaped there, so
 * the JSON without escapes is a second value; rules are written for either.
 */
export function addJsonText(fields: Map<string, FieldValue>, name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const text = JSON.stringify(value).slice(0, MAX_TEXT_LENGTH);
  fields.set(name, text.includes('\\"') ? [text, text.replaceAll('\\"', '"')] : text);
}

/** Sets a field unless it is there already or there is no value. */
export function addField(
  fields: Map<string, FieldValue>,
  name: string,
  value: FieldValue | undefined,
): void {
  if (value !== undefined && value !== null && !fields.has(name)) fields.set(name, value);
}

/** Whether a record has all of some members, which may be dotted paths. */
export function hasAll(record: JsonObject, ...keys: readonly string[]): boolean {
  return keys.every((key) => valueAt(record, key) !== undefined);
}

/** Time and zone of the first key that holds a time. */
export function timeOf(
  record: JsonObject,
  keys: readonly string[],
): { readonly time: string | undefined; readonly zone?: string | undefined } {
  for (const key of keys) {
    const value = openDate(valueAt(record, key));
    const time = parseTime(value);
    if (time !== undefined) return { time, zone: zoneOf(value) };
  }
  return { time: undefined };
}

/** PowerShell writes dates as `/Date(1772539200000)/`, some of them as an object's `value`. */
function openDate(value: unknown): unknown {
  const inner = isRecord(value) ? value['value'] : value;
  if (typeof inner !== 'string') return inner;
  const milliseconds = /^\/Date\((\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(inner)?.[1];
  return milliseconds === undefined ? inner : Number(milliseconds);
}

/** Times in numbers count from UTC; texts may end in an offset. */
function zoneOf(value: unknown): string | undefined {
  const text = String(value).trim();
  if (/(?:Z|UTC)$/i.test(text) || /^\d+(?:\.\d+)?$/.test(text)) return 'Z';
  const [, hours, minutes] = /([+-]\d{2}):?(\d{2})$/.exec(text.slice(10)) ?? [];
  return hours === undefined ? undefined : `${hours}:${minutes}`;
}

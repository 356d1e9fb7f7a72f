import type { FieldValue } from '../event.js';
import { addValue, flattenFields } from '../flatten-fields.js';
import type { JsonObject, ShapedEvent } from '../json-record.js';
import { parseTime } from '../parse-time.js';
import { decodeAttributes } from './otlp-values.js';

const TIME = [
  'time',
  'timestamp',
  '@timestamp',
  '_time',
  'timeUnixNano',
  'observedTimeUnixNano',
  'EventTime',
  'CreationDate',
];
const HOST = [
  'host.name',
  'host.hostname',
  'host',
  'hostname',
  'agent.name',
  'resource.attributes.host.name',
  'resource.labels.instance_id',
];

/**
 * Adds to an event what stood around its record: its members as fields, and time and host where the record tells none.
 * A member whose name the record has itself becomes `envelope.<name>`.
 */
export function addOuter(event: ShapedEvent, outer: readonly JsonObject[]): ShapedEvent {
  if (outer.length === 0) return event;
  const fields = new Map(event.fields);
  let { time, host, isComplete } = event;
  for (const around of outer) {
    const more = new Map<string, FieldValue>();
    isComplete = flattenFields(decodeAttributes(around), more, { prefix: '' }) && isComplete;
    time ??= firstOf(TIME, (name) => parseTime(more.get(name)));
    host ??= firstOf(HOST, (name) => textOf(more.get(name)));
    for (const [name, value] of more) addAroundField(fields, name, value);
  }
  return { ...event, fields, time, host, isComplete };
}

/** Adds what stood around a record; where the record has another value by that name, as `envelope.<name>`. */
export function addAroundField(
  fields: Map<string, FieldValue>,
  name: string,
  value: FieldValue,
): void {
  const before = fields.get(name);
  if (before === undefined) fields.set(name, value);
  else if (String(before) !== String(value))
    for (const one of [value].flat()) addValue(fields, `envelope.${name}`, one);
}

function firstOf(
  names: readonly string[],
  read: (name: string) => string | undefined,
): string | undefined {
  for (const name of names) {
    const found = read(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function textOf(value: FieldValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

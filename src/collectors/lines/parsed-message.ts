import type { FieldValue } from '../event.js';
import type { ShapedEvent } from '../json-record.js';

/** What a text within a line says: an event whose time is still as written. */
export interface ParsedMessage extends Omit<ShapedEvent, 'time' | 'zone' | 'fields'> {
  readonly timeText: string | undefined;
  readonly fields: Map<string, FieldValue>;
}

/** The first of several fields that holds a text that is not empty. */
export function firstField(
  fields: ReadonlyMap<string, FieldValue>,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === 'string' && value !== '' && value !== '-') return value;
  }
  return undefined;
}

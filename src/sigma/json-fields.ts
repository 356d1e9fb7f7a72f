import type { FieldValue } from './field-value.js';

/**
 * Fields that were not yet read from the JSON of their event, so that a text can be matched without being made. A source
 * of events need not know this type: fields that have these members are taken for it.
 */
export interface JsonFields extends ReadonlyMap<string, FieldValue> {
  readonly kind: 'json-fields';
  readonly bytes: Uint8Array;
  /** Where the event's JSON starts and ends (exclusive) in `bytes`. */
  readonly start: number;
  readonly end: number;
  /** Whether the JSON is ASCII and has no `\u` escape. */
  readonly isPlain: boolean;
  /**
   * Whether the field is one JSON string that is ASCII and has no escape but those of one character. Then `textStart`
   * and `textEnd` (exclusive) say where it is, until the next call.
   */
  findText(name: string): boolean;
  readonly textStart: number;
  readonly textEnd: number;
}

export function isJsonFields(fields: ReadonlyMap<string, FieldValue>): fields is JsonFields {
  return 'kind' in fields && fields.kind === 'json-fields';
}

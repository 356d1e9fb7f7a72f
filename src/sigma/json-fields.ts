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
  /** Shared by events whose fields have the same names at the same places. */
  readonly layout: JsonLayout;
  /**
   * Whether the value at a slot is one JSON string that is ASCII and has no escape but those of one character, or a number
   * whose text is as JSON has it. Then
   * `textStart` and `textEnd` (exclusive) say where it is, until the next call.
   */
  isTextAt(slot: number): boolean;
  readonly textStart: number;
  readonly textEnd: number;
}

export interface JsonLayout {
  /** Every name that a field may have → its slot; negative for values that do not stand in the JSON. */
  readonly slots: ReadonlyMap<string, number>;
}

export function isJsonFields(fields: ReadonlyMap<string, FieldValue>): fields is JsonFields {
  return 'kind' in fields && fields.kind === 'json-fields';
}

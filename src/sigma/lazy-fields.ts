import type { FieldValue } from './field-value.js';

/** How the text of a field stands in the bytes of its event. */
export const TEXT_FORM = {
  /** Not as one text: the value has to be read. */
  none: 0,
  /**
   * A JSON string without its quotes that is ASCII and has no escape but those of one character, or a number whose text is
   * as JSON has it.
   */
  json: 1,
  /** UTF-16LE. */
  utf16: 2,
} as const;

export type TextForm = (typeof TEXT_FORM)[keyof typeof TEXT_FORM];

/** Says of texts whether they may hold something: false is sure. */
export interface TextSearch {
  mayHold(text: string): boolean;
  /** The same of ASCII bytes, start inclusive, end exclusive. */
  mayHoldBytes(bytes: Uint8Array, start: number, end: number): boolean;
  /** The same of UTF-16LE. */
  mayHoldUtf16(bytes: Uint8Array, start: number, end: number): boolean;
}

/** Searches for the same texts, as different events have them. */
export interface TextSearches {
  /** Texts as they are. */
  readonly texts: TextSearch;
  /** Pieces of the texts without control characters and any of "\\/<>&'=+`, which JSON may escape; undefined: it writes them in several ways. */
  readonly json: TextSearch | undefined;
  /** Texts that no number, GUID, time or other value can be taken for; undefined when there are others. */
  readonly words: TextSearch | undefined;
}

/**
 * Fields that were not yet read from the bytes of their event, so that a text can be matched without being made. A source
 * of events need not know this type: fields that have these members are taken for it.
 */
export interface LazyFields extends ReadonlyMap<string, FieldValue> {
  readonly kind: 'lazy-fields';
  readonly bytes: Uint8Array;
  /** Shared by events whose fields have the same names at the same places. */
  readonly layout: LazyLayout;
  /** How the text at a slot is kept; when it is, `textStart` and `textEnd` (exclusive) say where, until the next call. */
  textAt(slot: number): TextForm;
  readonly textStart: number;
  readonly textEnd: number;
  /** The value at a slot: what `get` gives for its name. */
  valueAt(slot: number): FieldValue | undefined;
  /** Whether any value may hold what is searched for, without reading them; false is sure. */
  mayHold(searches: TextSearches): boolean;
}

export interface LazyLayout {
  /** Every name that a field may have → its slot. */
  readonly slots: ReadonlyMap<string, number>;
}

export function isLazyFields(fields: ReadonlyMap<string, FieldValue>): fields is LazyFields {
  return 'kind' in fields && fields.kind === 'lazy-fields';
}

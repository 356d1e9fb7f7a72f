// What a rule engine asks of fields that were not read yet, in the words of its LazyFields. The engine knows them by their
// members: neither part imports the other.

/** How the text of a field stands in the bytes of its event. */
export const TEXT_FORM = {
  /** Not as one text: the value has to be read. */
  none: 0,
  /** A JSON string without its quotes: ASCII, escapes of one character at most; or a number as JavaScript writes it. */
  json: 1,
  /** UTF-16LE. */
  utf16: 2,
} as const;

export type TextForm = (typeof TEXT_FORM)[keyof typeof TEXT_FORM];

/** Says of texts whether they may hold something: false is sure. */
export interface TextSearch {
  mayHold(text: string): boolean;
  /** ASCII bytes, start inclusive, end exclusive. */
  mayHoldBytes(bytes: Uint8Array, start: number, end: number): boolean;
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

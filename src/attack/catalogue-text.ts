const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '|': '\\p',
};
const UNESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  t: '\t',
  n: '\n',
  r: '\r',
  p: '|',
};

// A file of ASCII alone is read in half the time and memory: V8 then needs one byte a character.
const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Makes a text safe as a field, or as a member of a list, of a catalogue line; the result is ASCII. */
export function escapeField(text: string): string {
  return text.replace(
    /[^\x20-\x5b\x5d-\x7b\x7d\x7e]/g,
    (character) => ESCAPES[character] ?? unicodeEscape(character),
  );
}

export function unescapeField(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined
      ? (UNESCAPES[letter] ?? letter)
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

export function joinList(texts: readonly string[]): string {
  return texts.map(escapeField).join('|');
}

/** The members of a list field; an empty field is an empty list. */
export function splitList(field: string | undefined): readonly string[] {
  if (field === undefined || field === '') return [];
  const members = field.split('|');
  return field.includes('\\') ? members.map(unescapeField) : members;
}

/**
 * A time as milliseconds since 1970 in base 36: 8 characters in place of 24, which halves the weight of the lines.
 * A time that would not come back the same is written as it is.
 */
export function formatTime(iso: string | undefined): string {
  if (iso === undefined) return '';
  const milliseconds = Date.parse(iso);
  const isExact = milliseconds >= 0 && new Date(milliseconds).toISOString() === iso;
  return isExact ? milliseconds.toString(36) : escapeField(iso);
}

/** ISO 8601 UTC of a field written by `formatTime`; undefined for an empty one. */
export function parseTime(field: string | undefined): string | undefined {
  if (field === undefined || field === '') return undefined;
  const milliseconds = /^[0-9a-z]{1,10}$/.test(field) ? Number.parseInt(field, 36) : Number.NaN;
  return milliseconds <= 8.64e15 ? new Date(milliseconds).toISOString() : unescapeField(field);
}

// PostgreSQL refuses NUL in text, and neither engine keeps a lone surrogate: both are written as a mark and a letter, and
// the mark, which is no character, as two. Text without them, nearly all, is stored as it is.
const MARK = '\ufffe';
const SURROGATE = /\p{Surrogate}/u;
const ENCODED = /\ufffe(\ufffe|0|u[0-9a-f]{4})/g;

/** Text in the form in which every engine keeps it; `decodeText` gives back exactly what it was. */
export function encodeText(text: string): string {
  if (!text.includes('\0') && !text.includes(MARK) && !SURROGATE.test(text)) return text;
  return text
    .replaceAll(MARK, MARK + MARK)
    .replaceAll('\0', `${MARK}0`)
    .replace(/\p{Surrogate}/gu, (one) => `${MARK}u${one.charCodeAt(0).toString(16)}`);
}

/** What `encodeText` was given. */
export function decodeText(text: string): string {
  if (!text.includes(MARK)) return text;
  return text.replace(ENCODED, (_all, code: string) => {
    if (code === '0') return '\0';
    if (code === MARK) return MARK;
    return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  });
}

/** At most so many UTF-16 units of a text; what is left out shows as `…`. A pair of surrogates stays whole. */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = maxLength - 1;
  const code = text.charCodeAt(end - 1);
  const isSplit = code >= 0xd800 && code <= 0xdbff;
  return `${text.slice(0, isSplit ? end - 1 : end)}…`;
}

import { ENTITIES } from './entities.table.js';

const REFERENCE = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});?/g;
/** Windows-1252 in numbers from 0x80, as browsers read them. Source: WHATWG HTML, "Numeric character reference end state". */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const REPLACEMENT = '\ufffd';

/** Text with character references resolved, once: `&amp;lt;` becomes `&lt;`. An unknown name stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, decodeReference);
}

function decodeReference(reference: string): string {
  const body = reference.replace(/^&|;$/g, '');
  if (!body.startsWith('#')) return decodeName(reference, body);
  const isHex = /^#x/i.test(body);
  return decodeNumber(Number.parseInt(body.slice(isHex ? 2 : 1), isHex ? 16 : 10));
}

function decodeName(whole: string, name: string): string {
  const found = ENTITIES.get(name);
  // Without its semicolon a name may be the start of a parameter, as in `?a=1&copy=2`.
  if (found !== undefined && (whole.endsWith(';') || /^(?:amp|lt|gt|quot|nbsp)$/.test(name)))
    return found;
  return whole;
}

function decodeNumber(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return WINDOWS.charAt(code - 0x80);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : REPLACEMENT;
}

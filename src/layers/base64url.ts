// Source: RFC 4648 §5, without padding.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES: ReadonlyMap<string, number> = new Map(
  [...ALPHABET].map((letter, value) => [letter, value]),
);

/** Bytes as text that a URL carries unescaped. */
export function toBase64url(bytes: Uint8Array): string {
  const letters: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = Math.min(3, bytes.length - at);
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let sextet = 0; sextet <= left; sextet += 1) {
      letters.push(ALPHABET.charAt((bits >> (18 - 6 * sextet)) & 63));
    }
  }
  return letters.join('');
}

/** @returns undefined when the text is no base64url. */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, filled, at] = [0, 0, 0];
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    filled += 6;
    if (filled < 8) continue;
    filled -= 8;
    bytes[at] = (bits >> filled) & 0xff;
    at += 1;
  }
  // Bits left over are 0 in what `toBase64url` makes; others would be a second spelling of the same bytes.
  return (bits & ((1 << filled) - 1)) === 0 ? bytes : undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding. Source: RFC 4648 §4. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = bytes.subarray(index, index + 3);
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    for (let place = 0; place < 4; place += 1) {
      const letter = ALPHABET.charAt((bits >> (18 - 6 * place)) & 0x3f);
      text += place <= group.length ? letter : '=';
    }
  }
  return text;
}

/**
 * The three texts of which one occurs in the Base64 of any text that contains `bytes`: for each offset modulo 3, the
 * letters that depend on `bytes` alone.
 */
export function toBase64Offsets(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    // Letters that also hold bits of a neighbour say nothing: ceil at the start, floor at the end.
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    return toBase64(padded).slice(from, to);
  });
}

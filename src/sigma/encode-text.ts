export function toUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** UTF-16 without a byte order mark. */
export function toUtf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const low = order === 'le' ? 0 : 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    bytes[index * 2 + low] = code & 0xff;
    bytes[index * 2 + 1 - low] = code >> 8;
  }
  return bytes;
}

/** UTF-16LE after its byte order mark. */
export function toUtf16WithMark(text: string): Uint8Array {
  return Uint8Array.from([0xff, 0xfe, ...toUtf16(text, 'le')]);
}

/** Each byte as the character of that number: the form in which unencoded bytes are looked for in text. */
export function bytesAsText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

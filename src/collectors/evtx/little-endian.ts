/** Unsigned 16 bits; bytes past the end count as 0. */
export function readUint16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
}

/** Unsigned 32 bits; bytes past the end count as 0. */
export function readUint32(bytes: Uint8Array, offset: number): number {
  return (
    ((bytes[offset] ?? 0) |
      ((bytes[offset + 1] ?? 0) << 8) |
      ((bytes[offset + 2] ?? 0) << 16) |
      ((bytes[offset + 3] ?? 0) << 24)) >>>
    0
  );
}

/** Whether all bytes are 0. */
export function isZero(bytes: Uint8Array): boolean {
  // Four at a time: most of a new log is zeros.
  const first = Math.min(bytes.length, -bytes.byteOffset & 3);
  const words = new Uint32Array(
    bytes.buffer,
    bytes.byteOffset + first,
    (bytes.length - first) >> 2,
  );
  for (let index = 0; index < words.length; index += 1) if (words[index] !== 0) return false;
  const rest = first + words.length * 4;
  for (let index = 0; index < first; index += 1) if (bytes[index] !== 0) return false;
  for (let index = rest; index < bytes.length; index += 1) if (bytes[index] !== 0) return false;
  return true;
}

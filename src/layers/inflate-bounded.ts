import { Inflate } from 'fflate';

// A deflate stream grows at most 1,032 times, so one piece of input makes at most 1 MiB before it is counted.
const PIECE_BYTES = 1_024;

/**
 * Inflates a raw deflate stream, and stops at a limit.
 *
 * @returns undefined when the stream is damaged or cut off, or holds more than `maxBytes`.
 */
export function inflateBounded(
  bytes: Uint8Array,
  dictionary: Uint8Array,
  maxBytes: number,
): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let [length, ended] = [0, false];
  const inflate = new Inflate({ dictionary }, (piece, last) => {
    pieces.push(piece);
    length += piece.length;
    ended ||= last;
  });
  try {
    for (let at = 0; at < bytes.length && length <= maxBytes; at += PIECE_BYTES) {
      inflate.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch {
    // fflate throws on a damaged stream: an answer here, not a fault.
    return undefined;
  }
  if (!ended || length > maxBytes) return undefined;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

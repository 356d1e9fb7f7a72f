import type { TextSearch } from '../lazy-fields.js';

// Shorter needles allow no jumps worth having.
const MIN_LENGTH = 4;
const MAX_LENGTH = 16;

/**
 * Wu and Manber's search with blocks of two characters, as a filter: false means that no needle is in the text in any
 * case, true that the text has to be searched.
 *
 * @param needles lower case.
 * @returns undefined when the needles do not fit: not all ASCII, one shorter than four characters.
 */
export function createSkipSearch(needles: readonly string[]): TextSearch | undefined {
  const shortest = needles.reduce((least, { length }) => Math.min(least, length), Infinity);
  if (needles.length === 0 || shortest < MIN_LENGTH || !needles.every(isAscii)) return undefined;
  const window = Math.min(shortest, MAX_LENGTH);
  const jumps = createJumps(needles, window);
  const byBlock = groupByBlock(needles, window);
  /** How far to go on from a place, 0 when a needle may stand there. */
  const jumpAt = (text: string, index: number): number => {
    const code = text.charCodeAt(index);
    const before = text.charCodeAt(index - 1);
    const block = blockOf(before, code);
    // The lower case of some characters beyond ASCII is ASCII: no jump over those.
    const isAsciiBlock = (code | before) <= 127;
    const jump = isAsciiBlock ? (jumps[block] ?? 0) : 0;
    if (jump > 0) return jump;
    const candidates = isAsciiBlock ? (byBlock.get(block) ?? []) : needles;
    return candidates.some((needle) => mayStand(needle, text, index + 1 - window)) ? 0 : 1;
  };
  /** `jumpAt` for UTF-16LE, in characters. */
  const jumpAtUtf16 = (bytes: Uint8Array, at: number): number => {
    const code = readUint16(bytes, at);
    const before = readUint16(bytes, at - 2);
    if ((code | before) > 127) {
      if (isAsciiInLowerCase(code) || isAsciiInLowerCase(before)) return 0;
      return code > 127 ? window : window - 1;
    }
    const block = blockOf(before, code);
    const jump = jumps[block] ?? 0;
    if (jump > 0) return jump;
    const from = at - 2 * (window - 1);
    const candidates = byBlock.get(block) ?? [];
    return candidates.some((needle) => mayStandInUtf16(needle, bytes, from)) ? 0 : 1;
  };
  const standsInBytes = (bytes: Uint8Array, end: number): boolean => {
    const block = blockOf(bytes[end - 1] ?? 0, bytes[end] ?? 0);
    const from = end + 1 - window;
    for (const needle of byBlock.get(block) ?? []) if (standsAt(needle, bytes, from)) return true;
    return false;
  };
  return {
    mayHold(text) {
      for (let index = window - 1; index < text.length; ) {
        const jump = jumpAt(text, index);
        if (jump === 0) return true;
        index += jump;
      }
      return false;
    },
    mayHoldBytes(bytes, start, end) {
      for (let index = start + window - 1; index < end; ) {
        const jump = jumps[blockOf(bytes[index - 1] ?? 0, bytes[index] ?? 0)] ?? 0;
        if (jump === 0 && standsInBytes(bytes, index)) return true;
        index += jump === 0 ? 1 : jump;
      }
      return false;
    },
    mayHoldUtf16(bytes, start, end) {
      for (let at = start + 2 * (window - 1); at + 1 < end; ) {
        const jump = jumpAtUtf16(bytes, at);
        if (jump === 0) return true;
        at += 2 * jump;
      }
      return false;
    },
  };
}

/** The two characters beyond ASCII whose lower case has ASCII in it: İ and the Kelvin sign. */
function isAsciiInLowerCase(code: number): boolean {
  return code === 0x130 || code === 0x212a;
}

/** Whether a needle stands at a place, characters beyond ASCII taken for any. */
function mayStand(needle: string, text: string, from: number): boolean {
  if (from + needle.length > text.length) return false;
  for (let index = 0; index < needle.length; index += 1) {
    const code = text.charCodeAt(from + index);
    const wanted = needle.charCodeAt(index);
    if (code <= 127 && code !== wanted && (code | 0x20) !== wanted) return false;
  }
  return true;
}

function standsAt(needle: string, bytes: Uint8Array, from: number): boolean {
  for (let index = 0; index < needle.length; index += 1) {
    const code = bytes[from + index] ?? 0;
    const wanted = needle.charCodeAt(index);
    if (code !== wanted && (code | 0x20) !== wanted) return false;
  }
  return true;
}

/** The same in UTF-16LE, but other characters beyond ASCII are no part of a needle. */
function mayStandInUtf16(needle: string, bytes: Uint8Array, from: number): boolean {
  for (let index = 0; index < needle.length; index += 1) {
    const code = readUint16(bytes, from + 2 * index);
    const wanted = needle.charCodeAt(index);
    if (isAsciiInLowerCase(code)) return true;
    if (code !== wanted && (code | 0x20) !== wanted) return false;
  }
  return true;
}

function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** Needles by the block in which the window over their start ends. */
function groupByBlock(
  needles: readonly string[],
  window: number,
): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, string[]>();
  for (const needle of needles) {
    const block = blockOf(needle.charCodeAt(window - 2), needle.charCodeAt(window - 1));
    groups.set(block, [...(groups.get(block) ?? []), needle]);
  }
  return groups;
}

/** By block: how far the window may move when it ends in that block. */
function createJumps(needles: readonly string[], window: number): Uint8Array {
  const jumps = new Uint8Array(4_096).fill(window - 1);
  for (const needle of needles)
    for (let index = 1; index < window; index += 1) {
      const block = blockOf(needle.charCodeAt(index - 1), needle.charCodeAt(index));
      jumps[block] = Math.min(jumps[block] ?? 0, window - 1 - index);
    }
  return jumps;
}

/** Two characters without their case, which is the bit 0x20 of a letter; other characters may fall together. */
function blockOf(before: number, code: number): number {
  return ((before & 0x5f) << 5) ^ (code & 0x5f);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) > 127) return false;
  return true;
}

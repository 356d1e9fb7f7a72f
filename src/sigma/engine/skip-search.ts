/** Says of a text whether it may hold a needle, without looking at most of it. */
export interface SkipSearch {
  mayHold(text: string): boolean;
  /** The same of ASCII bytes, start inclusive, end exclusive. */
  mayHoldBytes(bytes: Uint8Array, start: number, end: number): boolean;
}

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
export function createSkipSearch(needles: readonly string[]): SkipSearch | undefined {
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
  };
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

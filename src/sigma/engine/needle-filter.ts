import type { TextClasses } from './text-classes.js';

/** Bits of a class that count. */
export const FILTER_BITS = 5;
export const FILTER_MASK = (1 << FILTER_BITS) - 1;
/** Three classes, the first in the highest bits. */
export const START_MASK = (1 << (3 * FILTER_BITS)) - 1;
export const FILTER_WORDS = (START_MASK + 1) / 32;

/**
 * A bit for every three characters that a needle may start with; characters whose classes end in the same bits are taken
 * for each other. 4 KiB, so that a text is looked through without leaving the nearest cache.
 */
export function needleFilter(needles: readonly string[], { ofCode }: TextClasses): Int32Array {
  const filter = new Int32Array(FILTER_WORDS);
  for (const needle of needles) {
    const known = Array.from(
      { length: Math.min(3, needle.length) },
      (_, index) => (ofCode[needle.charCodeAt(index)] ?? 0) & FILTER_MASK,
    );
    const first = known.reduce((bits, charClass) => (bits << FILTER_BITS) | charClass, 0);
    // What follows a shorter needle may be anything.
    const open = (3 - known.length) * FILTER_BITS;
    for (let rest = 0; rest < 1 << open; rest += 1) {
      const start = (first << open) | rest;
      filter[start >>> 5] = (filter[start >>> 5] ?? 0) | (1 << (start & 31));
    }
  }
  return filter;
}

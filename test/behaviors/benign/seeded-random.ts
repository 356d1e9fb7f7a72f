export interface SeededRandom {
  /** 0 ≤ … < 1 */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  /** One of them; there must be one. */
  pick<T>(items: readonly T[]): T;
  chance(share: number): boolean;
}

/** The same numbers for the same seed, anywhere. Source: mulberry32, public domain. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number =>
    low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    chance: (share) => next() < share,
  };
}

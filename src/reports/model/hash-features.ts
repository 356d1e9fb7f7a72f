/**
 * N-grams of one sentence as 32-bit hashes, in the order of the text; an n-gram that occurs twice stands there twice.
 * Arrays are reused by the next sentence and longer than `count`.
 */
export interface HashedFeatures {
  readonly hashes: Uint32Array;
  /** 0 = words, 1 = characters; each kind is weighed and normalised by itself. */
  readonly blocks: Uint8Array;
  /** Offsets into the cleaned sentence, end exclusive; of n-grams of characters: of the word that they stand in. */
  readonly starts: Uint16Array;
  readonly ends: Uint16Array;
  count: number;
}

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
/** 4,000 characters give at most three n-grams of characters each, a word and a pair for every second. */
const MOST_FEATURES = 4_002 * 4;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const WORD_SEED = 0x9e3779b9;
const PAIR_SEED = 0x85ebca6b;
const SPACE = 0x20;

export function createHashedFeatures(): HashedFeatures {
  return {
    hashes: new Uint32Array(MOST_FEATURES),
    blocks: new Uint8Array(MOST_FEATURES),
    starts: new Uint16Array(MOST_FEATURES),
    ends: new Uint16Array(MOST_FEATURES),
    count: 0,
  };
}

/**
 * Words and pairs of words, and runs of three to five characters within words.
 *
 * Hashes alone are stored in a model: no word of what it learned on can be read out of it.
 *
 * @param clean from `cleanSentence`.
 * @param into is overwritten.
 */
export function hashFeatures(clean: string, into: HashedFeatures): void {
  into.count = 0;
  hashWords(clean, into);
  hashCharacters(clean, into);
}

/** Words are runs of letters, digits and underscores, two characters or more; pairs are of such words. */
function hashWords(clean: string, into: HashedFeatures): void {
  let previous = 0;
  let previousStart = -1;
  let start = -1;
  let hash = 0;
  for (let at = 0; at <= clean.length; at++) {
    const code = at < clean.length ? clean.charCodeAt(at) : SPACE;
    if (isWordCode(code)) {
      if (start === -1) {
        start = at;
        hash = WORD_SEED;
      }
      hash = Math.imul(hash ^ code, FNV_PRIME);
      continue;
    }
    if (start === -1) continue;
    if (at - start >= 2) {
      push(into, mix(hash), 0, start, at);
      if (previousStart !== -1) {
        push(into, mix(Math.imul(previous ^ PAIR_SEED, FNV_PRIME) ^ hash), 0, previousStart, at);
      }
      previous = hash;
      previousStart = start;
    }
    start = -1;
  }
}

/** Between spaces, without punctuation around, with a space put on both sides. */
function hashCharacters(clean: string, into: HashedFeatures): void {
  for (let at = 0; at < clean.length; ) {
    let end = clean.indexOf(' ', at);
    if (end === -1) end = clean.length;
    let [from, to] = [at, end];
    while (from < to && !isWordCode(clean.charCodeAt(from))) from++;
    while (to > from && !isWordCode(clean.charCodeAt(to - 1))) to--;
    if (to > from) hashGrams(clean, { from, to }, into);
    at = end + 1;
  }
}

function hashGrams(
  clean: string,
  { from, to }: { readonly from: number; readonly to: number },
  into: HashedFeatures,
): void {
  // -1 and `to` are the spaces put around.
  const last = to + 1 - SHORTEST_GRAM;
  for (let start = from - 1; start <= Math.max(last, from - 1); start++) {
    let hash = FNV_OFFSET;
    for (let length = 1; length <= LONGEST_GRAM; length++) {
      const at = start + length - 1;
      if (at > to) break;
      const code = at < from || at === to ? SPACE : clean.charCodeAt(at);
      hash = Math.imul(hash ^ code, FNV_PRIME);
      if (length >= SHORTEST_GRAM) push(into, mix(hash), 1, from, to);
    }
  }
}

// biome-ignore lint/complexity/useMaxParams: called for every n-gram; a record each would cost more than the hash.
function push(into: HashedFeatures, hash: number, block: number, start: number, end: number): void {
  if (into.count >= MOST_FEATURES) return;
  const at = into.count++;
  into.hashes[at] = hash;
  into.blocks[at] = block;
  into.starts[at] = start;
  into.ends[at] = end;
}

function isWordCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code > 0x7f
  );
}

/** Spreads every bit of a hash over all 32: those of short n-grams differ in the low ones only. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

import { createTypoDistance } from './typo-distance.js';

export interface TypoMatch {
  /** Place of the word in the list. */
  readonly index: number;
  /** Typing errors, at least 1. */
  readonly errors: number;
}

/** Finds the words of a list that are `most` or fewer typing errors away from a word; exact ones are left out. */
export type TypoFinder = (word: string, most: number) => readonly TypoMatch[];

const MIN_LETTERS = 3;

/**
 * Prepares a list of folded words for look-ups with typing errors.
 *
 * Digits are never taken for a typing error: APT28 and APT29 are two groups.
 */
export function createTypoFinder(words: readonly string[]): TypoFinder {
  const distance = createTypoDistance();
  const letters = Int32Array.from(words, letterSet);
  const lengths = Uint16Array.from(words, ({ length }) => length);
  const digits = words.map(digitsOf);
  return (word, most) => {
    const ownDigits = digitsOf(word);
    if (most < 1 || word.length - ownDigits.length < MIN_LETTERS) return [];
    const ownLetters = letterSet(word);
    // One error changes at most two bits: a letter that goes and one that comes.
    const isNear = (index: number): boolean =>
      Math.abs((lengths[index] ?? 0) - word.length) <= most &&
      countBits((letters[index] ?? 0) ^ ownLetters) <= 2 * most &&
      digits[index] === ownDigits;
    const found: TypoMatch[] = [];
    for (let index = 0; index < words.length; index += 1) {
      if (!isNear(index)) continue;
      const errors = distance(word, words[index] ?? '', most);
      if (errors > 0 && errors <= most) found.push({ index, errors });
    }
    return found;
  };
}

/** One bit a letter; every other character shares what is left. */
function letterSet(word: string): number {
  let set = 0;
  for (let index = 0; index < word.length; index += 1) {
    set |= 1 << ((word.charCodeAt(index) - 97) & 31);
  }
  return set;
}

function countBits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

const digitsOf = (word: string): string => word.replace(/\D+/g, '');

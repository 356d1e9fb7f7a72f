import { type SearchEntry, SMALL_WORDS } from './search-entry.js';
import { createTypoFinder, type TypoFinder } from './typo-finder.js';

/** Entries, ready to be asked by whole texts and by words. */
export interface TextIndex {
  readonly entries: readonly SearchEntry[];
  /** Whole text, letters and digits alone → entries. */
  readonly byCompact: ReadonlyMap<string, readonly number[]>;
  /** Initials of a whole text → entries. */
  readonly byAcronym: ReadonlyMap<string, readonly number[]>;
  /** Keys of `byCompact`, sorted. */
  readonly sortedCompacts: readonly string[];
  /** Whole texts in which typing errors are looked for. */
  readonly typoCompacts: readonly string[];
  readonly findCompactTypos: TypoFinder;
  /** Every word and combination of words, sorted. */
  readonly words: readonly string[];
  readonly wordPlaces: ReadonlyMap<string, number>;
  /** Word → its entries; those of a combination too. */
  readonly postings: readonly (readonly number[])[];
  /** How telling a word is: rare words weigh more. Of the same order as `words`. */
  readonly wordWeights: readonly number[];
  /** Sum of the weights of an entry's words. Of the same order as `entries`. */
  readonly entryWeights: readonly number[];
  /** Words in which typing errors are looked for: not initials, which are near to any short word. */
  readonly typoWords: readonly string[];
  readonly findWordTypos: TypoFinder;
}

/** Indexes entries; takes tens of milliseconds for all of ATT&CK. */
export function createTextIndex(entries: readonly SearchEntry[]): TextIndex {
  const byCompact = new Map<string, number[]>();
  const postingsOf = new Map<string, number[]>();
  const byAcronym = new Map<string, number[]>();
  const typoCompacts = new Set<string>();
  const typoWords = new Set<string>();
  entries.forEach((entry, place) => {
    for (const compact of entry.compacts) push(byCompact, compact, place);
    for (const acronym of entry.acronyms) push(byAcronym, acronym, place);
    for (const word of [...entry.words, ...entry.joined]) {
      push(postingsOf, word, place);
      typoWords.add(word);
    }
    for (const word of entry.initials) push(postingsOf, word, place);
    const [whole] = entry.compacts;
    if (entry.allowsTypos && whole !== undefined) typoCompacts.add(whole);
  });
  const words = [...postingsOf.keys()].sort();
  const wordPlaces = new Map(words.map((word, place) => [word, place]));
  const postings = words.map((word) => postingsOf.get(word) ?? []);
  const wordWeights = words.map((word, place) =>
    weightOf(word, postings[place]?.length ?? 1, entries.length),
  );
  const typoList = [...typoCompacts];
  const typoWordList = [...typoWords];
  return {
    entries,
    byCompact,
    byAcronym,
    sortedCompacts: [...byCompact.keys()].sort(),
    typoCompacts: typoList,
    findCompactTypos: createTypoFinder(typoList),
    words,
    wordPlaces,
    postings,
    wordWeights,
    entryWeights: entries.map((entry) =>
      entry.words.reduce((sum, word) => sum + (wordWeights[wordPlaces.get(word) ?? -1] ?? 0), 0),
    ),
    typoWords: typoWordList,
    findWordTypos: createTypoFinder(typoWordList),
  };
}

function push(lists: Map<string, number[]>, key: string, place: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [place]);
  else if (list.at(-1) !== place) list.push(place);
}

/** Inverse document frequency; small words weigh a fifth. */
function weightOf(word: string, count: number, total: number): number {
  const weight = Math.log(1 + total / count);
  return SMALL_WORDS.has(word) ? weight / 5 : weight;
}

/** Where a sorted list's elements that begin with `prefix` begin and end. */
export function prefixRange(
  sorted: readonly string[],
  prefix: string,
): readonly [start: number, end: number] {
  const start = lowerBound(sorted, (text) => text >= prefix);
  const end = lowerBound(sorted, (text) => text >= prefix && !text.startsWith(prefix));
  return [start, end];
}

/** First place where `isReached` holds; it must stay true from there on. */
function lowerBound(sorted: readonly string[], isReached: (text: string) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(sorted[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}

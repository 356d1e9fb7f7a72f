import { stemWord } from './fold-text.js';
import { SMALL_WORDS } from './search-entry.js';
import { prefixRange, type TextIndex } from './text-index.js';

/** How well an entry answers the words of a query. */
export interface WordsMatch {
  readonly place: number;
  /** 0..1; 1 when every word of both is the same. */
  readonly quality: number;
  /** Whether a typing error had to be forgiven. */
  readonly hasTypo: boolean;
}

const MAX_WORDS = 16;
const MIN_INFIX = 4;
const LEAST_OF_QUERY = 0.35;

interface TokenMatch {
  readonly token: number;
  readonly quality: number;
  readonly isTypo: boolean;
}

interface Tally {
  /** Sum over the query's words: weight × quality. */
  readonly score: Float32Array;
  /** Sum of the weights of the entry's words that were matched. */
  readonly covered: Float32Array;
  readonly typos: Uint8Array;
  /** Of the query word at hand. */
  readonly best: Float32Array;
  readonly bestToken: Int32Array;
  readonly isTypo: Uint8Array;
}

/** Entries that hold a good part of what the words say, in no order. */
export function matchWords(index: TextIndex, queryWords: readonly string[]): readonly WordsMatch[] {
  const words = [...new Set(queryWords)].slice(0, MAX_WORDS);
  const size = index.entries.length;
  const tally: Tally = {
    score: new Float32Array(size),
    covered: new Float32Array(size),
    typos: new Uint8Array(size),
    best: new Float32Array(size),
    bestToken: new Int32Array(size),
    isTypo: new Uint8Array(size),
  };
  let total = 0;
  words.forEach((word, position) => {
    const neighbours = [
      `${words[position - 1] ?? ''}${word}`,
      `${word}${words[position + 1] ?? ''}`,
    ].filter((joined) => joined !== word);
    const tokens = matchWord(index, word, neighbours);
    const weight = queryWeight(index, word, tokens);
    total += weight;
    addWord(index, tally, { tokens, weight });
  });
  return total === 0 ? [] : collect(index, tally, total);
}

/** Words of the index that a word of the query may stand for. */
function matchWord(
  index: TextIndex,
  word: string,
  neighbours: readonly string[],
): readonly TokenMatch[] {
  const stem = stemWord(word);
  const found: TokenMatch[] = [];
  const add = (token: number | undefined, quality: number, isTypo = false): void => {
    if (token !== undefined) found.push({ token, quality, isTypo });
  };
  add(index.wordPlaces.get(stem), 1);
  if (stem !== word) add(index.wordPlaces.get(word), 1);
  for (const joined of neighbours) add(index.wordPlaces.get(stemWord(joined)), 0.97);
  if (stem.length < 2) return found;
  const [start, end] = prefixRange(index.words, stem);
  for (let token = start; token < end; token += 1) {
    const length = index.words[token]?.length ?? 1;
    if (length > stem.length) add(token, 0.6 + (0.34 * stem.length) / length);
  }
  if (stem.length >= MIN_INFIX) addInfixes(index, stem, add);
  // A word that ATT&CK has as it is need not be an error.
  const likelihood = index.wordPlaces.has(stem) ? 0.7 : 0.9;
  for (const { index: row, errors } of index.findWordTypos(stem, allowedErrors(stem.length))) {
    const near = index.typoWords[row] ?? '';
    const sameStart = near.charAt(0) === stem.charAt(0);
    const quality = likelihood * (1 - errors / stem.length) - (sameStart ? 0 : 0.05);
    add(index.wordPlaces.get(near), quality, true);
  }
  return found;
}

function addInfixes(
  index: TextIndex,
  stem: string,
  add: (token: number, quality: number) => void,
): void {
  index.words.forEach((token, place) => {
    if (token.length > stem.length && token.indexOf(stem) > 0) {
      add(place, 0.4 + (0.25 * stem.length) / token.length);
    }
  });
}

/** Typing errors that are forgiven in a word of that length. */
export function allowedErrors(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** A known word weighs what the index says; an unknown one as much as a rare word. */
function queryWeight(index: TextIndex, word: string, tokens: readonly TokenMatch[]): number {
  if (SMALL_WORDS.has(word)) return 1;
  const [first] = tokens;
  const rare = Math.log(1 + index.entries.length / 4);
  if (first === undefined || first.quality < 1) return rare;
  return index.wordWeights[first.token] ?? rare;
}

/** Adds what the best match of one query word in each entry is worth. */
function addWord(
  index: TextIndex,
  tally: Tally,
  { tokens, weight }: { readonly tokens: readonly TokenMatch[]; readonly weight: number },
): void {
  for (const place of chooseBest(index, tally, tokens)) {
    const token = tally.bestToken[place] ?? 0;
    tally.score[place] = (tally.score[place] ?? 0) + weight * (tally.best[place] ?? 0);
    tally.covered[place] = (tally.covered[place] ?? 0) + (index.wordWeights[token] ?? 0);
    if (tally.isTypo[place] === 1) tally.typos[place] = 1;
    tally.best[place] = 0;
  }
}

/** Notes the best match of one query word in each entry; returns the entries that have one. */
function chooseBest(
  index: TextIndex,
  tally: Tally,
  tokens: readonly TokenMatch[],
): readonly number[] {
  const touched: number[] = [];
  for (const match of tokens) {
    for (const place of index.postings[match.token] ?? []) {
      const known = tally.best[place] ?? 0;
      if (match.quality <= known) continue;
      if (known === 0) touched.push(place);
      tally.best[place] = match.quality;
      tally.bestToken[place] = match.token;
      tally.isTypo[place] = match.isTypo ? 1 : 0;
    }
  }
  return touched;
}

function collect(index: TextIndex, tally: Tally, total: number): readonly WordsMatch[] {
  const matches: WordsMatch[] = [];
  for (let place = 0; place < index.entries.length; place += 1) {
    const asked = (tally.score[place] ?? 0) / total;
    if (asked < LEAST_OF_QUERY) continue;
    const covered = Math.min(1, (tally.covered[place] ?? 0) / (index.entryWeights[place] || 1));
    const quality = asked * (0.75 + 0.25 * covered);
    matches.push({ place, quality, hasTypo: tally.typos[place] === 1 });
  }
  return matches;
}

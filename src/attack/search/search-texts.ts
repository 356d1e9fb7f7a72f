import { foldText, splitWords, stemWord } from './fold-text.js';
import { allowedErrors, matchWords } from './match-words.js';
import { compactWords, type SearchEntry, type SearchField } from './search-entry.js';
import type { Candidate, SearchReason } from './search-result.js';
import { SYNONYMS } from './synonyms.table.js';
import { prefixRange, type TextIndex } from './text-index.js';

/** Score of a text that is the query, letter by letter. */
const EXACT: Readonly<Record<SearchField, number>> = {
  name: 0.97,
  'parent-sub-name': 0.965,
  alias: 0.94,
  'old-name': 0.92,
  'log-source': 0.88,
};
const SYNONYM = 0.93;
const ACRONYM = 0.89;
const PREFIX = 0.79;
const WORDS = 0.84;
const TYPOS = 0.86;
/** Taken off where a log source was typed in part: a channel may hold any words. */
const PARTIAL_LOG_SOURCE = 0.15;
/** Taken off a resemblance when nothing in the query need be an error. */
const KNOWN_WORDS = 0.25;
const MIN_TYPO_LENGTH = 5;

const BY_KEY: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(SYNONYMS).map(([said, names]) => [toSynonymKey(splitWords(said)), names]),
);

function toSynonymKey(words: readonly string[]): string {
  return compactWords(words.map(stemWord));
}

/** Entries that answer the query as a text, with the score of each; an object may come several times. */
export function searchTexts(index: TextIndex, query: string): readonly Candidate[] {
  const words = splitWords(foldText(query));
  const compact = compactWords(words);
  if (compact === '') return [];
  const exact = exactCandidates(index, compact);
  return [
    ...exact,
    ...synonymCandidates(index, toSynonymKey(words)),
    ...(index.byAcronym.get(compact) ?? []).flatMap((place) =>
      candidate(index, place, { score: ACRONYM, why: 'acronym' }),
    ),
    ...prefixCandidates(index, compact),
    ...matchWords(index, words).flatMap(({ place, quality, hasTypo }) =>
      candidate(index, place, { score: WORDS * quality, why: hasTypo ? 'typo' : 'word' }),
    ),
    // Where a text is the query itself, those that resemble it are not meant.
    ...(exact.length === 0 ? typoCandidates(index, compact, isKnown(index, words)) : []),
  ];
}

function candidate(
  index: TextIndex,
  place: number,
  { score, why }: { readonly score: number; readonly why: SearchReason },
): readonly Candidate[] {
  const entry = index.entries[place];
  if (entry === undefined) return [];
  return [toCandidate(entry, score - (entry.field === 'log-source' ? PARTIAL_LOG_SOURCE : 0), why)];
}

function toCandidate(entry: SearchEntry, score: number, why: SearchReason): Candidate {
  const { object, field, text, attackVersion, weight } = entry;
  const isOtherwiseKnown = field === 'log-source' || field === 'old-name';
  return {
    object,
    attackVersion,
    score: score + weight / 50,
    why: isOtherwiseKnown ? field : why,
    matched: text,
  };
}

function exactCandidates(index: TextIndex, compact: string): readonly Candidate[] {
  return (index.byCompact.get(compact) ?? []).flatMap((place) => {
    const entry = index.entries[place];
    return entry === undefined ? [] : [toCandidate(entry, EXACT[entry.field], entry.field)];
  });
}

function synonymCandidates(index: TextIndex, key: string): readonly Candidate[] {
  const names = BY_KEY.get(key) ?? [];
  return names.flatMap((name, rank) =>
    exactCandidates(index, compactWords(splitWords(foldText(name))))
      .filter(({ matched }) => foldText(matched) === foldText(name))
      .map((found) => ({ ...found, score: SYNONYM - rank / 100, why: 'synonym' as const })),
  );
}

function prefixCandidates(index: TextIndex, compact: string): readonly Candidate[] {
  if (compact.length < 2) return [];
  const [start, end] = prefixRange(index.sortedCompacts, compact);
  const found: Candidate[] = [];
  for (let row = start; row < end; row += 1) {
    const text = index.sortedCompacts[row] ?? '';
    if (text === compact) continue;
    const score = PREFIX + (0.12 * compact.length) / text.length;
    for (const place of index.byCompact.get(text) ?? []) {
      found.push(...candidate(index, place, { score, why: 'prefix' }));
    }
  }
  return found;
}

/** Whether ATT&CK has every word of the query as it is, so that none is likely to be an error. */
function isKnown(index: TextIndex, words: readonly string[]): boolean {
  return words.every((word) => index.wordPlaces.has(stemWord(word)));
}

function typoCandidates(
  index: TextIndex,
  compact: string,
  isOfKnownWords: boolean,
): readonly Candidate[] {
  if (compact.length < MIN_TYPO_LENGTH) return [];
  const most = allowedErrors(compact.length) + (compact.length >= 14 ? 1 : 0);
  return index.findCompactTypos(compact, most).flatMap(({ index: row, errors }) => {
    const cost = isOfKnownWords ? KNOWN_WORDS : 0;
    const score = TYPOS - cost - 0.05 * errors - (0.3 * errors) / compact.length;
    return (index.byCompact.get(index.typoCompacts[row] ?? '') ?? []).flatMap((place) =>
      candidate(index, place, { score, why: 'typo' }),
    );
  });
}

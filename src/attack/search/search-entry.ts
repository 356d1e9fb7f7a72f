import type { AttackObject } from '../attack-object.js';
import { foldText, splitWords, stemWord } from './fold-text.js';

/** What kind of text of an object an entry is. */
export type SearchField = 'name' | 'alias' | 'parent-sub-name' | 'old-name' | 'log-source';

/** One text under which an object is found. */
export interface SearchEntry {
  readonly object: AttackObject;
  readonly field: SearchField;
  /** The text as people write it. */
  readonly text: string;
  /** Release of ATT&CK that the object is of. */
  readonly attackVersion: string;
  /** The text without anything but letters and digits, and other spellings of it. */
  readonly compacts: readonly string[];
  /** In the order of the text; stems. */
  readonly words: readonly string[];
  /** Neighbours among the words, as one word: `webshell`. */
  readonly joined: readonly string[];
  /** Initials of runs of words: `wmi`. */
  readonly initials: readonly string[];
  /** Initials of all of it, at least three: `wmi`. */
  readonly acronyms: readonly string[];
  /** Whether typing errors in it are looked for. */
  readonly allowsTypos: boolean;
  /** 0..1; decides between entries that match equally well. */
  readonly weight: number;
}

export interface SearchEntrySource {
  readonly object: AttackObject;
  readonly field: SearchField;
  readonly text: string;
  readonly attackVersion: string;
  /** Parts of the text that also stand alone. */
  readonly parts?: readonly string[] | undefined;
  readonly weight?: number | undefined;
}

const COMBINED_KINDS: ReadonlySet<string> = new Set([
  'technique',
  'tactic',
  'group',
  'software',
  'campaign',
  'mitigation',
  'asset',
  'data-component',
]);
const MAX_COMBINED_WORDS = 12;

export function compactWords(words: readonly string[]): string {
  return words.join('');
}

/** Makes the entry of a text, or none when the text has neither letter nor digit. */
export function toSearchEntry(source: SearchEntrySource): SearchEntry | undefined {
  const { object, field, text, attackVersion, parts = [], weight = 0 } = source;
  const words = splitWords(foldText(text));
  if (words.length === 0) return undefined;
  const compacts = [
    compactWords(words),
    ...parts.map((part) => compactWords(splitWords(foldText(part)))),
  ].filter((compact) => compact !== '');
  const isCombined = COMBINED_KINDS.has(object.kind) && field !== 'log-source';
  return {
    object,
    field,
    text,
    attackVersion,
    compacts,
    words: words.map(stemWord),
    joined: isCombined ? joinNeighbours(words.slice(0, MAX_COMBINED_WORDS)) : [],
    initials: isCombined ? initialsOf(words.slice(0, MAX_COMBINED_WORDS)) : [],
    acronyms: isCombined ? acronymsOf(words) : [],
    allowsTypos: object.kind !== 'analytic' && field !== 'log-source',
    weight,
  };
}

function joinNeighbours(words: readonly string[]): readonly string[] {
  return words.slice(1).map((word, place) => stemWord(`${words[place]}${word}`));
}

/** Initials of every run of three to six words, with and without the small words. */
function initialsOf(words: readonly string[]): readonly string[] {
  const initials = new Set<string>();
  addInitials(words, initials);
  addInitials(
    words.filter((word) => !SMALL_WORDS.has(word)),
    initials,
  );
  return [...initials];
}

function addInitials(words: readonly string[], combined: Set<string>): void {
  const initials = words.map((word) => word.charAt(0)).join('');
  for (let start = 0; start + 3 <= initials.length; start += 1) {
    for (let length = 3; length <= 6 && start + length <= initials.length; length += 1) {
      combined.add(initials.slice(start, start + length));
    }
  }
}

/** Initials of the whole text, with and without its small words. */
function acronymsOf(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => !SMALL_WORDS.has(word));
  const acronyms = [words, telling].map((list) => list.map((word) => word.charAt(0)).join(''));
  return [...new Set(acronyms)].filter(({ length }) => length >= 3);
}

/** Words that say little about what is meant. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an and at attack by detect detection for from how in into is of on or over strategy the through to using via with'.split(
    ' ',
  ),
);

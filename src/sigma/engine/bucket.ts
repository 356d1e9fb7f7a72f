import type { LazyLayout, TextSearches } from '../lazy-fields.js';
import type { RuleSetImage } from './rule-set-image.js';
import { createSkipSearch } from './skip-search.js';

/** The rules that are about one logsource, arranged for events of it. */
export interface Bucket {
  /** Numbers of the rules, ascending. */
  readonly rules: Int32Array;
  /** Fields that hold a witness and are read of every event; without the one that stands for all. */
  readonly fields: Int32Array;
  /** By layout of events: the fields of the bucket that they can have, and the slots of those. */
  readonly plans: WeakMap<LazyLayout, Int32Array>;
  /** Of the last event; changes. */
  lastPlan: { readonly layout: LazyLayout; readonly plan: Int32Array } | undefined;
  /** Whether every value of an event has to be searched for keywords. */
  readonly hasKeywords: boolean;
  /** Tell values that hold none of the bucket's keywords, when those are long enough to be skipped through. */
  readonly keywordSearches: TextSearches | undefined;
  /** By predicate: place in `lists`; 0 when it selects no rule. */
  readonly placeOf: Uint16Array | Int32Array;
  /** Count, then that many rules. */
  readonly lists: Int32Array;
  /** Rules without a witness, asked of every event. */
  readonly always: Int32Array;
}

export function createBucket(image: RuleSetImage, rules: Int32Array): Bucket {
  const { witnessStarts, witnesses, fieldOf } = image;
  const selected = new Map<number, number[]>();
  const always: number[] = [];
  for (const rule of rules) {
    const start = witnessStarts[rule] ?? 0;
    const end = witnessStarts[rule + 1] ?? 0;
    if (start === end) always.push(rule);
    for (let at = start; at < end; at += 1) {
      const predicate = witnesses[at] ?? 0;
      const list = selected.get(predicate);
      if (list === undefined) selected.set(predicate, [rule]);
      else list.push(rule);
    }
  }
  const { placeOf, lists } = placeLists(selected, fieldOf.length);
  const fields = new Set<number>();
  for (const predicate of selected.keys()) fields.add(fieldOf[predicate] ?? 0);
  const hasKeywords = fields.delete(0);
  const keywords = keywordTexts(image, selected);
  return {
    rules,
    fields: Int32Array.from(fields),
    plans: new WeakMap(),
    lastPlan: undefined,
    hasKeywords,
    keywordSearches: searchesFor(keywords),
    placeOf,
    lists,
    always: Int32Array.from(always),
  };
}

/** The keywords that select a rule; others are looked for when a rule that was selected asks for them. */
function keywordTexts(image: RuleSetImage, selected: ReadonlyMap<number, unknown>): string[] {
  return image.keywords.filter(({ predicate }) => selected.has(predicate)).map(({ text }) => text);
}

function searchesFor(keywords: readonly string[]): TextSearches | undefined {
  const texts = createSkipSearch(keywords);
  if (texts === undefined) return undefined;
  return {
    texts,
    json: keywords.some(isNumberText)
      ? undefined
      : createSkipSearch(keywords.map(longestUnescaped)),
    words: keywords.some(isValueText) ? undefined : texts,
  };
}

/** Whether a text may be a part of how a number, truth value, GUID, time, SID or binary value is written. */
function isValueText(keyword: string): boolean {
  return /^[-+.:{},\da-fxstz]+$/.test(keyword) || '-infinity nan true false'.includes(keyword);
}

/** Numbers are written in many ways, and their texts in one. */
function isNumberText(keyword: string): boolean {
  return /^[-+.\deinfty]+$/.test(keyword);
}

/** The longest piece of a keyword without what JSON, or its writers with HTML in mind, may escape. */
function longestUnescaped(keyword: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them.
  const pieces = keyword.split(/[\x00-\x1f\x7f"\\/<>&'=+`]/);
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}

function placeLists(selected: ReadonlyMap<number, readonly number[]>, predicateCount: number) {
  // Place 0 means none.
  const lists: number[] = [0];
  const places: [number, number][] = [];
  const known = new Map<string, number>();
  for (const [predicate, list] of selected) {
    const key = list.join(',');
    let place = known.get(key);
    if (place === undefined) {
      place = lists.length;
      known.set(key, place);
      lists.push(list.length);
      for (const rule of list) lists.push(rule);
    }
    places.push([predicate, place]);
  }
  const placeOf =
    lists.length < 65_536 ? new Uint16Array(predicateCount) : new Int32Array(predicateCount);
  for (const [predicate, place] of places) placeOf[predicate] = place;
  return { placeOf, lists: Int32Array.from(lists) };
}

import type { AttackObject } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { foldText, splitWords, stemWord } from './fold-text.js';
import { SMALL_WORDS } from './search-entry.js';
import type { Candidate } from './search-result.js';

interface FoldedDescription {
  readonly object: AttackObject;
  readonly text: string;
  readonly folded: string;
}

const MAX_WORDS = 8;
const MAX_DESCRIPTION = 20_000;
const HIGHEST = 0.3;
const EXCERPT = 100;

/** Finds the objects whose description holds every telling word of a query. */
export type DescriptionSearch = (query: string) => readonly Candidate[];

/** Prepares the descriptions of a full bundle, when they are first searched; a catalogue has none. */
export function createDescriptionSearch(knowledgeBase: KnowledgeBase): DescriptionSearch {
  let descriptions: readonly FoldedDescription[] | undefined;
  return (query) => {
    if (knowledgeBase.source === 'catalogue') return [];
    const words = splitWords(foldText(query))
      .filter((word) => word.length > 2 && !SMALL_WORDS.has(word))
      .map(stemWord)
      .slice(0, MAX_WORDS);
    if (words.length === 0) return [];
    descriptions ??= foldDescriptions(knowledgeBase);
    return descriptions.flatMap((description) =>
      matchDescription(description, words, knowledgeBase),
    );
  };
}

function foldDescriptions(knowledgeBase: KnowledgeBase): readonly FoldedDescription[] {
  return knowledgeBase.objects.flatMap((object) => {
    if (object.status !== 'active') return [];
    const text = knowledgeBase.stix(object.stixId)?.['description'];
    if (typeof text !== 'string') return [];
    const start = text.slice(0, MAX_DESCRIPTION);
    return [{ object, text: start, folded: foldText(start) }];
  });
}

function matchDescription(
  { object, text, folded }: FoldedDescription,
  words: readonly string[],
  { version }: KnowledgeBase,
): readonly Candidate[] {
  const places = words.map((word) => folded.indexOf(word));
  if (places.includes(-1)) return [];
  // Earlier in the text and nearer to each other is likelier to be the subject.
  const first = Math.min(...places);
  const spread = Math.max(...places) - first;
  const score = HIGHEST - Math.min(0.05, first / 40_000) - Math.min(0.05, spread / 40_000);
  const start = Math.max(0, first - EXCERPT / 4);
  const excerpt = text.slice(start, start + EXCERPT).replace(/\s+/g, ' ');
  const matched = `${start > 0 ? '…' : ''}${excerpt}…`;
  return [{ object, attackVersion: version, score, why: 'description', matched }];
}

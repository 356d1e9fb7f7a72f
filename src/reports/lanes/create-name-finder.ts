import type { KnowledgeBase } from '../../attack/lookup.js';
import type { ReportDocument } from '../../model/index.js';
import { foldText } from '../fold-text.js';
import type { ObjectMention, TechniqueMention } from '../mention.js';
import type { Sentence } from '../sentence.js';
import { assertionOf } from './assertion-of.js';
import { type NameReading, readName } from './name-context.js';
import { type NamedObject, type NameEntry, nameEntries } from './name-entries.js';
import { isWordUnit, NameTrie } from './name-trie.js';
import { sentenceFinder } from './sentence-finder.js';

/** What the names in a report say. Both in the order of the text. */
export interface NameFindings {
  readonly techniques: readonly TechniqueMention[];
  readonly objects: readonly ObjectMention[];
}

/** Finds names in reports; made once a knowledge base. */
export type NameFinder = (
  document: Pick<ReportDocument, 'text'>,
  sentences: readonly Sentence[],
) => NameFindings;

/** Mentions from here on are `accepted`. */
const ACCEPTED = 0.5;
const SURE = 0.95;

/**
 * The name lane: names and aliases of groups, software, campaigns and techniques. The longest name wins; spaces, dashes and case
 * are left open; words that any text has need capitals and context. A group or tool implies no technique.
 */
export function createNameFinder(knowledgeBase: KnowledgeBase): NameFinder {
  const trie = new NameTrie<NameEntry>();
  for (const entry of nameEntries(knowledgeBase)) trie.add(entry.name, entry, (old) => old);
  return (document, sentences) => {
    const folded = foldText(document.text, { twins: true });
    const lower = lowerSameLength(folded.text);
    const sentenceAt = sentenceFinder(sentences);
    const findings: Findings = { techniques: [], objects: [] };
    for (let at = 0; at < lower.length; ) {
      const match = trie.longestAt(lower, at);
      if (match === undefined) {
        at = nextWord(lower, at);
        continue;
      }
      const [start, end] = [folded.startOf(at), folded.endOf(match.end)];
      const sentence = sentenceAt(start);
      const reading = readName(match.entry, {
        text: folded.text,
        start: at,
        end: match.end,
        isCode: sentence?.block === 'code',
      });
      add(findings, { reading, entry: match.entry, start, end, sentence, text: document.text });
      at = reading.trust > 0 ? nextWord(lower, match.end - 1) : nextWord(lower, at);
    }
    return findings;
  };
}

interface Findings {
  readonly techniques: TechniqueMention[];
  readonly objects: ObjectMention[];
}

interface Sighting {
  readonly reading: NameReading;
  readonly entry: NameEntry;
  readonly start: number;
  readonly end: number;
  readonly sentence: Sentence | undefined;
  readonly text: string;
}

function add(findings: Findings, sighting: Sighting): void {
  const { reading, start, end, sentence, text } = sighting;
  if (reading.trust === 0) return;
  const assertion = assertionOf(text, { start, end, sentence });
  for (const object of reading.objects) {
    const confidence = round(SURE * reading.trust * assertion.factor);
    // A name that stands for two things says neither for sure.
    const isSure = confidence >= ACCEPTED && reading.objects.length === 1;
    const place = {
      start,
      end,
      lane: 'name',
      confidence,
      certainty: isSure ? 'accepted' : 'review',
      why: reasons(object, sighting, assertion.why),
    } as const;
    if (object.kind === 'technique')
      findings.techniques.push({ techniqueId: object.attackId, ...place });
    else if (object.attackId !== undefined)
      findings.objects.push({
        objectId: object.attackId,
        kind: object.kind,
        name: object.name,
        ...place,
      });
  }
}

function reasons(
  object: NamedObject,
  { entry, reading }: Sighting,
  assertion: readonly string[],
): readonly string[] {
  const isAlias = object.kind !== 'technique' && entry.name !== object.name;
  const name = isAlias
    ? `"${entry.name}" is an alias of ${object.name}`
    : `"${entry.name}" is the name of ${object.attackId}`;
  return [name, ...(reading.why === undefined ? [] : [reading.why]), ...assertion];
}

const round = (ratio: number): number => Math.round(ratio * 1000) / 1000;

/** Small letters, place by place: a few letters of Turkish and Greek become two. */
function lowerSameLength(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from({ length: text.length }, (_, at) => {
    const one = text.charAt(at);
    return one.toLowerCase().length === 1 ? one.toLowerCase() : one;
  }).join('');
}

/** Where the next word begins after `at`. */
function nextWord(lower: string, at: number): number {
  let place = at;
  while (place < lower.length && isWordUnit(lower.charCodeAt(place))) place += 1;
  while (place < lower.length && !isWordUnit(lower.charCodeAt(place))) place += 1;
  return place;
}

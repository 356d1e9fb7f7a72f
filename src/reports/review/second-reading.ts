import type { KnowledgeBase } from '../../attack/lookup.js';
import type { TechniqueId } from '../../model/index.js';
import { compareFound, composeTechnique } from '../compose-reading.js';
import type { Quote, ReadMention, ReadTechnique, ReportReading } from '../report-reading.js';

/** A sentence about which a second reader is asked, and the techniques that wait for review in it. */
export interface SecondQuestion {
  readonly sentence: Quote;
  readonly techniqueIds: readonly TechniqueId[];
}

/** A technique that a second reader sees in a sentence, already checked: the id exists, the quote is verbatim. */
export interface SecondFinding {
  readonly sentence: Quote;
  readonly techniqueId: TechniqueId;
  /** Of the report. */
  readonly quote: Quote;
}

/** What waits for review, sentence by sentence, in the order of the text. */
export function secondQuestions({ techniques }: ReportReading): readonly SecondQuestion[] {
  const bySentence = new Map<number, { sentence: Quote; techniqueIds: Set<TechniqueId> }>();
  for (const { techniqueId, certainty, mentions } of techniques) {
    if (certainty !== 'review') continue;
    for (const { sentence } of mentions) {
      const question = bySentence.get(sentence.start) ?? { sentence, techniqueIds: new Set() };
      bySentence.set(sentence.start, question);
      question.techniqueIds.add(techniqueId);
    }
  }
  return [...bySentence.values()]
    .sort((a, b) => a.sentence.start - b.sentence.start)
    .map(({ sentence, techniqueIds }) => ({ sentence, techniqueIds: [...techniqueIds] }));
}

/**
 * A reading after a second reader. A technique in review that it sees as well is accepted; one that it does not see stays
 * in review and says so; one that nobody saw before comes into review. What was accepted is left alone: a second reader
 * can take nothing away. Confidence and lane stay those of the first.
 *
 * @param asked sentences that it answered about, by their start.
 * @param name of the second reader, for the reasons.
 */
export function applySecondReading(
  reading: ReportReading,
  {
    asked,
    findings,
    name,
    knowledgeBase,
  }: {
    readonly asked: ReadonlySet<number>;
    readonly findings: readonly SecondFinding[];
    readonly name: string;
    readonly knowledgeBase: KnowledgeBase;
  },
): ReportReading {
  const found = new Map(findings.map((one) => [`${one.sentence.start} ${one.techniqueId}`, one]));
  const known = new Set(reading.techniques.map(({ techniqueId }) => techniqueId));
  const techniques = reading.techniques.map((technique): ReadTechnique => {
    if (technique.certainty !== 'review') return technique;
    const mentions = technique.mentions.map((mention): ReadMention => {
      if (!asked.has(mention.sentence.start)) return mention;
      const finding = found.get(`${mention.sentence.start} ${technique.techniqueId}`);
      if (finding === undefined)
        return { ...mention, why: [...mention.why, `the second reader ${name} does not see it`] };
      const why = [...mention.why, `the second reader ${name} sees it in "${finding.quote.text}"`];
      return { ...mention, certainty: 'accepted', why };
    });
    const isSeen = mentions.some(({ certainty }) => certainty === 'accepted');
    return { ...technique, mentions, certainty: isSeen ? 'accepted' : 'review' };
  });
  const added = newTechniques(reading, {
    findings: findings.filter(({ techniqueId }) => !known.has(techniqueId)),
    name,
    knowledgeBase,
  });
  return {
    ...reading,
    techniques: [...techniques, ...added].sort(compareFound((one) => one.techniqueId)),
  };
}

/** 0..1: an opinion of a program that gives no measure of its own. */
const UNMEASURED = 0.3;

function newTechniques(
  { document }: ReportReading,
  {
    findings,
    name,
    knowledgeBase,
  }: {
    readonly findings: readonly SecondFinding[];
    readonly name: string;
    readonly knowledgeBase: KnowledgeBase;
  },
): readonly ReadTechnique[] {
  const byId = new Map<TechniqueId, ReadMention[]>();
  for (const { techniqueId, quote, sentence } of findings) {
    const mentions = byId.get(techniqueId) ?? [];
    byId.set(techniqueId, mentions);
    mentions.push({
      ...quote,
      text: document.text.slice(quote.start, quote.end),
      lane: 'model',
      confidence: UNMEASURED,
      certainty: 'review',
      why: [`only the second reader ${name} sees it`],
      sentence,
    });
  }
  return [...byId].flatMap(([id, mentions]) => composeTechnique(knowledgeBase, id, mentions) ?? []);
}

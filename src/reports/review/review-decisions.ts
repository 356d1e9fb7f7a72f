import type { KnowledgeBase } from '../../attack/lookup.js';
import { AppError, isTechniqueId, type TechniqueId } from '../../model/index.js';
import type { Quote, ReadMention, ReportReading } from '../report-reading.js';
import type { ReviewRecord, ReviewStatus } from './review-record.js';

/** What a person asks to be written down. */
export interface DecisionAsked {
  readonly status: ReviewStatus;
  readonly techniqueId: TechniqueId;
  readonly editedTo: TechniqueId | undefined;
  /** Undefined: the technique in the whole report. */
  readonly place: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Reads `T1059.001`, `T1059.001@120-180`, and for edits `T1059=T1059.001@120-180`.
 *
 * @throws AppError `USAGE`.
 */
export function parseDecision(text: string, status: ReviewStatus): DecisionAsked {
  const form = status === 'edited' ? 'OLD=NEW[@START-END]' : 'ID[@START-END]';
  const [, before, after, start, end] =
    /^([^=@]+)(?:=([^=@]+))?(?:@(\d{1,10})-(\d{1,10}))?$/.exec(text.trim()) ?? [];
  const isEdit = status === 'edited';
  if (!isTechniqueId(before) || isEdit !== isTechniqueId(after) || (!isEdit && after !== undefined))
    throw new AppError('USAGE', `expected ${form}, found ${JSON.stringify(text.slice(0, 60))}`);
  const place = start === undefined ? undefined : { start: Number(start), end: Number(end) };
  if (place !== undefined && place.start >= place.end)
    throw new AppError('USAGE', `expected ${form} with START before END, found ${text}`);
  return { status, techniqueId: before, editedTo: isTechniqueId(after) ? after : undefined, place };
}

/** Who decides, when, and why. */
export interface DecisionMaker {
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly comment: string | undefined;
}

/**
 * The records of a decision: one for the words named; without words one for every mention of the technique, so that what
 * is learnt from them sees all of it.
 *
 * @throws AppError `NOT_FOUND` when the version does not have the technique, the reading not this technique, or the text
 *   no such place.
 */
export function decide(
  reading: ReportReading,
  asked: DecisionAsked,
  {
    maker,
    knowledgeBase,
  }: { readonly maker: DecisionMaker; readonly knowledgeBase: KnowledgeBase },
): readonly ReviewRecord[] {
  for (const id of [asked.techniqueId, asked.editedTo ?? asked.techniqueId])
    if (knowledgeBase.byAttackId.get(id)?.status !== 'active')
      throw new AppError(
        'NOT_FOUND',
        `expected a technique of ATT&CK ${knowledgeBase.version}, found ${id}`,
      );
  const technique = reading.techniques.find(({ techniqueId }) => techniqueId === asked.techniqueId);
  const { place } = asked;
  const known = technique?.mentions.filter(
    ({ start, end }) => place === undefined || (start === place.start && end === place.end),
  );
  if (known !== undefined && known.length > 0)
    return known.map((mention) => toReview(reading, { asked, maker, mention }));
  return [toReview(reading, { asked, maker, mention: chosenWords(reading, asked) })];
}

/** Words that no lane found the technique in. */
function chosenWords(
  { document }: ReportReading,
  { techniqueId, status, place }: DecisionAsked,
): Quote {
  const { text, source } = document;
  if (place === undefined)
    throw new AppError(
      'NOT_FOUND',
      `expected ${techniqueId} among what was read in ${source}; to add it, name its words: ${techniqueId}@START-END`,
    );
  if (status === 'rejected' || status === 'proposed')
    throw new AppError(
      'NOT_FOUND',
      `expected a mention of ${techniqueId} at ${place.start}-${place.end} of ${source}, found none`,
    );
  if (place.end > text.length)
    throw new AppError(
      'NOT_FOUND',
      `expected a place in ${source}, which has ${text.length} characters, found ${place.start}-${place.end}`,
    );
  return { ...place, text: text.slice(place.start, place.end) };
}

interface ReviewParts {
  readonly asked: DecisionAsked;
  readonly maker: DecisionMaker;
  readonly mention: ReadMention | Quote;
}

function toReview(reading: ReportReading, { asked, maker, mention }: ReviewParts): ReviewRecord {
  const { start, end, text } = mention;
  const isFound = 'lane' in mention;
  return {
    reportSha256: reading.textSha256,
    source: reading.document.source,
    text,
    start,
    end,
    sentence: isFound ? mention.sentence.text : text,
    techniqueId: asked.techniqueId,
    lane: isFound ? mention.lane : 'analyst',
    confidence: isFound ? mention.confidence : 0,
    status: asked.status,
    scope: asked.place === undefined ? 'technique' : 'mention',
    editedTo: asked.editedTo,
    by: maker.by,
    at: maker.at,
    modelVersion: reading.modelVersion,
    attackVersion: reading.attackVersion,
    comment: maker.comment,
  };
}

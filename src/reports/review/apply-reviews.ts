import { type KnowledgeBase, successorsOf } from '../../attack/lookup.js';
import { type Issue, isTechniqueId, type TechniqueId } from '../../model/index.js';
import { compareFound, composeTechnique } from '../compose-reading.js';
import type { ReadDecision, ReadMention, ReadTechnique, ReportReading } from '../report-reading.js';
import type { ReviewRecord } from './review-record.js';

/**
 * A reading as people decided: what they rejected is gone, what they edited stands under the technique they named, what
 * they accepted is certain (confidence 1), what they added is there. Of several decisions on the same words the last in the
 * list counts. Reviews of other texts are passed over.
 *
 * @param records in the order in which they were made.
 * @param knowledgeBase that the reading was made against; ids of older versions are followed to its own.
 */
export function applyReviews(
  reading: ReportReading,
  records: readonly ReviewRecord[],
  knowledgeBase: KnowledgeBase,
): ReportReading {
  const own = records.filter(({ reportSha256 }) => reportSha256 === reading.textSha256);
  if (own.length === 0) return reading;
  const issues: Issue[] = [];
  const decisions = indexDecisions(own, knowledgeBase, issues);
  const decided = new Map<TechniqueId, DecidedMention[]>();
  const put = (techniqueId: TechniqueId, mention: DecidedMention): void => {
    const mentions = decided.get(techniqueId) ?? [];
    decided.set(techniqueId, mentions);
    mentions.push(mention);
  };
  for (const { techniqueId, mentions } of reading.techniques)
    for (const mention of mentions) {
      const last = decisions.of(techniqueId, mention);
      decisions.used(last);
      if (last?.status === 'rejected') continue;
      put(targetOf(last) ?? techniqueId, { mention: certain(mention, last), last });
    }
  for (const last of decisions.unused())
    put(targetOf(last) ?? last.techniqueId, { mention: addedMention(last, reading), last });
  const before = new Map(reading.techniques.map((one) => [one.techniqueId, one]));
  const techniques = [...decided].flatMap(([techniqueId, mentions]) => {
    const original = before.get(techniqueId);
    const isUntouched =
      original?.mentions.length === mentions.length &&
      mentions.every(({ last }) => last === undefined);
    if (original !== undefined && isUntouched) return [original];
    const technique = decidedTechnique(techniqueId, mentions, knowledgeBase);
    // What is left of the model's sentences speaks as loud as the whole report did.
    return technique?.lane === 'model' && technique.decision === undefined && original !== undefined
      ? [{ ...technique, confidence: Math.max(technique.confidence, original.confidence) }]
      : (technique ?? []);
  });
  return {
    ...reading,
    techniques: techniques.sort(compareFound((one) => one.techniqueId)),
    issues: [...reading.issues, ...issues],
  };
}

interface DecidedMention {
  readonly mention: ReadMention;
  readonly last: ReviewRecord | undefined;
}

interface Decisions {
  of(techniqueId: TechniqueId, mention: ReadMention): ReviewRecord | undefined;
  used(record: ReviewRecord | undefined): void;
  /** Accepted and edited words that no lane found. */
  unused(): readonly ReviewRecord[];
}

const placeKey = (techniqueId: string, { start, end }: { start: number; end: number }): string =>
  `${techniqueId} ${start}-${end}`;

function indexDecisions(
  records: readonly ReviewRecord[],
  knowledgeBase: KnowledgeBase,
  issues: Issue[],
): Decisions {
  const byPlace = new Map<string, { record: ReviewRecord; order: number }>();
  const byTechnique = new Map<string, { record: ReviewRecord; order: number }>();
  for (const [order, given] of records.entries()) {
    const record = ofThisVersion(given, knowledgeBase, issues);
    if (record === undefined) continue;
    byPlace.set(placeKey(record.techniqueId, record), { record, order });
    if (record.scope === 'technique') byTechnique.set(record.techniqueId, { record, order });
  }
  const used = new Set<ReviewRecord>();
  return {
    of(techniqueId, mention) {
      const here = byPlace.get(placeKey(techniqueId, mention));
      const whole = byTechnique.get(techniqueId);
      if (here === undefined || whole === undefined) return (here ?? whole)?.record;
      return here.order >= whole.order ? here.record : whole.record;
    },
    used(record) {
      if (record !== undefined) used.add(record);
    },
    unused: () =>
      [...byPlace.values()].flatMap(({ record, order }) => {
        const whole = byTechnique.get(record.techniqueId);
        const isOverruled = whole !== undefined && whole.order > order;
        const isKept = record.status === 'accepted' || record.status === 'edited';
        return isKept && !isOverruled && !used.has(record) ? [record] : [];
      }),
  };
}

/** A record with ids of the version that is read against; undefined, with an Issue, when one has no successor there. */
function ofThisVersion(
  record: ReviewRecord,
  knowledgeBase: KnowledgeBase,
  issues: Issue[],
): ReviewRecord | undefined {
  const techniqueId = currentId(record.techniqueId, knowledgeBase);
  const editedTo =
    record.editedTo === undefined ? undefined : currentId(record.editedTo, knowledgeBase);
  const lost = techniqueId === undefined || (record.status === 'edited' && editedTo === undefined);
  if (!lost) return { ...record, techniqueId, editedTo };
  const id = techniqueId === undefined ? record.techniqueId : record.editedTo;
  const message = `a review of ${record.source} names ${id}, which ATT&CK ${knowledgeBase.version} does not have; it is passed over`;
  issues.push({ kind: 'issue', code: 'TECHNIQUE_UNKNOWN', message });
  return undefined;
}

function currentId(
  techniqueId: TechniqueId,
  knowledgeBase: KnowledgeBase,
): TechniqueId | undefined {
  const object = knowledgeBase.byAttackId.get(techniqueId);
  if (object === undefined) return undefined;
  if (object.status === 'active') return techniqueId;
  const [next, ...others] = successorsOf(knowledgeBase, object);
  return others.length === 0 && isTechniqueId(next?.attackId) ? next.attackId : undefined;
}

function targetOf(last: ReviewRecord | undefined): TechniqueId | undefined {
  return last?.status === 'edited' ? last.editedTo : undefined;
}

function certain(mention: ReadMention, last: ReviewRecord | undefined): ReadMention {
  if (last?.status !== 'accepted' && last?.status !== 'edited') return mention;
  const verb = last.status === 'edited' ? `changed from ${last.techniqueId}` : 'accepted';
  return {
    ...mention,
    confidence: 1,
    certainty: 'accepted',
    why: [`${verb} by ${last.by}`, ...mention.why],
  };
}

/** Words that a person chose; its lane is `explicit`, since somebody said so. */
function addedMention(record: ReviewRecord, { document }: ReportReading): ReadMention {
  const end = Math.min(record.end, document.text.length);
  const start = Math.min(record.start, end);
  const text = document.text.slice(start, end);
  const at = document.text.indexOf(record.sentence, Math.max(0, start - record.sentence.length));
  const isAround = at !== -1 && at <= start && at + record.sentence.length >= end;
  return {
    start,
    end,
    text,
    lane: record.lane === 'analyst' ? 'explicit' : record.lane,
    confidence: 1,
    certainty: 'accepted',
    why: [`added by ${record.by}`],
    sentence: isAround
      ? { start: at, end: at + record.sentence.length, text: record.sentence }
      : { start, end, text },
  };
}

function decidedTechnique(
  techniqueId: TechniqueId,
  decided: readonly DecidedMention[],
  knowledgeBase: KnowledgeBase,
): ReadTechnique | undefined {
  const mentions = decided.map(({ mention }) => mention).sort((a, b) => a.start - b.start);
  const technique = composeTechnique(knowledgeBase, techniqueId, mentions);
  if (technique === undefined) return undefined;
  const kept = decided.flatMap(({ last }) => decisionOf(last) ?? []);
  const decision = kept.reduce<ReadDecision | undefined>(
    (a, b) => (a === undefined || b.at > a.at ? b : a),
    undefined,
  );
  return { ...technique, decision };
}

function decisionOf(last: ReviewRecord | undefined): ReadDecision | undefined {
  if (last?.status !== 'accepted' && last?.status !== 'edited') return undefined;
  const { status, by, at, comment } = last;
  return { status, by, at, comment };
}

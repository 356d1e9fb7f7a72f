import { type KnowledgeBase, tacticsOf } from '../attack/lookup.js';
import type { Issue, ReportDocument, TechniqueId } from '../model/index.js';
import { sentenceFinder } from './lanes/sentence-finder.js';
import type {
  Certainty,
  CveMention,
  Ioc,
  Lane,
  ObjectMention,
  TechniqueMention,
} from './mention.js';
import type {
  Quote,
  ReadCve,
  ReadIoc,
  ReadMention,
  ReadObject,
  ReadTechnique,
  ReportReading,
} from './report-reading.js';
import type { Sentence } from './sentence.js';

/** What the model makes of a technique in a whole report. */
interface ModelDecision {
  readonly confidence: number;
  readonly certainty: Certainty;
}

/** What the lanes found in one report. */
export interface ReadingParts {
  readonly document: ReportDocument;
  readonly textSha256: string;
  /** What the document was cut into, in the order of the text. */
  readonly sentences: readonly Sentence[];
  readonly knowledgeBase: KnowledgeBase;
  readonly modelVersion: string | undefined;
  readonly techniques: readonly TechniqueMention[];
  /** How sure the model is of a technique in the whole report; default as sure as its surest sentence. */
  readonly modelDecisions?: ReadonlyMap<TechniqueId, ModelDecision> | undefined;
  readonly objects: readonly ObjectMention[];
  readonly cves: readonly CveMention[];
  readonly iocs: readonly Ioc[];
  readonly issues: readonly Issue[];
  /**
   * 0..1; what is at or above is accepted, the rest waits for review. Undefined leaves it to the lanes, each of which has
   * a threshold of its own.
   */
  readonly minConfidence: number | undefined;
}

/**
 * One reading of what the lanes found. A technique is as sure as its best mention: mentions are not added up, since ten
 * weak sentences of one report share their mistake. Lanes stay apart: each mention keeps its own. A parent technique is
 * listed only when something speaks for the parent itself.
 */
export function composeReading(given: ReadingParts): ReportReading {
  const crowded: Issue[] = [];
  const parts = { ...given, crowded, sentenceAt: sentenceFinder(given.sentences) };
  const { document, textSha256, knowledgeBase, modelVersion, issues } = parts;
  const objects = composeObjects(parts);
  const techniques = composeTechniques(parts);
  const ofKind = (kind: ReadObject['kind']) => objects.filter((object) => object.kind === kind);
  return {
    kind: 'report-reading',
    document,
    textSha256,
    attackVersion: knowledgeBase.version,
    modelVersion,
    techniques,
    tactics: ofKind('tactic'),
    groups: ofKind('group'),
    software: ofKind('software'),
    campaigns: ofKind('campaign'),
    mitigations: ofKind('mitigation'),
    cves: composeCves(parts),
    iocs: composeIocs(parts),
    issues: [...issues, ...crowded],
  };
}

interface Composition extends ReadingParts {
  readonly sentenceAt: ReturnType<typeof sentenceFinder>;
  /** Says of what not every mention is kept. */
  readonly crowded: Issue[];
}

/** Nobody looks at more mentions of one thing; a page of nothing but one id must not cost gigabytes. */
const MAX_MENTIONS = 1_000;

/** The surest of more mentions than are kept; any order. */
function keepSome<T extends Pick<Quote, 'start'> & { readonly confidence?: number }>(
  name: string,
  mentions: readonly T[],
  { crowded, document }: Composition,
): readonly T[] {
  if (mentions.length <= MAX_MENTIONS) return mentions;
  const message = `${name} has ${mentions.length} mentions, of which ${MAX_MENTIONS} are kept`;
  crowded.push({
    kind: 'issue',
    code: 'REPORT_TRUNCATED',
    message,
    at: { source: document.source },
  });
  return [...mentions]
    .sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0) || a.start - b.start)
    .slice(0, MAX_MENTIONS);
}

function composeTechniques(parts: Composition): readonly ReadTechnique[] {
  const found: ReadTechnique[] = [];
  for (const [techniqueId, mentions] of groupBy(parts.techniques, (one) => one.techniqueId)) {
    const technique = composeTechnique(
      parts.knowledgeBase,
      techniqueId,
      readMentions(keepSome(techniqueId, mentions, parts), parts),
    );
    const decision = parts.modelDecisions?.get(techniqueId);
    if (technique !== undefined) found.push(withModelDecision(technique, decision));
  }
  return found.sort(compareFound((one) => one.techniqueId));
}

/** The model is as sure as the whole report makes it, unless an id or a name leaves less to doubt. */
function withModelDecision(
  technique: ReadTechnique,
  decision: ModelDecision | undefined,
): ReadTechnique {
  if (decision === undefined) return technique;
  const { confidence, certainty } = decision;
  const others = technique.mentions.filter(({ lane }) => lane !== 'model');
  const best = others.length === 0 ? undefined : summarize(others);
  const isBest = best === undefined || isBetter({ confidence, certainty, lane: 'model' }, best);
  if (best !== undefined && !isBest) return { ...technique, ...best, mentions: technique.mentions };
  return { ...technique, confidence, certainty, lane: 'model' };
}

/**
 * A technique with its mentions.
 *
 * @param mentions one at least.
 * @returns undefined for an id that the version does not have: a lane may know ids of another.
 */
export function composeTechnique(
  knowledgeBase: KnowledgeBase,
  techniqueId: TechniqueId,
  mentions: readonly ReadMention[],
): ReadTechnique | undefined {
  const technique = knowledgeBase.byAttackId.get(techniqueId);
  if (technique?.kind !== 'technique') return undefined;
  return {
    kind: 'technique',
    techniqueId,
    name: technique.name,
    tactics: tacticsOf(knowledgeBase, technique).map(({ shortname }) => shortname),
    ...summarize(mentions),
    decision: undefined,
  };
}

function composeObjects(parts: Composition): readonly ReadObject[] {
  const found: ReadObject[] = [];
  for (const [attackId, mentions] of groupBy(parts.objects, (one) => one.objectId)) {
    const [first] = mentions;
    if (first === undefined) continue;
    const { kind, name } = first;
    found.push({
      kind,
      attackId,
      name,
      ...summarize(readMentions(keepSome(attackId, mentions, parts), parts)),
    });
  }
  return found.sort(compareFound((one) => one.attackId));
}

function composeCves(parts: Composition): readonly ReadCve[] {
  const { cves, document } = parts;
  const byId = groupBy(cves, (one) => one.cveId);
  return [...byId].map(([cveId, mentions]) => ({
    kind: 'cve',
    cveId,
    mentions: keepSome(cveId, mentions, parts).map((one) => quoteOf(one, document.text)),
  }));
}

function composeIocs(parts: Composition): readonly ReadIoc[] {
  const { iocs, document } = parts;
  const found: ReadIoc[] = [];
  for (const places of groupBy(iocs, ({ type, value }) => `${type}\n${value}`).values()) {
    const sorted = [...places].sort((a, b) => a.start - b.start);
    const [first] = sorted;
    if (first === undefined) continue;
    found.push({
      kind: 'ioc',
      ...first,
      wasDefanged: sorted.some(({ wasDefanged }) => wasDefanged),
      mentions: keepSome(first.type, sorted, parts).map((one) => quoteOf(one, document.text)),
    });
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

type Summary = Pick<ReadTechnique, 'confidence' | 'lane' | 'certainty' | 'mentions'>;
type Found = Omit<ReadMention, 'text' | 'sentence'>;

function readMentions(
  found: readonly Found[],
  { document, minConfidence, sentenceAt }: Composition,
): readonly ReadMention[] {
  return withoutRepeats(found).map(({ lane, confidence, certainty, why, ...place }) => ({
    ...quoteOf(place, document.text),
    lane,
    confidence,
    // The model decided by the whole report already.
    certainty: lane === 'model' ? certainty : certaintyOf(confidence, certainty, minConfidence),
    why,
    sentence: quoteOf(sentenceAt(place.start) ?? place, document.text),
  }));
}

function summarize(mentions: readonly ReadMention[]): Summary {
  const best = mentions.reduce((a, b) => (isBetter(b, a) ? b : a));
  return { confidence: best.confidence, lane: best.lane, certainty: best.certainty, mentions };
}

function certaintyOf(
  confidence: number,
  given: Certainty,
  minConfidence: number | undefined,
): Certainty {
  if (minConfidence === undefined) return given;
  return confidence >= minConfidence ? 'accepted' : 'review';
}

/** The same lane at the same place counts once, the surer one; in the order of the text. */
function withoutRepeats(mentions: readonly Found[]): readonly Found[] {
  const kept = new Map<string, Found>();
  for (const mention of mentions) {
    const key = `${mention.start}-${mention.end}-${mention.lane}`;
    const before = kept.get(key);
    if (before === undefined || mention.confidence > before.confidence) kept.set(key, mention);
  }
  return [...kept.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

const LANE_ORDER: Readonly<Record<Lane, number>> = { explicit: 0, name: 1, model: 2 };

type Weighed = Pick<ReadMention, 'certainty' | 'confidence' | 'lane'>;

/** Accepted before review, the surer first, at a tie the lane that leaves less to doubt. */
function isBetter(a: Weighed, b: Weighed): boolean {
  if (a.certainty !== b.certainty) return a.certainty === 'accepted';
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return LANE_ORDER[a.lane] < LANE_ORDER[b.lane];
}

/** Accepted before review, highest confidence first, then by id. */
export function compareFound<T extends Pick<ReadTechnique, 'certainty' | 'confidence'>>(
  idOf: (found: T) => string,
): (a: T, b: T) => number {
  return (a, b) => {
    if (a.certainty !== b.certainty) return a.certainty === 'accepted' ? -1 : 1;
    if (a.confidence !== b.confidence) return b.confidence - a.confidence;
    return idOf(a) < idOf(b) ? -1 : 1;
  };
}

function quoteOf({ start, end }: Pick<Quote, 'start' | 'end'>, text: string): Quote {
  return { start, end, text: text.slice(start, end) };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

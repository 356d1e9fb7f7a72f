import type { AttackObject, KnowledgeBase } from '../../attack/lookup.js';
import type { Domain, Issue, ReportDocument } from '../../model/index.js';
import { foldText } from '../fold-text.js';
import type { CveMention, ObjectMention, TechniqueMention } from '../mention.js';
import type { Sentence } from '../sentence.js';
import { assertionOf } from './assertion-of.js';
import { createIdFollower, type FollowedId, type OtherVersions } from './follow-id.js';
import { weighIdContext } from './id-context.js';
import { scanCves } from './scan-cves.js';
import { type IdCandidate, scanIds } from './scan-ids.js';
import { sentenceFinder } from './sentence-finder.js';

/** An id that stands in the text and is no technique, tactic, group, software, campaign or mitigation of the version read against. */
export interface OtherIdMention {
  /** As ATT&CK writes it: `DET0001`, `T0855`. */
  readonly attackId: string;
  /** ATT&CK's name; undefined when the object is retired. */
  readonly name: string | undefined;
  readonly domain: Domain | undefined;
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

/** What the ids in a report say. Each list in the order of the text. */
export interface ExplicitReading {
  readonly techniques: readonly TechniqueMention[];
  readonly objects: readonly ObjectMention[];
  readonly cves: readonly CveMention[];
  readonly others: readonly OtherIdMention[];
  readonly issues: readonly Issue[];
}

export interface FindExplicitOptions {
  readonly document: ReportDocument;
  readonly sentences: readonly Sentence[];
  readonly knowledgeBase: KnowledgeBase;
  /** Older versions and other domains, to follow ids that `knowledgeBase` does not have. Default none. */
  readonly versions?: OtherVersions | undefined;
}

/** Mentions from here on are `accepted`. */
const ACCEPTED = 0.5;
const SURE = 0.95;
/** The explicit lane: the ATT&CK and CVE ids that a report names, old ones followed to today's. */
export function findExplicit({
  document,
  sentences,
  knowledgeBase,
  versions = () => [],
}: FindExplicitOptions): ExplicitReading {
  const folded = foldText(document.text, { twins: true });
  const follow = createIdFollower(knowledgeBase, versions);
  const sentenceAt = sentenceFinder(sentences);
  const reading = emptyReading();
  const candidates = scanIds(folded.text);
  const weigh = weighIdContext(folded.text, candidates);
  for (const candidate of candidates) {
    const [start, end] = [folded.startOf(candidate.start), folded.endOf(candidate.end)];
    const sentence = sentenceAt(start);
    const followed = follow(candidate);
    const trust = weigh(candidate, {
      followed,
      section: sentence?.section,
      before: sentence === undefined ? CONTEXT : start - sentence.start,
      after: sentence === undefined ? CONTEXT : sentence.end - end,
    });
    if (trust === 0) continue;
    addMention(reading, { candidate, followed, trust, sentence, start, end, document });
  }
  const { techniques, objects, others, troubles } = reading;
  const issues = issuesOf(document, troubles);
  return { techniques, objects, others, issues, cves: scanCves(folded) };
}

/** Without sentences the characters to either side stand for one. */
const CONTEXT = 240;

interface OpenReading {
  readonly techniques: TechniqueMention[];
  readonly objects: ObjectMention[];
  readonly others: OtherIdMention[];
  /** By code and id: one issue an id, where it first stands. */
  readonly troubles: Map<string, Trouble>;
}

const emptyReading = (): OpenReading => ({
  techniques: [],
  objects: [],
  others: [],
  troubles: new Map(),
});

interface Sighting {
  readonly candidate: IdCandidate;
  readonly followed: FollowedId;
  readonly trust: number;
  readonly sentence: Sentence | undefined;
  readonly start: number;
  readonly end: number;
  readonly document: ReportDocument;
}

function addMention(reading: OpenReading, sighting: Sighting): void {
  const { followed, candidate, start, end } = sighting;
  const { outcome, reason, domain } = followed;
  const { attackId } = candidate;
  const code = TROUBLES[outcome];
  if (code !== undefined && !reading.troubles.has(attackId))
    reading.troubles.set(attackId, { code, reason, start, end });
  if (outcome === 'retired' || outcome === 'other-domain') {
    const [object] = followed.objects;
    reading.others.push({ attackId, name: object?.name, domain, start, end, why: reason });
    return;
  }
  for (const object of followed.objects) addObject(reading, object, sighting);
}

function addObject(reading: OpenReading, object: AttackObject, sighting: Sighting): void {
  const { candidate, followed, start, end } = sighting;
  const { confidence, why } = judge(sighting);
  const certainty = confidence >= ACCEPTED ? 'accepted' : 'review';
  const place = { start, end, lane: 'explicit', confidence, certainty, why } as const;
  switch (object.kind) {
    case 'technique':
      reading.techniques.push({ techniqueId: object.attackId, ...place });
      return;
    case 'tactic':
    case 'group':
    case 'software':
    case 'campaign':
    case 'mitigation':
      reading.objects.push({
        objectId: object.attackId ?? candidate.attackId,
        kind: object.kind,
        name: object.name,
        ...place,
      });
      return;
    default:
      reading.others.push({
        attackId: candidate.attackId,
        name: object.name,
        domain: followed.domain,
        start,
        end,
        why: followed.reason,
      });
  }
}

/** How sure the id shows what it names, and why; a negated or advised one stays, for a person to see. */
function judge({ followed, trust, sentence, start, end, document }: Sighting): {
  readonly confidence: number;
  readonly why: readonly string[];
} {
  const why = [followed.reason];
  let confidence = SURE * trust * (followed.outcome === 'parent' ? 0.5 : 1);
  if (trust < 1) why.push('little around it says that this is an ATT&CK id');
  if (sentence === undefined) return { confidence: rounded(confidence), why };
  const assertion = assertionOf(document.text, { start, end, sentence });
  confidence *= assertion.factor;
  return { confidence: rounded(confidence), why: [...why, ...assertion.why] };
}

const rounded = (ratio: number): number => Math.round(ratio * 1000) / 1000;

interface Trouble {
  readonly code: 'TECHNIQUE_UNKNOWN' | 'ATTACK_ID_RETIRED' | 'ATTACK_ID_OTHER_DOMAIN';
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

const TROUBLES: Readonly<Partial<Record<FollowedId['outcome'], Trouble['code']>>> = {
  unknown: 'TECHNIQUE_UNKNOWN',
  parent: 'TECHNIQUE_UNKNOWN',
  retired: 'ATTACK_ID_RETIRED',
  'other-domain': 'ATTACK_ID_OTHER_DOMAIN',
};

/** The troubles are in the order of the text, so that its lines are counted once. */
function issuesOf(
  { text, source }: ReportDocument,
  troubles: ReadonlyMap<string, Trouble>,
): readonly Issue[] {
  let [line, lineStart] = [1, 0];
  return [...troubles.values()].map(({ code, reason, start, end }) => {
    for (let at = text.indexOf('\n', lineStart); at !== -1 && at < start; ) {
      [line, lineStart] = [line + 1, at + 1];
      at = text.indexOf('\n', lineStart);
    }
    const message = `expected an id of the ATT&CK version read against at characters ${start} to ${end}: ${reason}`;
    return { kind: 'issue', code, message, at: { source, line, column: start - lineStart + 1 } };
  });
}

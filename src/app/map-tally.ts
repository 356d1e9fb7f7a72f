import type { KnowledgeBase } from '../attack/index.js';
import type { Mapping, TechniqueId } from '../model/index.js';
import { type ConfidenceScores, createConfidenceTally } from './map-confidence-tally.js';
import type { MatchRule, TalliedMatch } from './map-match.js';
import { MAX_EVIDENCE } from './map-reader.js';
import type { MapEvidence, MappedSubject, MappedTechnique, TimeCount } from './map-result.js';
import { createTimeBuckets, type TimeBuckets } from './map-time-buckets.js';

// Bounds memory on logs made to name a host or user a line.
const MAX_NAMES = 10_000;
/** Subjects of a technique of which all evidence is kept; of the others the first piece. */
const MAX_DETAILED = 200;

/** What one rule showed of one technique: the earliest events in the order of the input. */
type RuleTally = MapEvidence[];

/** What was seen of a technique, anywhere or on one subject. */
interface SubjectTally {
  readonly byRule: Map<MatchRule, RuleTally>;
  readonly maxEvidence: number;
  readonly times: TimeBuckets | undefined;
  firstSeen: string | undefined;
  lastSeen: string | undefined;
}

interface TechniqueTally extends SubjectTally {
  matches: number;
  readonly hosts: Set<string>;
  readonly users: Set<string>;
  readonly tactics: Set<string>;
  readonly subjects: Map<string, SubjectTally>;
}

/** Gathers matches by technique; memory grows with techniques, rules and hosts, not with events. */
export interface MatchTally {
  add(match: TalliedMatch): void;
  /** Every technique seen, highest confidence first, then by id. */
  techniques(): readonly MappedTechnique[];
  /** Tactics that rules named for a technique and that are the technique's own, in matrix order. */
  namedTactics(techniqueId: string): readonly string[];
  /** What was seen of some techniques on each subject, in the order of first sight. */
  subjects(techniqueIds: readonly string[]): readonly MappedSubject[];
  /** One for each subject of a technique, by name. */
  mappings(techniqueId: string): readonly Mapping[];
}

export function createMatchTally(knowledgeBase: KnowledgeBase): MatchTally {
  const tallies = new Map<TechniqueId, TechniqueTally>();
  const tacticsOf = (techniqueId: string): readonly string[] => {
    const object = knowledgeBase.byAttackId.get(techniqueId);
    return object?.kind === 'technique' ? object.tactics : [];
  };
  const confidences = createConfidenceTally();
  let scores: ConfidenceScores | undefined;
  const known = (): ConfidenceScores => {
    scores ??= confidences.score();
    return scores;
  };
  const toTechnique = (techniqueId: TechniqueId, tally: TechniqueTally): MappedTechnique => ({
    techniqueId,
    name: knowledgeBase.byAttackId.get(techniqueId)?.name ?? techniqueId,
    tactics: tacticsOf(techniqueId),
    confidence: known().technique(techniqueId),
    matches: tally.matches,
    hosts: [...tally.hosts].sort(),
    users: [...tally.users].sort(),
    firstSeen: tally.firstSeen ?? null,
    lastSeen: tally.lastSeen ?? null,
    evidence: bestEvidence(tally),
  });
  return {
    add(match) {
      const { techniqueIds, tactics } = match.rule.techniques;
      if (techniqueIds.length === 0) return;
      const { rule, time, source, record } = match;
      scores = undefined;
      confidences.add({ rule: rule.facts, subject: subjectOf(match), time, source, record });
      const evidence = toEvidence(match);
      for (const techniqueId of techniqueIds) {
        const tally = tallies.get(techniqueId) ?? emptyTally();
        tallies.set(techniqueId, tally);
        addMatch(tally, { match, evidence });
        for (const tactic of tactics) tally.tactics.add(tactic);
      }
    },
    techniques: () =>
      [...tallies]
        .map(([techniqueId, tally]) => toTechnique(techniqueId, tally))
        .sort((a, b) => b.confidence - a.confidence || (a.techniqueId < b.techniqueId ? -1 : 1)),
    namedTactics: (techniqueId) => {
      const named = tallies.get(techniqueId as TechniqueId)?.tactics;
      return tacticsOf(techniqueId).filter((tactic) => named?.has(tactic));
    },
    subjects: (techniqueIds) => gatherSubjects(techniqueIds, tallies),
    mappings: (techniqueId) => {
      const id = techniqueId as TechniqueId;
      const subjects = [...(tallies.get(id)?.subjects ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      return subjects.map(([subject, tally]) => ({
        subject,
        techniqueId: id,
        domain: knowledgeBase.domain,
        attackVersion: knowledgeBase.version,
        evidenceKind: 'observed',
        confidence: known().subject(id, subject),
        evidence: bestEvidence(tally).map(toMappingEvidence),
        status: 'proposed',
      }));
    },
  };
}

function gatherSubjects(
  techniqueIds: readonly string[],
  tallies: ReadonlyMap<string, TechniqueTally>,
): readonly MappedSubject[] {
  const bySubject = new Map<string, MappedSubject['techniques'][number][]>();
  for (const techniqueId of techniqueIds)
    for (const [subject, tally] of tallies.get(techniqueId)?.subjects ?? []) {
      const gathered = bySubject.get(subject) ?? [];
      bySubject.set(subject, gathered);
      gathered.push(toSubjectTechnique(techniqueId, tally));
    }
  const subjects = [...bySubject].map(([subject, techniques]) => {
    const times = techniques.flatMap(({ firstSeen, lastSeen }) => [firstSeen, lastSeen]);
    const sorted = times.filter((time) => time !== null).sort();
    const ids = techniques.map(({ techniqueId }) => techniqueId);
    const [firstSeen = null] = sorted;
    return { subject, techniqueIds: ids, firstSeen, lastSeen: sorted.at(-1) ?? null, techniques };
  });
  const order = ({ firstSeen, subject }: MappedSubject) => `${firstSeen ?? '~'} ${subject}`;
  return subjects.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function toSubjectTechnique(techniqueId: string, tally: SubjectTally) {
  const times: readonly TimeCount[] = tally.times?.counts() ?? [];
  const firstSeen = tally.firstSeen ?? null;
  return { techniqueId, firstSeen, lastSeen: tally.lastSeen ?? null, times };
}

function emptyTally(): TechniqueTally {
  return {
    byRule: new Map(),
    maxEvidence: MAX_EVIDENCE,
    times: undefined,
    firstSeen: undefined,
    lastSeen: undefined,
    matches: 0,
    hosts: new Set(),
    users: new Set(),
    tactics: new Set(),
    subjects: new Map(),
  };
}

interface NewMatch {
  readonly match: TalliedMatch;
  /** Undefined when enough is known already. */
  readonly evidence: MapEvidence | undefined;
}

function addMatch(tally: TechniqueTally, { match, evidence }: NewMatch): void {
  tally.matches += 1;
  addName(tally.hosts, match.host);
  addName(tally.users, match.user);
  addToSubject(tally, { match, evidence });
  const subject = subjectOf(match);
  const known = tally.subjects.get(subject);
  if (known === undefined && tally.subjects.size >= MAX_NAMES) return;
  const subjectTally = known ?? emptySubject(tally.subjects.size < MAX_DETAILED);
  tally.subjects.set(subject, subjectTally);
  addToSubject(subjectTally, { match, evidence });
}

function emptySubject(isDetailed: boolean): SubjectTally {
  return {
    byRule: new Map(),
    maxEvidence: isDetailed ? MAX_EVIDENCE : 1,
    times: isDetailed ? createTimeBuckets() : undefined,
    firstSeen: undefined,
    lastSeen: undefined,
  };
}

function addName(names: Set<string>, name: string | undefined): void {
  if (name !== undefined && names.size < MAX_NAMES) names.add(name);
}

function addToSubject(tally: SubjectTally, { match, evidence }: NewMatch): void {
  const { time, rule } = match;
  if (time !== undefined) {
    if (tally.firstSeen === undefined || time < tally.firstSeen) tally.firstSeen = time;
    if (tally.lastSeen === undefined || time > tally.lastSeen) tally.lastSeen = time;
    tally.times?.add(time);
  }
  const known = tally.byRule.get(rule);
  if (known === undefined) tally.byRule.set(rule, evidence === undefined ? [] : [evidence]);
  else if (evidence !== undefined && known.length < tally.maxEvidence) known.push(evidence);
}

/** The host; the user or file where none is known. */
function subjectOf({ host, user, source }: TalliedMatch): string {
  return host ?? user ?? source;
}

/** The first event of each rule, surest rule first, then the second of each, and so on. */
function bestEvidence({ byRule }: SubjectTally): readonly MapEvidence[] {
  const rules = [...byRule].sort(
    ([left], [right]) => right.confidence - left.confidence || (left.order < right.order ? -1 : 1),
  );
  const rounds = Array.from({ length: MAX_EVIDENCE }, (_, round) =>
    rules.flatMap(([, evidence]) => evidence[round] ?? []),
  );
  return rounds.flat().slice(0, MAX_EVIDENCE);
}

function toEvidence(match: TalliedMatch): MapEvidence | undefined {
  const { rule, time, host, source, record, fields } = match;
  if (fields === undefined) return undefined;
  const { ruleId, title, level } = rule;
  return {
    ruleId,
    title,
    level,
    time: time ?? null,
    host: host ?? null,
    source,
    record,
    fields,
  };
}

function toMappingEvidence(evidence: MapEvidence): Mapping['evidence'][number] {
  const { ruleId, title, time, source, record, fields } = evidence;
  const line = Number(record);
  const quote = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return {
    source: ruleId.startsWith('portolan:') ? 'behavior' : 'sigma',
    reference: `${title} (${ruleId})`,
    quote: quote.join('\n'),
    ...(time === null ? {} : { time }),
    at: Number.isInteger(line) ? { source, line } : { source },
  };
}

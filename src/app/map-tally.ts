import type { KnowledgeBase } from '../attack/index.js';
import type { Mapping, TechniqueId } from '../model/index.js';
import { matchedFields, type SigmaRule } from '../sigma/index.js';
import { combineConfidences, ruleConfidence } from './map-confidence.js';
import type { RuleMatch } from './map-matcher.js';
import type { MapEvidence, MappedSubject, MappedTechnique } from './map-result.js';
import type { RuleTechniques } from './map-tags.js';

const MAX_EVIDENCE = 5;
const MAX_FIELD_LENGTH = 4_096;
// Bounds memory on logs made to name a host or user a line.
const MAX_NAMES = 10_000;

/** What one rule showed of one technique. */
interface RuleTally {
  readonly confidence: number;
  /** The earliest in the order of the input. */
  readonly evidence: MapEvidence[];
}

/** What was seen of a technique, anywhere or on one subject. */
interface SubjectTally {
  readonly byRule: Map<SigmaRule, RuleTally>;
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
  add(match: RuleMatch, techniques: RuleTechniques): void;
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
  const toTechnique = (techniqueId: TechniqueId, tally: TechniqueTally): MappedTechnique => ({
    techniqueId,
    name: knowledgeBase.byAttackId.get(techniqueId)?.name ?? techniqueId,
    tactics: tacticsOf(techniqueId),
    confidence: confidenceOf(tally),
    matches: tally.matches,
    hosts: [...tally.hosts].sort(),
    users: [...tally.users].sort(),
    firstSeen: tally.firstSeen ?? null,
    lastSeen: tally.lastSeen ?? null,
    evidence: bestEvidence(tally),
  });
  return {
    add(match, { techniqueIds, tactics }) {
      if (techniqueIds.length === 0) return;
      const evidence = toEvidence(match);
      for (const techniqueId of techniqueIds) {
        const tally = tallies.get(techniqueId) ?? emptyTally();
        tallies.set(techniqueId, tally);
        addMatch(tally, match, evidence);
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
        confidence: confidenceOf(tally),
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
  const bySubject = new Map<string, { ids: string[]; times: string[] }>();
  for (const id of techniqueIds)
    for (const [subject, { firstSeen, lastSeen }] of tallies.get(id)?.subjects ?? []) {
      const gathered = bySubject.get(subject) ?? { ids: [], times: [] };
      gathered.ids.push(id);
      gathered.times.push(...[firstSeen, lastSeen].filter((time) => time !== undefined));
      bySubject.set(subject, gathered);
    }
  const subjects = [...bySubject].map(([subject, { ids, times }]) => {
    const sorted = times.sort();
    const [firstSeen = null] = sorted;
    return { subject, techniqueIds: ids, firstSeen, lastSeen: sorted.at(-1) ?? null };
  });
  const order = ({ firstSeen, subject }: MappedSubject) => `${firstSeen ?? '~'} ${subject}`;
  return subjects.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function emptySubject(): SubjectTally {
  return { byRule: new Map(), firstSeen: undefined, lastSeen: undefined };
}

function emptyTally(): TechniqueTally {
  return {
    ...emptySubject(),
    matches: 0,
    hosts: new Set(),
    users: new Set(),
    tactics: new Set(),
    subjects: new Map(),
  };
}

function addMatch(tally: TechniqueTally, match: RuleMatch, evidence: MapEvidence): void {
  const { event, compiled } = match;
  tally.matches += 1;
  addName(tally.hosts, event.host);
  addName(tally.users, event.user);
  addEvidence(tally, compiled.rule, evidence);
  const subject = event.host ?? event.user ?? event.source;
  const known = tally.subjects.get(subject);
  if (known === undefined && tally.subjects.size >= MAX_NAMES) return;
  const subjectTally = known ?? emptySubject();
  tally.subjects.set(subject, subjectTally);
  addEvidence(subjectTally, compiled.rule, evidence);
}

function addName(names: Set<string>, name: string | undefined): void {
  if (name !== undefined && names.size < MAX_NAMES) names.add(name);
}

function addEvidence(tally: SubjectTally, rule: SigmaRule, evidence: MapEvidence): void {
  const { byRule } = tally;
  const { time } = evidence;
  if (time !== null) {
    if (tally.firstSeen === undefined || time < tally.firstSeen) tally.firstSeen = time;
    if (tally.lastSeen === undefined || time > tally.lastSeen) tally.lastSeen = time;
  }
  const known = byRule.get(rule);
  if (known === undefined)
    byRule.set(rule, { confidence: ruleConfidence(rule), evidence: [evidence] });
  else if (known.evidence.length < MAX_EVIDENCE) known.evidence.push(evidence);
}

function confidenceOf({ byRule }: SubjectTally): number {
  return combineConfidences([...byRule.values()].map(({ confidence }) => confidence));
}

/** The first event of each rule, surest rule first, then the second of each, and so on. */
function bestEvidence({ byRule }: SubjectTally): readonly MapEvidence[] {
  const rules = [...byRule].sort(
    ([a, left], [b, right]) =>
      right.confidence - left.confidence || (ruleOrder(a) < ruleOrder(b) ? -1 : 1),
  );
  const rounds = Array.from({ length: MAX_EVIDENCE }, (_, round) =>
    rules.flatMap(([, { evidence }]) => evidence[round] ?? []),
  );
  return rounds.flat().slice(0, MAX_EVIDENCE);
}

function ruleOrder({ id, title, at }: SigmaRule): string {
  return `${id ?? title} ${at.source} ${String(at.line).padStart(9, '0')}`;
}

function toEvidence({ compiled, event, view }: RuleMatch): MapEvidence {
  const { rule } = compiled;
  const fields = [...matchedFields(compiled, view)].map(
    ([name, value]) => [name, shorten(value)] as const,
  );
  return {
    ruleId: rule.id ?? rule.name ?? rule.title,
    title: rule.title,
    level: rule.level,
    time: event.time ?? null,
    host: event.host ?? null,
    source: event.source,
    record: event.record,
    fields: Object.fromEntries(fields),
  };
}

function shorten(text: string): string {
  return text.length > MAX_FIELD_LENGTH ? `${text.slice(0, MAX_FIELD_LENGTH)}…` : text;
}

function toMappingEvidence(evidence: MapEvidence): Mapping['evidence'][number] {
  const { ruleId, title, time, source, record, fields } = evidence;
  const line = Number(record);
  const quote = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return {
    source: 'sigma',
    reference: `${title} (${ruleId})`,
    quote: quote.join('\n'),
    ...(time === null ? {} : { time }),
    at: Number.isInteger(line) ? { source, line } : { source },
  };
}

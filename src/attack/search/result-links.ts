import type { AttackObject } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { TACTIC_SUCCESSIONS } from '../migrate/tactic-successors.table.js';
import { successorsOf } from '../successors-of.js';
import type { Candidate } from './search-result.js';

/** What stands for a candidate in the version searched. */
export function findSuccessors(
  candidate: Candidate,
  knowledgeBase: KnowledgeBase,
  otherVersions: () => readonly KnowledgeBase[],
): readonly AttackObject[] {
  const { object } = candidate;
  if (object.kind === 'tactic') return tacticSuccessors(candidate, knowledgeBase);
  const isCurrent = knowledgeBase.byStixId.has(object.stixId);
  if (isCurrent && object.status === 'active') return [];
  const own = isCurrent ? successorsOf(knowledgeBase, object) : [];
  if (own.length > 0 || object.status === 'deprecated') return own;
  for (const other of otherVersions()) {
    const there = other.byStixId.get(object.stixId);
    if (there === undefined) continue;
    const found = bringOver(successorsOf(other, there), knowledgeBase);
    if (found.length > 0) return found;
    const older = isCurrent ? [] : bringOver(predecessorsOf(other, there), knowledgeBase);
    if (older.length > 0) return older;
  }
  return [];
}

/** The objects as the version searched has them, by id; what they became there when they were revoked since. */
function bringOver(
  ends: readonly AttackObject[],
  knowledgeBase: KnowledgeBase,
): readonly AttackObject[] {
  const found = new Map<string, AttackObject>();
  for (const { stixId, attackId } of ends) {
    const now =
      knowledgeBase.byStixId.get(stixId) ??
      (attackId === undefined ? undefined : knowledgeBase.byAttackId.get(attackId));
    if (now === undefined) continue;
    const standing = now.status === 'revoked' ? successorsOf(knowledgeBase, now) : [now];
    for (const object of standing) found.set(object.stixId, object);
  }
  return [...found.values()].sort((a, b) => ((a.attackId ?? '~') < (b.attackId ?? '~') ? -1 : 1));
}

function predecessorsOf(
  knowledgeBase: KnowledgeBase,
  object: AttackObject,
): readonly AttackObject[] {
  return knowledgeBase.relations
    .to(object.stixId, 'revoked-by')
    .flatMap(({ sourceId }) => knowledgeBase.byStixId.get(sourceId) ?? []);
}

/**
 * A tactic found by the name that it had before it was divided stands for all that it became; one that the version
 * searched does not have yet, for the one that it came from.
 */
function tacticSuccessors(
  { why, matched, object }: Candidate,
  { byStixId, domains, tactics }: KnowledgeBase,
): readonly AttackObject[] {
  const successions = TACTIC_SUCCESSIONS.filter(({ domain }) => domains.includes(domain));
  if (object.kind === 'tactic' && !byStixId.has(object.stixId)) {
    const from = successions.find(({ successors }) => successors.includes(object.shortname));
    return tactics.filter(({ shortname }) => shortname === from?.old);
  }
  if (why !== 'old-name') return [];
  const name = matched.toLowerCase().replace(/\s+/g, '-');
  const succession = successions.find(({ old }) => old === name);
  return tactics.filter(({ shortname }) => succession?.successors.includes(shortname));
}

/** Looks up what detection strategies and analytics are for. */
export type LeadFinder = (object: AttackObject) => readonly AttackObject[];

/** Makes a finder; the strategies' analytics are indexed when one is first asked for. */
export function createLeadFinder(knowledgeBase: KnowledgeBase): LeadFinder {
  let strategyOf: ReadonlyMap<string, AttackObject> | undefined;
  const techniquesOf = (strategy: AttackObject): readonly AttackObject[] =>
    knowledgeBase.relations
      .from(strategy.stixId, 'detects')
      .flatMap(({ targetId }) => knowledgeBase.byStixId.get(targetId) ?? []);
  return (object) => {
    if (object.kind === 'detection-strategy') return techniquesOf(object);
    if (object.kind !== 'analytic') return [];
    strategyOf ??= new Map(
      knowledgeBase
        .ofKind('detection-strategy')
        .flatMap((strategy) => strategy.analyticIds.map((id) => [id, strategy] as const)),
    );
    const strategy = strategyOf.get(object.stixId);
    return strategy === undefined ? [] : [strategy, ...techniquesOf(strategy)];
  };
}

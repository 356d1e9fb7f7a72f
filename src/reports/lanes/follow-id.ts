import {
  type AttackObject,
  createMigrator,
  type KnowledgeBase,
  type Migrator,
  successorsOf,
} from '../../attack/lookup.js';
import { type Domain, isTechniqueId, parentTechniqueId } from '../../model/index.js';
import type { IdCandidate } from './scan-ids.js';

/** What an id of a report is in the version that the report is read against. */
export interface FollowedId {
  /**
   * `active`: it is an object of that version. `moved`: another took its place. `parent`: only its parent is known. `retired`:
   * deprecated, without successor. `other-domain`: of Mobile or ICS. `unknown`: of no version.
   */
  readonly outcome: 'active' | 'moved' | 'parent' | 'retired' | 'other-domain' | 'unknown';
  /** None when retired or unknown. Active, except that of another domain it may be of that domain's version. */
  readonly objects: readonly AttackObject[];
  readonly domain: Domain | undefined;
  /** One line for people: `T1086 is revoked by T1059.001 PowerShell in ATT&CK 19.1`. */
  readonly reason: string;
}

/** Versions and domains beside the one that is read against; opened when an id first needs them. */
export type OtherVersions = () => readonly KnowledgeBase[];

/** A reader of ids, old and foreign ones too, which remembers its answers. */
export function createIdFollower(
  knowledgeBase: KnowledgeBase,
  versions: OtherVersions,
): (candidate: Pick<IdCandidate, 'family' | 'attackId'>) => FollowedId {
  const known = new Map<string, FollowedId>();
  let opened: Opened | undefined;
  const open = (): Opened => {
    if (opened === undefined) {
      const all = [
        ...versions().filter((one) => !isSameEdition(one, knowledgeBase)),
        knowledgeBase,
      ];
      opened = { all, migrator: createMigrator(all) };
    }
    return opened;
  };
  return (candidate) => {
    const key = `${candidate.family} ${candidate.attackId}`;
    const answer =
      known.get(key) ??
      activeObject(candidate, knowledgeBase) ??
      (candidate.family === 'technique'
        ? moveTechnique(candidate.attackId, { knowledgeBase, ...open() })
        : moveObject(candidate, { knowledgeBase, ...open() }));
    known.set(key, answer);
    return answer;
  };
}

interface Opened {
  readonly all: readonly KnowledgeBase[];
  readonly migrator: Migrator;
}

interface MoveContext extends Opened {
  readonly knowledgeBase: KnowledgeBase;
}

const isSameEdition = (left: KnowledgeBase, right: KnowledgeBase): boolean =>
  left.domain === right.domain && left.version === right.version;

/** ATT&CK once gave mitigations the ids of techniques, so that the kind counts too; the technique is the active or revoked one. */
function objectIn(
  { family, attackId }: Pick<IdCandidate, 'family' | 'attackId'>,
  knowledgeBase: KnowledgeBase,
): AttackObject | undefined {
  const object = knowledgeBase.byAttackId.get(attackId);
  return object?.kind === family ? object : undefined;
}

function activeObject(
  candidate: Pick<IdCandidate, 'family' | 'attackId'>,
  knowledgeBase: KnowledgeBase,
): FollowedId | undefined {
  const object = knowledgeBase.byAttackId.get(candidate.attackId);
  if (object?.kind !== candidate.family || object.status !== 'active') return undefined;
  return {
    outcome: 'active',
    objects: [object],
    domain: knowledgeBase.domain,
    reason: `the text names ${candidate.attackId} ${object.name}`,
  };
}

function moveTechnique(attackId: string, context: MoveContext): FollowedId {
  const { knowledgeBase, all, migrator } = context;
  const home = all.findLast((one) => one.byAttackId.get(attackId)?.status === 'active');
  const isForeign = home !== undefined && !knowledgeBase.domains.includes(home.domain);
  const { techniques } = migrator.migrateTags({
    techniqueIds: [attackId],
    tactics: [],
    domain: knowledgeBase.domain,
    from: isForeign ? knowledgeBase.version : (home?.version ?? knowledgeBase.version),
    to: knowledgeBase.version,
  });
  const [moved] = techniques;
  const targets = (moved?.targets ?? []).flatMap(({ techniqueId }) => {
    const object = knowledgeBase.byAttackId.get(techniqueId);
    return object?.kind === 'technique' && object.status === 'active' ? [object] : [];
  });
  const { domain } = knowledgeBase;
  if (targets.length > 0 && moved !== undefined)
    return { outcome: 'moved', objects: targets, domain, reason: moved.reason };
  return (
    ofOtherDomain({ family: 'technique', attackId }, context) ??
    retired({ family: 'technique', attackId }, context) ??
    parentOf(attackId, knowledgeBase) ??
    unknown(attackId)
  );
}

function moveObject(
  candidate: Pick<IdCandidate, 'family' | 'attackId'>,
  context: MoveContext,
): FollowedId {
  const { attackId } = candidate;
  const { knowledgeBase } = context;
  const object = objectIn(candidate, knowledgeBase);
  const [successor] = object === undefined ? [] : successorsOf(knowledgeBase, object);
  if (successor !== undefined) {
    const reason = `${attackId} is revoked by ${successor.attackId} ${successor.name} in ATT&CK ${knowledgeBase.version}`;
    return { outcome: 'moved', objects: [successor], domain: knowledgeBase.domain, reason };
  }
  return ofOtherDomain(candidate, context) ?? retired(candidate, context) ?? unknown(attackId);
}

function ofOtherDomain(
  candidate: Pick<IdCandidate, 'family' | 'attackId'>,
  { knowledgeBase, all }: MoveContext,
): FollowedId | undefined {
  const foreign = all.filter((one) => !knowledgeBase.domains.includes(one.domain));
  for (const one of foreign) {
    const object = objectIn(candidate, one);
    if (object === undefined || object.status === 'deprecated') continue;
    const objects = object.status === 'active' ? [object] : successorsOf(one, object);
    const reason = `${candidate.attackId} ${object.name} is of ${one.domain}`;
    return { outcome: 'other-domain', objects, domain: one.domain, reason };
  }
  return undefined;
}

function retired(
  candidate: Pick<IdCandidate, 'family' | 'attackId'>,
  { all }: MoveContext,
): FollowedId | undefined {
  const home = all.findLast((one) => objectIn(candidate, one) !== undefined);
  const object = home === undefined ? undefined : objectIn(candidate, home);
  if (object === undefined || home === undefined) return undefined;
  const how = object.status === 'active' ? 'was last in' : 'is deprecated in';
  const reason = `${candidate.attackId} ${object.name} ${how} ATT&CK ${home.version}, and nothing took its place`;
  return { outcome: 'retired', objects: [], domain: home.domain, reason };
}

function parentOf(attackId: string, knowledgeBase: KnowledgeBase): FollowedId | undefined {
  if (!isTechniqueId(attackId) || !attackId.includes('.')) return undefined;
  const parentId = parentTechniqueId(attackId);
  const parent = knowledgeBase.byAttackId.get(parentId);
  if (parent?.kind !== 'technique' || parent.status !== 'active') return undefined;
  const reason = `${attackId} is in no ATT&CK version that is known; ${parentId} ${parent.name} is`;
  return { outcome: 'parent', objects: [parent], domain: knowledgeBase.domain, reason };
}

function unknown(attackId: string): FollowedId {
  const reason = `${attackId} is in no ATT&CK version that is known`;
  return { outcome: 'unknown', objects: [], domain: undefined, reason };
}

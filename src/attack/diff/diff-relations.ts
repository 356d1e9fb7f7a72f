import type { StixId } from '../../model/index.js';
import type { AttackKind, AttackObject } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { RELATION_TYPES, type Relation, type RelationType } from '../relation.js';
import { successorsOf } from '../successors-of.js';
import { compareObjects, type SurvivingPair, toDiffObject } from './pair-objects.js';
import type {
  ChangedRelations,
  RedirectedRelation,
  RelationCount,
  RelationEnd,
} from './version-diff.js';

export interface RelationsDiff {
  /** In the order of `surviving`. */
  readonly changed: readonly ChangedRelations[];
  /** Types that changed, in the order of `RELATION_TYPES`. */
  readonly counts: readonly RelationCount[];
}

/** What is compared. */
export interface RelationsDiffSources {
  readonly older: KnowledgeBase;
  readonly newer: KnowledgeBase;
  /** Objects that are active in both, in the order wanted. */
  readonly surviving: readonly SurvivingPair[];
  /** Relationships with an end of one of these kinds; undefined: all. */
  readonly kinds: readonly AttackKind[] | undefined;
}

interface Versions {
  readonly older: KnowledgeBase;
  readonly newer: KnowledgeBase;
}

/** What two versions differ in, in relationships; one whose end moved to a successor is no loss. */
interface RelationChanges {
  readonly added: readonly Relation[];
  readonly removed: readonly Relation[];
  readonly redirected: readonly { readonly from: Relation; readonly to: Relation }[];
}

// A sub-technique's parent is in its id, and what a revoked object became is listed with it.
const isCompared = ({ type }: Relation): boolean =>
  type !== 'revoked-by' && type !== 'subtechnique-of';

const keyOf = (type: RelationType, sourceId: StixId, targetId: StixId): string =>
  `${type} ${sourceId} ${targetId}`;

/** Compares the relationships of two versions, seen from the objects that are active in both. */
export function diffRelations({
  older,
  newer,
  surviving,
  kinds,
}: RelationsDiffSources): RelationsDiff {
  const versions: Versions = { older, newer };
  const changes = compareRelations(versions, ({ sourceId, targetId }) =>
    [sourceId, targetId].some((stixId) => {
      const kind = find(stixId, versions)?.kind;
      return kinds === undefined || (kind !== undefined && kinds.includes(kind));
    }),
  );
  const lists = new Map<StixId, Writable>();
  const isSurviving = new Set(surviving.map(({ after }) => after.stixId));
  const listOf = (stixId: StixId): Writable | undefined => {
    if (!isSurviving.has(stixId)) return undefined;
    const list = lists.get(stixId) ?? { added: [], removed: [], redirected: [] };
    lists.set(stixId, list);
    return list;
  };
  for (const relation of changes.added) {
    for (const [stixId, end] of endsOf(relation, versions)) listOf(stixId)?.added.push(end);
  }
  for (const relation of changes.removed) {
    for (const [stixId, end] of endsOf(relation, versions)) listOf(stixId)?.removed.push(end);
  }
  for (const { from, to } of changes.redirected) {
    const [stayed, redirected] = redirectionOf(from, to, versions);
    if (redirected !== undefined) listOf(stayed)?.redirected.push(redirected);
  }
  return {
    changed: surviving.flatMap(({ after }) => {
      const list = lists.get(after.stixId);
      return list === undefined
        ? []
        : [{ object: toDiffObject(after, versions.newer), ...sortEnds(list) }];
    }),
    counts: RELATION_TYPES.map((type) => ({
      type,
      added: changes.added.filter((relation) => relation.type === type).length,
      removed: changes.removed.filter((relation) => relation.type === type).length,
      redirected: changes.redirected.filter(({ to }) => to.type === type).length,
    })).filter(({ added, removed, redirected }) => added + removed + redirected > 0),
  };
}

interface Writable {
  readonly added: RelationEnd[];
  readonly removed: RelationEnd[];
  readonly redirected: RedirectedRelation[];
}

function compareRelations(
  { older, newer }: Versions,
  isAsked: (relation: Relation) => boolean,
): RelationChanges {
  const before = indexByKey(older.relations.all.filter(isAsked));
  const after = indexByKey(newer.relations.all.filter(isAsked));
  const added = new Map([...after].filter(([key]) => !before.has(key)));
  const removed: Relation[] = [];
  const redirected: { from: Relation; to: Relation }[] = [];
  const taken = new Set<string>();
  for (const [key, relation] of before) {
    if (after.has(key)) continue;
    const now = redirectedKeys(relation, newer).filter((candidate) => after.has(candidate));
    const [first] = now;
    const to = first === undefined ? undefined : after.get(first);
    if (to === undefined) removed.push(relation);
    else redirected.push({ from: relation, to });
    for (const candidate of now) taken.add(candidate);
  }
  return {
    added: [...added].filter(([key]) => !taken.has(key)).map(([, relation]) => relation),
    removed,
    redirected,
  };
}

function indexByKey(relations: readonly Relation[]): ReadonlyMap<string, Relation> {
  return new Map(
    relations
      .filter(isCompared)
      .map((relation) => [keyOf(relation.type, relation.sourceId, relation.targetId), relation]),
  );
}

/** Keys of the relationships that say the same of the successors of an end that was revoked. */
function redirectedKeys({ type, sourceId, targetId }: Relation, newer: KnowledgeBase): string[] {
  const standing = (stixId: StixId): readonly StixId[] => {
    const object = newer.byStixId.get(stixId);
    return object === undefined ? [] : successorsOf(newer, object).map((end) => end.stixId);
  };
  return [
    ...standing(targetId).map((end) => keyOf(type, sourceId, end)),
    ...standing(sourceId).map((end) => keyOf(type, end, targetId)),
  ];
}

const find = (stixId: StixId, { older, newer }: Versions): AttackObject | undefined =>
  newer.byStixId.get(stixId) ?? older.byStixId.get(stixId);

/** Both ends of a relationship, each with what it says of the other. */
function endsOf(
  { type, sourceId, targetId }: Relation,
  versions: Versions,
): readonly (readonly [StixId, RelationEnd])[] {
  const [source, target] = [find(sourceId, versions), find(targetId, versions)];
  if (source === undefined || target === undefined) return [];
  const other = (object: AttackObject) => toDiffObject(object, versions.newer);
  return [
    [sourceId, { type, role: 'source', other: other(target) }],
    [targetId, { type, role: 'target', other: other(source) }],
  ];
}

/** The end that stayed, and what its relationship led to and leads to. */
function redirectionOf(
  from: Relation,
  to: Relation,
  versions: Versions,
): readonly [StixId, RedirectedRelation | undefined] {
  const isTarget = from.sourceId === to.sourceId;
  const stayed = isTarget ? to.sourceId : to.targetId;
  const left = find(isTarget ? from.targetId : from.sourceId, versions);
  const arrived = find(isTarget ? to.targetId : to.sourceId, versions);
  if (left === undefined || arrived === undefined) return [stayed, undefined];
  return [
    stayed,
    {
      type: to.type,
      role: isTarget ? 'source' : 'target',
      from: toDiffObject(left, versions.newer),
      to: toDiffObject(arrived, versions.newer),
    },
  ];
}

function sortEnds({ added, removed, redirected }: Writable): Writable {
  const place = ({ type }: { type: RelationType }): number => RELATION_TYPES.indexOf(type);
  const byEnd = (a: RelationEnd, b: RelationEnd): number =>
    place(a) - place(b) || compareObjects(a.other, b.other);
  return {
    added: added.sort(byEnd),
    removed: removed.sort(byEnd),
    redirected: redirected.sort((a, b) => place(a) - place(b) || compareObjects(a.to, b.to)),
  };
}

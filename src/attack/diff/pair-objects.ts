import type { AttackKind, AttackObject } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import type { DiffObject } from './version-diff.js';

/** The same object in two versions; at least one is there. */
export interface ObjectPair {
  readonly before: AttackObject | undefined;
  readonly after: AttackObject | undefined;
}

/** An object that is active in both versions. */
export interface SurvivingPair {
  readonly before: AttackObject;
  readonly after: AttackObject;
}

/** Order of kinds in lists. */
export const DIFF_KINDS = [
  'technique',
  'tactic',
  'group',
  'software',
  'campaign',
  'mitigation',
  'asset',
  'data-source',
  'data-component',
  'detection-strategy',
  'analytic',
  'matrix',
] as const satisfies readonly AttackKind[];

const PLACE_OF_KIND: ReadonlyMap<AttackKind, number> = new Map(
  DIFF_KINDS.map((kind, place) => [kind, place]),
);

/** Pairs the objects of two versions by STIX id, in the order of kinds, then of ATT&CK ids. */
export function pairObjects(older: KnowledgeBase, newer: KnowledgeBase): readonly ObjectPair[] {
  const pairs: ObjectPair[] = newer.objects.map((after) => ({
    before: older.byStixId.get(after.stixId),
    after,
  }));
  for (const before of older.objects) {
    if (!newer.byStixId.has(before.stixId)) pairs.push({ before, after: undefined });
  }
  return pairs.sort((a, b) => compareObjects(a.after ?? a.before, b.after ?? b.before));
}

/** By kind, then ATT&CK id, then STIX id; objects without ATT&CK id come last of their kind. */
export function compareObjects(
  a: Pick<AttackObject, 'kind' | 'attackId' | 'stixId'> | undefined,
  b: Pick<AttackObject, 'kind' | 'attackId' | 'stixId'> | undefined,
): number {
  if (a === undefined || b === undefined) return 0;
  const places = (PLACE_OF_KIND.get(a.kind) ?? 0) - (PLACE_OF_KIND.get(b.kind) ?? 0);
  if (places !== 0) return places;
  const [left, right] = [`${a.attackId ?? '~'} ${a.stixId}`, `${b.attackId ?? '~'} ${b.stixId}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Names an object for a comparison. */
export function toDiffObject(object: AttackObject, { byAttackId }: KnowledgeBase): DiffObject {
  const { attackId, stixId, kind, name } = object;
  const parent =
    object.kind === 'technique' && object.parentId !== undefined
      ? byAttackId.get(object.parentId)
      : undefined;
  return { attackId, stixId, kind, name, parentName: parent?.name };
}

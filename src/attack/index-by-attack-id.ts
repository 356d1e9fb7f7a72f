import type { AttackKind, AttackStatus } from './attack-object.js';

/** What decides which of several objects an ATT&CK id means. */
interface Identified {
  readonly attackId: string | undefined;
  readonly kind: AttackKind;
  readonly status: AttackStatus;
}

const RANK = { active: 2, revoked: 1, deprecated: 0 } as const;

// Deprecated mitigations of old carry the id of a technique (course-of-action T1122): the technique is meant.
function outranks(object: Identified, known: Identified): boolean {
  if (RANK[object.status] !== RANK[known.status]) return RANK[object.status] > RANK[known.status];
  return object.kind === 'technique' && known.kind === 'mitigation';
}

/** Indexes objects by ATT&CK id. Where ids repeat, active beats revoked beats deprecated; then the first wins. */
export function indexByAttackId<T extends Identified>(objects: Iterable<T>): Map<string, T> {
  const index = new Map<string, T>();
  for (const object of objects) {
    if (object.attackId === undefined) continue;
    const known = index.get(object.attackId);
    if (known === undefined || outranks(object, known)) index.set(object.attackId, object);
  }
  return index;
}

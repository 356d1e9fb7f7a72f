import type { StixId } from '../model/index.js';
import type { AttackObject } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';

/**
 * What takes the place of a revoked object in the same version: the ends of its `revoked-by` links.
 *
 * @returns none for an object that is not revoked, or whose successor is not in the knowledge base.
 */
export function successorsOf(
  knowledgeBase: KnowledgeBase,
  object: AttackObject,
): readonly AttackObject[] {
  if (object.status !== 'revoked') return [];
  const seen = new Set<StixId>([object.stixId]);
  const ends: AttackObject[] = [];
  const open = [object];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    const links = knowledgeBase.relations.from(current.stixId, 'revoked-by');
    for (const { targetId } of links) {
      const target = knowledgeBase.byStixId.get(targetId);
      if (target === undefined || seen.has(targetId)) continue;
      seen.add(targetId);
      if (target.status === 'revoked') open.push(target);
      else ends.push(target);
    }
  }
  return ends;
}

import type { Matrix, Tactic, Technique } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';

/**
 * The active tactics of a technique, in matrix order.
 *
 * Where domains are merged, a shortname that both have (`execution`) means the tactic of the technique's domain.
 */
export function tacticsOf({ tactics }: KnowledgeBase, technique: Technique): readonly Tactic[] {
  return tactics.filter(
    ({ shortname, domains }) =>
      technique.tactics.includes(shortname) &&
      domains.some((domain) => technique.domains.includes(domain)),
  );
}

/** The tactics of a matrix, of any status, in the order of its columns. */
export function tacticsOfMatrix(
  { byStixId }: KnowledgeBase,
  { tacticIds }: Matrix,
): readonly Tactic[] {
  return tacticIds.flatMap((tacticId) => {
    const tactic = byStixId.get(tacticId);
    return tactic?.kind === 'tactic' ? [tactic] : [];
  });
}

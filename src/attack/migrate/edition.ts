import type { Domain } from '../../model/index.js';
import type { Technique } from '../attack-object.js';
import { compareVersions } from '../compare-versions.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import type { TacticName } from './migration.js';

/** What migration asks of one version of one domain. */
export interface Edition {
  readonly domain: Domain;
  readonly version: string;
  /** The technique of that id, of whatever status. */
  technique(techniqueId: string): Technique | undefined;
  /** The technique of that id when it is neither revoked nor deprecated. */
  active(techniqueId: string): Technique | undefined;
  /** Where `revoked-by` points, one step; undefined at its end. */
  revokedBy(technique: Technique): Technique | undefined;
  /** Techniques that were revoked in favour of this one, over any number of steps, by id. */
  ancestors(technique: Technique): readonly Technique[];
  /** Active techniques, by id. */
  readonly techniques: readonly Technique[];
  /** Active tactics in matrix order. */
  readonly tactics: readonly string[];
  readonly tacticNames: readonly TacticName[];
  readonly platforms: ReadonlySet<string>;
}

/** Editions of one domain, oldest first. */
export type Editions = readonly Edition[];

const RELEASE = /^\d{1,4}(?:\.\d{1,4})*$/;

/**
 * Sorts knowledge bases into editions by domain. A knowledge base of several domains counts for each of them; one whose version is
 * no release number has no place in their order and is left out.
 *
 * @returns each list oldest first.
 */
export function sortEditions(
  knowledgeBases: readonly KnowledgeBase[],
): ReadonlyMap<Domain, Editions> {
  const byDomain = new Map<Domain, Edition[]>();
  for (const knowledgeBase of knowledgeBases) {
    if (!RELEASE.test(knowledgeBase.version)) continue;
    for (const domain of knowledgeBase.domains) {
      const editions = byDomain.get(domain) ?? [];
      editions.push(toEdition(knowledgeBase, domain));
      byDomain.set(domain, editions);
    }
  }
  for (const editions of byDomain.values()) {
    editions.sort((a, b) => compareVersions(a.version, b.version));
  }
  return byDomain;
}

function toEdition(knowledgeBase: KnowledgeBase, domain: Domain): Edition {
  const techniques = knowledgeBase.ofKind('technique');
  const technique = (techniqueId: string): Technique | undefined => {
    const found = knowledgeBase.byAttackId.get(techniqueId);
    return found?.kind === 'technique' ? found : undefined;
  };
  return {
    domain,
    version: knowledgeBase.version,
    technique,
    active: (techniqueId) => {
      const found = technique(techniqueId);
      return found?.status === 'active' ? found : undefined;
    },
    revokedBy: (revoked) => {
      const [link] = knowledgeBase.relations.from(revoked.stixId, 'revoked-by');
      const found = link && knowledgeBase.byStixId.get(link.targetId);
      return found?.kind === 'technique' ? found : undefined;
    },
    ancestors: (successor) => findAncestors(knowledgeBase, successor),
    techniques,
    tactics: knowledgeBase.tactics.map((tactic) => tactic.shortname),
    tacticNames: knowledgeBase.tactics.map(({ shortname, attackId = '', name }) => ({
      shortname,
      attackId,
      name,
    })),
    platforms: new Set(techniques.flatMap(({ platforms }) => platforms)),
  };
}

function findAncestors(knowledgeBase: KnowledgeBase, successor: Technique): readonly Technique[] {
  const found = new Map<string, Technique>();
  const open = [successor];
  // The map also guards against revoked-by links that run in a circle.
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { sourceId } of knowledgeBase.relations.to(next.stixId, 'revoked-by')) {
      const ancestor = knowledgeBase.byStixId.get(sourceId);
      if (ancestor?.kind !== 'technique' || ancestor === successor) continue;
      if (found.has(ancestor.stixId)) continue;
      found.set(ancestor.stixId, ancestor);
      open.push(ancestor);
    }
  }
  return [...found.values()].sort((a, b) => (a.attackId < b.attackId ? -1 : 1));
}

/** Place in `editions` of the one nearest to a version; the newer of two that are equally near. */
export function nearestEdition(
  editions: Editions,
  version: string,
): { readonly index: number; readonly exact: boolean } {
  const wanted = version.trim().replace(/^v/i, '');
  const exact = editions.findLastIndex(
    (edition) =>
      edition.version === wanted ||
      (/^\d+$/.test(wanted) && edition.version.startsWith(`${wanted}.`)),
  );
  if (exact !== -1) return { index: exact, exact: true };
  const number = versionNumber(wanted);
  if (number === undefined) return { index: editions.length - 1, exact: false };
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, edition] of editions.entries()) {
    const distance = Math.abs((versionNumber(edition.version) ?? 0) - number);
    if (distance <= bestDistance) {
      best = index;
      bestDistance = distance;
    }
  }
  return { index: best, exact: false };
}

// Hundreds of the major version and the minor one: 18.1 → 1801, so that 16.10 follows 16.9.
function versionNumber(version: string): number | undefined {
  const [, major, minor = '0'] = /^(\d{1,4})(?:\.(\d{1,4}))?/.exec(version) ?? [];
  return major === undefined ? undefined : Number(major) * 100 + Number(minor);
}

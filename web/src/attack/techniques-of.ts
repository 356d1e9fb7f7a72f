import {
  type Analytic,
  type AttackObject,
  type KnowledgeBase,
  relatedObjects,
} from '../../../src/attack/lookup.js';

const EMPTY: ReadonlySet<string> = new Set();

/** Ids of the techniques that an object is related to; of a technique, itself; of what has none, nothing. */
export function techniquesOf(
  knowledgeBase: KnowledgeBase,
  object: AttackObject,
): ReadonlySet<string> {
  const idsOf = (
    related: readonly { readonly object: { readonly attackId?: string | undefined } }[],
  ) => new Set(related.flatMap(({ object: { attackId } }) => attackId ?? []));
  switch (object.kind) {
    case 'technique':
      return new Set([object.attackId]);
    case 'tactic':
      return new Set(
        knowledgeBase
          .ofKind('technique')
          .filter(({ tactics }) => tactics.includes(object.shortname))
          .map(({ attackId }) => attackId),
      );
    case 'group':
    case 'software':
    case 'campaign':
    case 'mitigation':
    case 'data-component':
    case 'asset':
    case 'detection-strategy':
      return idsOf(relatedObjects(knowledgeBase, object.stixId, 'technique'));
    case 'analytic':
      return techniquesOfAnalytics(knowledgeBase, (each) => each.stixId === object.stixId);
    case 'matrix':
    case 'data-source':
      return EMPTY;
  }
}

/** Ids of the techniques whose detection strategies have one of the analytics. */
function techniquesOfAnalytics(
  knowledgeBase: KnowledgeBase,
  isWanted: (analytic: Analytic) => boolean,
): ReadonlySet<string> {
  const wanted = new Set(
    knowledgeBase
      .ofKind('analytic')
      .filter(isWanted)
      .map(({ stixId }) => stixId),
  );
  const strategies = knowledgeBase
    .ofKind('detection-strategy')
    .filter(({ analyticIds }) => analyticIds.some((id) => wanted.has(id)));
  return new Set(strategies.flatMap((strategy) => [...techniquesOf(knowledgeBase, strategy)]));
}

/** Ids of the techniques that a log source shows, by the analytics of ATT&CK. @param test by its name. */
export function techniquesOfLogSource(
  knowledgeBase: KnowledgeBase,
  test: (name: string) => boolean,
): ReadonlySet<string> {
  return techniquesOfAnalytics(knowledgeBase, ({ logSourceReferences }) =>
    logSourceReferences.some(({ name }) => test(name)),
  );
}

/** Names of all log sources, sorted. */
export function logSourceNames(knowledgeBase: KnowledgeBase): readonly string[] {
  const names = knowledgeBase
    .ofKind('analytic')
    .flatMap(({ logSourceReferences }) => logSourceReferences.map(({ name }) => name));
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en'));
}

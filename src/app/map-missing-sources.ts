import { detectionsOf, type KnowledgeBase } from '../attack/index.js';
import { LOG_SOURCES, type LogSourceRow } from './log-sources.table.js';
import type { MappedTechnique, MissingLogSource } from './map-result.js';
import type { EventKind } from './map-unit.js';

/**
 * Logs that ATT&CK's detection strategies read for the techniques found, of the platforms that the input is from, and
 * that the input does not hold: where more of the same would show. Empty for ATT&CK up to 17, which has no strategies.
 */
export function findMissingLogSources(
  knowledgeBase: KnowledgeBase,
  techniques: readonly MappedTechnique[],
  kinds: readonly EventKind[],
): readonly MissingLogSource[] {
  const platforms = new Set(kinds.flatMap(({ logsource }) => logsource.product ?? []));
  const isThere = new Map<string, boolean>();
  const isMissing = (name: string): boolean => {
    const row = rowOf(name);
    if (row === undefined || !row.products.some((product) => platforms.has(product))) return false;
    const known = isThere.get(name) ?? kinds.some((kind) => row.isSeenIn(kind, name));
    isThere.set(name, known);
    return !known;
  };
  const missing = new Map<string, string[]>();
  for (const { techniqueId } of techniques)
    for (const name of logSourcesOf(knowledgeBase, techniqueId)) {
      if (!isMissing(name)) continue;
      const ids = missing.get(name) ?? [];
      missing.set(name, ids);
      ids.push(techniqueId);
    }
  return [...missing]
    .map(([name, techniqueIds]) => ({ name, techniqueIds }))
    .sort((a, b) => b.techniqueIds.length - a.techniqueIds.length || (a.name < b.name ? -1 : 1));
}

function logSourcesOf(knowledgeBase: KnowledgeBase, techniqueId: string): ReadonlySet<string> {
  const object = knowledgeBase.byAttackId.get(techniqueId);
  if (object?.kind !== 'technique') return new Set();
  const { strategies } = detectionsOf(knowledgeBase, object);
  const analytics = strategies.flatMap((strategy) => strategy.analytics);
  return new Set(analytics.flatMap(({ logSources }) => logSources.map(({ name }) => name)));
}

function rowOf(name: string): LogSourceRow | undefined {
  return LOG_SOURCES.find(({ pattern }) => pattern.test(name));
}

import type { KnowledgeBase } from '../attack/lookup.js';
import { type Annotations, indexAnnotations } from './annotations.js';
import type { Layer, LayerTechnique } from './layer.js';

/** One technique under one tactic (undefined = all of its tactics), with what each layer says of it. */
export interface LayerCell {
  readonly techniqueId: string;
  readonly tactic: string | undefined;
  /** One a layer, in their order. */
  readonly entries: readonly (LayerTechnique | undefined)[];
}

/** The tactics that any layer names for a technique. */
function namedTactics(indexes: readonly Annotations[], techniqueId: string): Set<string> {
  const tactics = new Set<string>();
  for (const index of indexes) {
    for (const { tactic } of index.of(techniqueId)) if (tactic !== undefined) tactics.add(tactic);
  }
  return tactics;
}

function tacticsOf(knowledgeBase: KnowledgeBase | undefined, id: string): readonly string[] {
  const object = knowledgeBase?.byAttackId.get(id);
  return object?.kind === 'technique' ? object.tactics : [];
}

/**
 * Lays layers over each other, cell by cell.
 *
 * A technique that no layer divides by tactic is one cell without tactic. One that a layer divides has a cell for each
 * tactic; entries that stand for all tactics count in each of them.
 *
 * @param knowledgeBase tells which tactics an entry for all of them stands for; without it they are the ones that any layer
 * names, and a cell without tactic stands for the rest.
 * @returns cells in the order of first mention; a cell without tactic comes before the technique's others.
 */
export function layerCells(
  layers: readonly Layer[],
  knowledgeBase: KnowledgeBase | undefined,
): readonly LayerCell[] {
  const indexes = layers.map(indexAnnotations);
  const techniqueIds = new Set(indexes.flatMap((index) => index.techniqueIds));
  const cells: LayerCell[] = [];
  const add = (techniqueId: string, tactic: string | undefined): void => {
    const entries = indexes.map((index) => index.at(techniqueId, tactic));
    if (entries.some((entry) => entry !== undefined)) cells.push({ techniqueId, tactic, entries });
  };
  for (const techniqueId of techniqueIds) {
    const named = namedTactics(indexes, techniqueId);
    const known = named.size === 0 ? [] : tacticsOf(knowledgeBase, techniqueId);
    if (known.length === 0) add(techniqueId, undefined);
    for (const tactic of new Set([...known, ...named])) add(techniqueId, tactic);
  }
  return cells;
}

import type { KnowledgeBase, Technique } from '../attack/lookup.js';
import type { Layer, LayerTechnique } from '../layers/index.js';
import type { MatrixColumn, UndrawnEntry } from './matrix-view.js';

/** Longest walk along `revoked-by`; knowledge bases cut circles, and real chains have two steps. */
const MAX_STEPS = 20;

function activeSuccessor(
  technique: Technique,
  knowledgeBase: KnowledgeBase,
): Technique | undefined {
  let current: Technique = technique;
  for (let step = 0; step < MAX_STEPS && current.status === 'revoked'; step += 1) {
    const next = knowledgeBase.relations.from(current.stixId, 'revoked-by')[0];
    const object = next === undefined ? undefined : knowledgeBase.byStixId.get(next.targetId);
    if (object?.kind !== 'technique') return undefined;
    current = object;
  }
  return current.status === 'active' ? current : undefined;
}

function reasonOf(entry: LayerTechnique, knowledgeBase: KnowledgeBase): string {
  const object = knowledgeBase.byAttackId.get(entry.techniqueId);
  if (object?.kind !== 'technique') return `unknown in v${knowledgeBase.version}`;
  if (object.status === 'revoked') {
    const successor = activeSuccessor(object, knowledgeBase);
    return successor === undefined ? 'revoked' : `revoked, now ${successor.attackId}`;
  }
  if (object.status === 'deprecated') return 'deprecated';
  if (entry.tactic !== undefined && !object.tactics.includes(entry.tactic)) {
    return `no technique of that tactic in v${knowledgeBase.version}`;
  }
  return 'repeated, another entry of the layer counts';
}

/** The entries of a layer that no cell holds, in the order of the layer, each with the reason. */
export function undrawnEntries(
  layer: Layer,
  knowledgeBase: KnowledgeBase,
  columns: readonly MatrixColumn[],
): readonly UndrawnEntry[] {
  const drawn = new Set<LayerTechnique>();
  for (const { cells } of columns) {
    for (const cell of cells) {
      if (cell.entry !== undefined) drawn.add(cell.entry);
      for (const { entry } of cell.subtechniques) if (entry !== undefined) drawn.add(entry);
    }
  }
  return layer.techniques
    .filter((entry) => !drawn.has(entry))
    .map((entry) => ({ entry, reason: reasonOf(entry, knowledgeBase) }));
}

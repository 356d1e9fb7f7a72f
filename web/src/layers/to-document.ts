import type { Layer, LayerTechnique } from '../../../src/layers/index.js';
import { blankEntry } from './annotate-layer.js';
import { type CellKey, type LayerTab, splitCellKey } from './layer-tab.js';

function toggledEntries(layer: Layer, toggled: ReadonlySet<CellKey>): readonly LayerTechnique[] {
  const left = new Set(toggled);
  const said = layer.techniques.map((entry): LayerTechnique => {
    const keys = [...toggled].filter((key) => {
      const { techniqueId, tactic } = splitCellKey(key);
      return (
        techniqueId === entry.techniqueId && (entry.tactic === undefined || entry.tactic === tactic)
      );
    });
    for (const key of keys) left.delete(key);
    return keys.length === 0 ? entry : { ...entry, showSubtechniques: !entry.showSubtechniques };
  });
  const added = [...left].map((key) => {
    const { techniqueId, tactic } = splitCellKey(key);
    return { ...blankEntry(techniqueId, tactic), showSubtechniques: true };
  });
  return [...said, ...added];
}

/** The layer of a tab as it leaves the page: what is open in the view is open in the layer too. @param layer with its entries. */
export function toDocument(tab: LayerTab, layer: Layer): Layer {
  if (tab.toggled.size === 0) return layer;
  return { ...layer, techniques: toggledEntries(layer, tab.toggled) };
}

import { useEffect } from 'react';
import { editTab } from '../layers/edit-tabs.js';
import { cellKey, type LayerTab } from '../layers/layer-tab.js';
import { layerTabs } from '../layers/layer-tabs-store.js';
import { useStore } from '../state/create-store.js';
import type { GridModel } from './grid-model.js';
import { shownCell } from './pointed-cells.js';
import { wantedTechnique } from './show-technique.js';

/** Opens the technique that the wanted one is under; no step of the history, since nobody edited anything. */
function openParent(tab: LayerTab, model: GridModel, techniqueId: string): boolean {
  const parentId = techniqueId.split('.')[0] ?? techniqueId;
  for (const { key, cell, isOpen } of model.byKey.values()) {
    const holds = cell.subtechniques.some(({ technique }) => technique.attackId === techniqueId);
    if (cell.technique.attackId !== parentId || !holds || isOpen) continue;
    const toggled = new Set(tab.toggled);
    if (!toggled.delete(key)) toggled.add(key);
    layerTabs.amend(editTab(layerTabs.present(), tab.id, (each) => ({ ...each, toggled })));
    return true;
  }
  return false;
}

/** Scrolls to the technique that a link or the palette asked for, once the matrix is there. */
export function useWantedTechnique(tab: LayerTab, model: GridModel | undefined): void {
  const wanted = useStore(wantedTechnique);
  useEffect(() => {
    if (wanted === undefined || model === undefined) return;
    const shown = [...model.byKey.values()].find(({ cell }) => cell.technique.attackId === wanted);
    if (shown === undefined && openParent(tab, model, wanted)) return;
    if (shown !== undefined) shownCell.set(cellKey(wanted, shown.cell.tactic));
    wantedTechnique.set(undefined);
  }, [wanted, model, tab]);
}

import { createHistory, type History } from '../state/create-history.js';
import { useStore } from '../state/create-store.js';
import { activeTab, editTab } from './edit-tabs.js';
import { evidenceTab, type LayerTab, type LayerTabs } from './layer-tab.js';

const FIRST: LayerTabs = {
  tabs: [evidenceTab('evidence', 'enterprise-attack', '')],
  activeId: 'evidence',
};

/** The tabs of the matrix of this page, with everything done to them. */
export const layerTabs: History<LayerTabs> = createHistory(FIRST);

/** The tabs in a component. */
export function useLayerTabs(): LayerTabs {
  return useStore(layerTabs).present;
}

/** The tab in front, in a component. */
export function useActiveTab(): LayerTab {
  return activeTab(useLayerTabs());
}

/** Changes the tab in front as one step that can be undone. @param merge see `History.commit`. */
export function commitTab(
  label: string,
  change: (tab: LayerTab) => LayerTab,
  merge?: string,
): void {
  const state = layerTabs.present();
  layerTabs.commit(label, editTab(state, state.activeId, change), merge);
}

/** Changes the layer of the tab in front as one step that can be undone. */
export function commitLayer(
  label: string,
  change: (layer: LayerTab['layer']) => LayerTab['layer'],
  merge?: string,
): void {
  commitTab(label, (tab) => ({ ...tab, layer: change(tab.layer) }), merge);
}

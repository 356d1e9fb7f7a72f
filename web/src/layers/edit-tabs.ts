import type { Layer } from '../../../src/layers/index.js';
import { type LayerTab, type LayerTabs, layerTab } from './layer-tab.js';

/** The tab in front. */
export function activeTab({ tabs, activeId }: LayerTabs): LayerTab {
  const tab = tabs.find(({ id }) => id === activeId) ?? tabs[0];
  if (tab === undefined) throw new RangeError('expected at least one tab');
  return tab;
}

/** The same tabs with another in front. */
export function activateTab(state: LayerTabs, activeId: string): LayerTabs {
  return state.tabs.some(({ id }) => id === activeId) ? { ...state, activeId } : state;
}

/** Changes one tab; the others stay the same objects. */
export function editTab(
  state: LayerTabs,
  id: string,
  change: (tab: LayerTab) => LayerTab,
): LayerTabs {
  const tabs = state.tabs.map((tab) => (tab.id === id ? change(tab) : tab));
  return tabs.every((tab, index) => tab === state.tabs[index]) ? state : { ...state, tabs };
}

/** Changes the layer of one tab. */
export function editLayer(
  state: LayerTabs,
  id: string,
  change: (layer: Layer) => Layer,
): LayerTabs {
  return editTab(state, id, (tab) => {
    const layer = change(tab.layer);
    return layer === tab.layer ? tab : { ...tab, layer };
  });
}

const NUMBERED = /^tab-(\d+)$/;

/** An id that no tab has. */
function freeTabId({ tabs }: LayerTabs): string {
  const taken = tabs.map(({ id }) => Number(NUMBERED.exec(id)?.[1] ?? 0));
  return `tab-${Math.max(0, ...taken) + 1}`;
}

/** A name that no tab has: `Coverage`, then `Coverage 2`. */
export function freeTabName({ tabs }: LayerTabs, wanted: string): string {
  const taken = new Set(tabs.map(({ layer }) => layer.name));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

/** Opens layers in tabs of their own after the one in front; the first of them comes to the front. */
export function openLayers(state: LayerTabs, layers: readonly Layer[]): LayerTabs {
  if (layers.length === 0) return state;
  let { tabs } = state;
  const at = tabs.findIndex(({ id }) => id === state.activeId) + 1;
  const opened: LayerTab[] = [];
  for (const layer of layers) {
    const tab = layerTab(freeTabId({ ...state, tabs: [...tabs, ...opened] }), layer);
    opened.push(tab);
  }
  tabs = [...tabs.slice(0, at), ...opened, ...tabs.slice(at)];
  return { tabs, activeId: opened[0]?.id ?? state.activeId };
}

/** Closes a tab; the evidence tab stays. The one after it comes to the front, or the one before. */
export function closeTab(state: LayerTabs, id: string): LayerTabs {
  const at = state.tabs.findIndex((tab) => tab.id === id);
  const tab = state.tabs[at];
  if (tab === undefined || tab.evidence !== undefined) return state;
  const tabs = state.tabs.filter((each) => each !== tab);
  const next = tabs[Math.min(at, tabs.length - 1)];
  return { tabs, activeId: state.activeId === id ? (next?.id ?? '') : state.activeId };
}

/** Moves a tab by some places; not beyond the ends. */
export function moveTab(state: LayerTabs, id: string, by: number): LayerTabs {
  const from = state.tabs.findIndex((tab) => tab.id === id);
  const tab = state.tabs[from];
  const to = Math.max(0, Math.min(state.tabs.length - 1, from + by));
  if (tab === undefined || to === from) return state;
  const tabs = state.tabs.filter((each) => each !== tab);
  return { ...state, tabs: [...tabs.slice(0, to), tab, ...tabs.slice(to)] };
}

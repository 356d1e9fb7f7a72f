import type { ReactNode } from 'react';
import type { LayerTab } from '../layers/layer-tab.js';
import type { TabView } from '../layers/use-tab-view.js';

/** Placeholder. */
export function Toolbar(_: { readonly tab: LayerTab; readonly tabView: TabView }): ReactNode {
  return null;
}

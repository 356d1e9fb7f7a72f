import type { LayerTab } from '../layers/layer-tab.js';
import type { TabView } from '../layers/use-tab-view.js';

/** What a panel is made from. */
export interface PanelProps {
  readonly tab: LayerTab;
  readonly tabView: TabView;
}

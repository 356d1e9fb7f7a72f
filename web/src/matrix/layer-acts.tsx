import { type ReactNode, useState } from 'react';
import { freeTabName, openLayers } from '../layers/edit-tabs.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { layerTabs } from '../layers/layer-tabs-store.js';
import { toDocument } from '../layers/to-document.js';
import type { TabView } from '../layers/use-tab-view.js';
import { MenuButton, type MenuEntry } from '../shell/menu-button.js';
import { ExportDialog } from './export-dialog.js';
import { ShareDialog } from './share-dialog.js';
import { togglePanel } from './side-state.js';

/** A copy of what a tab shows, as a layer of its own that can be edited. */
function duplicate(tab: LayerTab, tabView: TabView): void {
  const state = layerTabs.present();
  const name = freeTabName(state, tab.evidence === undefined ? tab.layer.name : 'Evidence copy');
  const layer = { ...toDocument(tab, tabView.layer), name };
  layerTabs.commit(`duplicate ${tab.layer.name}`, openLayers(state, [layer]));
}

/** What is done with a whole layer: copy, export, share, upgrade. */
export function LayerActs({
  tab,
  tabView,
}: {
  readonly tab: LayerTab;
  readonly tabView: TabView;
}): ReactNode {
  const [dialog, setDialog] = useState<'export' | 'share'>();
  const entries: readonly MenuEntry[] = [
    {
      kind: 'item',
      id: 'duplicate',
      label: tab.evidence === undefined ? 'Duplicate' : 'Copy to a layer to edit',
      onAction: () => duplicate(tab, tabView),
    },
    { kind: 'item', id: 'share', label: 'Share by link …', onAction: () => setDialog('share') },
    {
      kind: 'item',
      id: 'upgrade',
      label: 'Change the ATT&CK version …',
      onAction: () => togglePanel('upgrade'),
    },
  ];
  const close = (): void => setDialog(undefined);
  return (
    <>
      <MenuButton label="More" entries={entries} />
      <button type="button" className="button primary" onClick={() => setDialog('export')}>
        Export
      </button>
      {dialog === 'export' ? <ExportDialog tab={tab} tabView={tabView} onClose={close} /> : null}
      {dialog === 'share' ? <ShareDialog tab={tab} tabView={tabView} onClose={close} /> : null}
    </>
  );
}

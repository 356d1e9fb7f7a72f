import { type ReactNode, useState } from 'react';
import type { CellKey } from '../layers/layer-tab.js';
import { useActiveTab } from '../layers/layer-tabs-store.js';
import { useTabView } from '../layers/use-tab-view.js';
import { MatrixBox } from './matrix-box.js';
import { SidePanels } from './side-panels.js';
import { StatusBar } from './status-bar.js';
import { TabStrip } from './tab-strip.js';
import { Toolbar } from './toolbar.js';

/** The matrix with its layers: the face of Portolan. */
export function MatrixPage(): ReactNode {
  const tab = useActiveTab();
  const tabView = useTabView(tab);
  const [pointed, setPointed] = useState<CellKey>();
  return (
    <main className="matrix-page">
      <h1 className="visually-hidden">Matrix</h1>
      <TabStrip />
      <Toolbar tab={tab} tabView={tabView} />
      <div
        className="matrix-body"
        id="matrix-panel"
        role="tabpanel"
        aria-labelledby={`tab-of-${tab.id}`}
      >
        <MatrixBox tab={tab} tabView={tabView} onPoint={setPointed} />
        <SidePanels tab={tab} tabView={tabView} />
      </div>
      <StatusBar tab={tab} tabView={tabView} pointed={pointed} />
    </main>
  );
}

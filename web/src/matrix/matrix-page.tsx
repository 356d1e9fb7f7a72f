import { type ReactNode, useEffect, useState } from 'react';
import type { CellKey } from '../layers/layer-tab.js';
import { useActiveTab } from '../layers/layer-tabs-store.js';
import { autosaveProblem } from '../layers/start-autosave.js';
import { useTabView } from '../layers/use-tab-view.js';
import { isEmbedded } from '../shell/is-embedded.js';
import { useStore } from '../state/create-store.js';
import { followAddress, linkProblem } from './follow-address.js';
import { MatrixBox } from './matrix-box.js';
import { SidePanels } from './side-panels.js';
import { StatusBar } from './status-bar.js';
import { TabStrip } from './tab-strip.js';
import { Toolbar } from './toolbar.js';

/** What went wrong beside the matrix: links that could not be opened, layers that are not kept. */
function Problems(): ReactNode {
  const link = useStore(linkProblem);
  const unsaved = useStore(autosaveProblem);
  return [link, unsaved].map((problem) =>
    problem === undefined ? null : (
      <p key={problem} className="notice bad problem" role="alert">
        {problem}
        {problem === link ? (
          <button type="button" className="button" onClick={() => linkProblem.set(undefined)}>
            Close
          </button>
        ) : null}
      </p>
    ),
  );
}

/** The matrix with its layers: the face of Portolan. */
export function MatrixPage(): ReactNode {
  const tab = useActiveTab();
  const tabView = useTabView(tab);
  const [pointed, setPointed] = useState<CellKey>();
  const [isRestored, setRestored] = useState(false);
  useEffect(() => {
    const done = (): void => setRestored(true);
    followAddress().then(done, done);
  }, []);
  return (
    <main className="matrix-page">
      <h1 className="visually-hidden">Matrix</h1>
      {isEmbedded() ? null : <TabStrip />}
      <div className="toolbars">
        {isEmbedded() ? null : <Toolbar tab={tab} tabView={tabView} />}
        <Problems />
      </div>
      <div
        className="matrix-body"
        id="matrix-panel"
        role="tabpanel"
        aria-busy={!isRestored}
        aria-labelledby={`tab-of-${tab.id}`}
      >
        <MatrixBox tab={tab} tabView={tabView} onPoint={setPointed} />
        <SidePanels tab={tab} tabView={tabView} />
      </div>
      <StatusBar tab={tab} tabView={tabView} pointed={pointed} />
    </main>
  );
}

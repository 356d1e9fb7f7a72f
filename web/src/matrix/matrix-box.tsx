import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { MatrixCell } from '../../../src/exporters/index.js';
import { textColorOn } from '../../../src/layers/index.js';
import { useFilterTest } from '../filter/use-filter-test.js';
import { type CellKey, cellKey, type LayerTab, splitCellKey } from '../layers/layer-tab.js';
import { commitTab } from '../layers/layer-tabs-store.js';
import { cellsInTactic, choiceOf } from '../layers/select-cells.js';
import type { TabView } from '../layers/use-tab-view.js';
import { useStore } from '../state/create-store.js';
import { cellLook } from './cell-look.js';
import { CellMenu, type CellMenuPlace } from './cell-menu.js';
import { commitSelection } from './commit-selection.js';
import { comparison } from './comparison-state.js';
import { ComparisonView } from './comparison-view.js';
import { type GridCell, type GridModel, gridModel } from './grid-model.js';
import { MatrixGrid } from './matrix-grid.js';
import { MatrixTable } from './matrix-table.js';
import { markedCells, shownCell } from './pointed-cells.js';
import { openTechnique } from './side-state.js';
import { useLayerDiff } from './use-layer-diff.js';
import { useWantedTechnique } from './use-wanted-technique.js';
import { viewSettings } from './view-settings.js';

interface MatrixBoxProps {
  readonly tab: LayerTab;
  readonly tabView: TabView;
  readonly onPoint: (key: CellKey | undefined) => void;
}

/** Opens or closes the sub-techniques of a cell. */
function toggleCell(tab: LayerTab, key: CellKey): LayerTab {
  const toggled = new Set(tab.toggled);
  if (!toggled.delete(key)) toggled.add(key);
  return { ...tab, toggled };
}

function useGridModel(tab: LayerTab, tabView: TabView, opensAll: boolean): GridModel | undefined {
  const { view } = tabView;
  const { onlyCells, toggled } = tab;
  const passes = useFilterTest(tab, tabView);
  return useMemo(() => {
    if (view === undefined) return undefined;
    const isShown = (cell: MatrixCell): boolean =>
      (onlyCells?.has(cellKey(cell.technique.attackId, cell.tactic)) ?? true) && passes(cell);
    return gridModel(view, { isShown, toggled, opensAll });
  }, [view, onlyCells, toggled, passes, opensAll]);
}

/** The matrix of a tab, as a grid or as a table. */
export function MatrixBox({ tab, tabView, onPoint }: MatrixBoxProps): ReactNode {
  const { view, evidenceOf, error, layer, knowledgeBase } = tabView;
  const compared = useLayerDiff(useStore(comparison), knowledgeBase);
  const settings = useStore(viewSettings);
  const marked = useStore(markedCells);
  const shownKey = useStore(shownCell);
  const [menu, setMenu] = useState<CellMenuPlace>();
  const model = useGridModel(tab, tabView, settings.asTable);
  useWantedTechnique(tab, model);
  const lookOf = useCallback(
    (cell: GridCell) => cellLook(cell, evidenceOf.get(cell.cell.technique.attackId)),
    [evidenceOf],
  );

  if (error !== undefined && model === undefined) {
    return (
      <div className="matrix-scroll">
        <p className="notice bad" role="alert">
          The matrix cannot be shown: {error.message}
        </p>
      </div>
    );
  }
  if (view === undefined || model === undefined) {
    return (
      <div className="matrix-scroll" aria-busy="true">
        <p className="muted loading">Reading ATT&amp;CK {layer.versions.attack} …</p>
      </div>
    );
  }
  if (compared.data !== undefined && knowledgeBase !== undefined) {
    return <ComparisonView compared={compared.data} knowledgeBase={knowledgeBase} />;
  }
  if (settings.asTable) {
    return <MatrixTable tab={tab} view={view} model={model} evidenceOf={evidenceOf} />;
  }
  const onExpand = (key: CellKey, open: boolean): void => {
    const isOpen = model.byKey.get(key)?.isOpen;
    if (isOpen === undefined || isOpen === open) return;
    const name = splitCellKey(key).techniqueId;
    commitTab(`${open ? 'open' : 'close'} ${name}`, (each) => toggleCell(each, key));
  };
  const { showTacticRowBackground, tacticRowBackground, layout } = layer;
  return (
    <div
      className="matrix-scroll"
      style={
        showTacticRowBackground
          ? ({
              '--tactic-ground': tacticRowBackground,
              '--tactic-ink': textColorOn(tacticRowBackground),
            } as object)
          : {}
      }
    >
      <div
        className="matrix-flags"
        data-ids={layout.showId || undefined}
        data-nameless={!layout.showName || undefined}
        data-scores={settings.showScores || undefined}
        data-bars={settings.showBars || undefined}
        data-hatch={settings.hatchUnknown || undefined}
      >
        <MatrixGrid
          model={model}
          lookOf={lookOf}
          selection={tab.selection}
          marked={marked}
          shownKey={shownKey}
          label={`${layer.name}: ATT&CK ${view.knowledgeBase.version} matrix`}
          onOpen={(key) => openTechnique(splitCellKey(key).techniqueId)}
          onOpenTactic={(tactic, mode) => commitSelection(view, cellsInTactic(view, tactic), mode)}
          onSelect={(cells, mode) => commitSelection(view, cells, mode)}
          onSelectAll={() => commitSelection(view, choiceOf(view, 'all', tab.selection), 'replace')}
          onExpand={onExpand}
          onMenu={(key, place) => setMenu({ key, ...place })}
          onPoint={onPoint}
        />
      </div>
      {model.byKey.size === 0 ? (
        <p className="notice">
          No technique passes the filters of this tab. Clear the filter, the platforms or “only
          these” in the toolbar.
        </p>
      ) : null}
      {menu === undefined ? null : (
        <CellMenu place={menu} tab={tab} tabView={tabView} onClose={() => setMenu(undefined)} />
      )}
    </div>
  );
}

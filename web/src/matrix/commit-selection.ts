import type { MatrixView } from '../../../src/exporters/index.js';
import type { CellKey } from '../layers/layer-tab.js';
import { commitTab } from '../layers/layer-tabs-store.js';
import { type SelectMode, selectCells, withBehaviour } from '../layers/select-cells.js';

/** Selects cells by the behaviours of the layer; selections in a row are one step. */
export function commitSelection(
  view: MatrixView,
  cells: ReadonlySet<CellKey>,
  mode: SelectMode,
): void {
  commitTab(
    'change the selection',
    (tab) => {
      const chosen = withBehaviour(view, cells, view.layer);
      const selection = selectCells(tab.selection, chosen, mode);
      return selection === tab.selection ? tab : { ...tab, selection };
    },
    'selection',
  );
}

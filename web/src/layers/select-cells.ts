import type { MatrixCell, MatrixView } from '../../../src/exporters/index.js';
import type { Layer } from '../../../src/layers/index.js';
import { type CellKey, cellKey, splitCellKey } from './layer-tab.js';

/** How a selection is changed by cells. */
export type SelectMode = 'replace' | 'add' | 'remove' | 'toggle';

type Behaviour = Pick<
  Layer,
  'selectTechniquesAcrossTactics' | 'selectSubtechniquesWithParent' | 'selectVisibleTechniques'
>;

/** Every cell of a view with its name, each technique before its sub-techniques. */
export function cellsOf(
  view: MatrixView,
): readonly { readonly key: CellKey; readonly cell: MatrixCell }[] {
  return view.columns.flatMap(({ cells }) =>
    cells
      .flatMap((cell) => [cell, ...cell.subtechniques])
      .map((cell) => ({ key: cellKey(cell.technique.attackId, cell.tactic), cell })),
  );
}

/**
 * The cells that a choice of cells stands for by the behaviours of the layer: the technique in all its tactics, its
 * sub-techniques, visible ones only.
 */
export function withBehaviour(
  view: MatrixView,
  chosen: Iterable<CellKey>,
  behaviour: Behaviour,
): ReadonlySet<CellKey> {
  const wanted = new Set(chosen);
  const ids = new Set([...wanted].map((key) => splitCellKey(key).techniqueId));
  const isChosen = (key: CellKey, cell: MatrixCell): boolean =>
    wanted.has(key) ||
    (behaviour.selectTechniquesAcrossTactics && ids.has(cell.technique.attackId));
  const isUnderChosen = (cell: MatrixCell): boolean => {
    const { parentId } = cell.technique;
    if (!behaviour.selectSubtechniquesWithParent || parentId === undefined) return false;
    return (
      wanted.has(cellKey(parentId, cell.tactic)) ||
      (behaviour.selectTechniquesAcrossTactics && ids.has(parentId))
    );
  };
  const keys = cellsOf(view)
    .filter(({ cell }) => !behaviour.selectVisibleTechniques || (cell.visible && cell.matches))
    .filter(({ key, cell }) => isChosen(key, cell) || isUnderChosen(cell))
    .map(({ key }) => key);
  return new Set(keys);
}

/** A selection after cells were chosen; the same set when nothing changes. */
export function selectCells(
  selection: ReadonlySet<CellKey>,
  cells: ReadonlySet<CellKey>,
  mode: SelectMode,
): ReadonlySet<CellKey> {
  const next = new Set(mode === 'replace' ? [] : selection);
  const removes = mode === 'remove' || (mode === 'toggle' && [...cells].every((k) => next.has(k)));
  for (const key of cells) {
    if (removes) next.delete(key);
    else next.add(key);
  }
  const isSame = next.size === selection.size && [...next].every((key) => selection.has(key));
  return isSame ? selection : next;
}

/** Wholesale selections of the menu. */
export type SelectionChoice = 'all' | 'none' | 'invert' | 'annotated' | 'unannotated';

/** The cells of a wholesale selection, of the visible ones only where the layer selects those. */
export function choiceOf(
  view: MatrixView,
  choice: SelectionChoice,
  selection: ReadonlySet<CellKey>,
): ReadonlySet<CellKey> {
  const tests: Readonly<Record<SelectionChoice, (key: CellKey, cell: MatrixCell) => boolean>> = {
    all: () => true,
    none: () => false,
    invert: (key) => !selection.has(key),
    annotated: (_, cell) => cell.annotated,
    unannotated: (_, cell) => !cell.annotated,
  };
  const visibleOnly = view.layer.selectVisibleTechniques;
  const chosen = cellsOf(view)
    .filter(({ cell }) => !visibleOnly || (cell.visible && cell.matches))
    .filter(({ key, cell }) => tests[choice](key, cell));
  return new Set(chosen.map(({ key }) => key));
}

/** The cells of a tactic. */
export function cellsInTactic(view: MatrixView, tactic: string): ReadonlySet<CellKey> {
  return new Set(
    cellsOf(view)
      .filter(({ cell }) => cell.tactic === tactic)
      .map(({ key }) => key),
  );
}

/** The cells of techniques, in every tactic. */
export function cellsOfTechniques(
  view: MatrixView,
  techniqueIds: ReadonlySet<string>,
): ReadonlySet<CellKey> {
  return new Set(
    cellsOf(view)
      .filter(({ cell }) => techniqueIds.has(cell.technique.attackId))
      .map(({ key }) => key),
  );
}

import type { CellKey } from '../layers/layer-tab.js';
import { createStore, type Store } from '../state/create-store.js';

/** Cells that a hovered search result points out. */
export const markedCells: Store<ReadonlySet<CellKey>> = createStore<ReadonlySet<CellKey>>(
  new Set<CellKey>(),
);

/** The cell that was asked for by a link or the palette; it is scrolled to. */
export const shownCell: Store<CellKey | undefined> = createStore<CellKey | undefined>(undefined);

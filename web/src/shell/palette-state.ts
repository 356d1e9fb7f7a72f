import { createStore, type Store } from '../state/create-store.js';

/** Whether the palette is open. */
export const paletteIsOpen: Store<boolean> = createStore<boolean>(false);

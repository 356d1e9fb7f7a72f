import { createStore, type Store } from '../state/create-store.js';

/** A technique that was asked for by a link or the palette, until the matrix has scrolled to it. */
export const wantedTechnique: Store<string | undefined> = createStore<string | undefined>(
  undefined,
);

/** Makes the matrix open the technique of a sub-technique and scroll to its cell. */
export function showTechnique(techniqueId: string): void {
  wantedTechnique.set(techniqueId);
}

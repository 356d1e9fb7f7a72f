import { createStore, type Store } from '../state/create-store.js';

/** What the side of the matrix shows. */
export type SidePanel =
  | { readonly kind: 'technique'; readonly techniqueId: string }
  | { readonly kind: 'select' | 'annotate' | 'layer' | 'combine' | 'compare' | 'upgrade' }
  | undefined;

/** The panel beside the matrix; undefined = none. Not part of what undo goes back over. */
export const sidePanel: Store<SidePanel> = createStore<SidePanel>(undefined);

/** Opens what the workspace and ATT&CK know of a technique. */
export function openTechnique(techniqueId: string): void {
  sidePanel.set({ kind: 'technique', techniqueId });
}

/** Opens a panel, or closes it when it is open. */
export function togglePanel(kind: Exclude<NonNullable<SidePanel>['kind'], 'technique'>): void {
  sidePanel.set(sidePanel.current()?.kind === kind ? undefined : { kind });
}

import { createStore, type Store } from '../state/create-store.js';

/** Two tabs that are compared. */
export interface Comparison {
  readonly beforeId: string;
  readonly afterId: string;
  /** False for scores of risk. */
  readonly higherIsBetter: boolean;
}

/** What is compared side by side in place of the matrix; undefined = nothing. */
export const comparison: Store<Comparison | undefined> = createStore<Comparison | undefined>(
  undefined,
);

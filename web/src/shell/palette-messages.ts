import type { AttackKind, AttackStatus, SearchReason } from '../../../src/attack/lookup.js';

/** One object that a query may mean. */
export interface PaletteHit {
  readonly kind: AttackKind;
  /** Empty for the few objects without one. */
  readonly id: string;
  readonly name: string;
  readonly status: AttackStatus;
  readonly why: SearchReason;
  readonly matched: string;
  readonly attackVersion: string;
  /** What stands for it now. */
  readonly successors: readonly { readonly id: string; readonly name: string }[];
}

/** What the page asks of the thread. */
export type PaletteQuestion =
  /** Catalogues to read: the one that is searched first. */
  | { readonly kind: 'prepare'; readonly urls: readonly string[] }
  | { readonly kind: 'search'; readonly id: number; readonly query: string };

/** What the thread answers. */
export interface PaletteAnswer {
  /** Of the question; -1 = a catalogue was read. */
  readonly id: number;
  readonly hits: readonly PaletteHit[];
  readonly isReady: boolean;
  readonly tookMs: number;
}

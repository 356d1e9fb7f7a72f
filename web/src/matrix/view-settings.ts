import { createStore, type Store } from '../state/create-store.js';

/** How this browser shows every matrix; not part of a layer. */
export interface ViewSettings {
  readonly showScores: boolean;
  /** A bar in each cell as long as its band: reads without colour. */
  readonly showBars: boolean;
  /** Strokes over cells that nothing is known of. */
  readonly hatchUnknown: boolean;
  readonly asTable: boolean;
}

const KEY = 'portolan-view';
const DEFAULTS: ViewSettings = {
  showScores: true,
  showBars: true,
  hatchUnknown: true,
  asTable: false,
};

function savedSettings(): ViewSettings {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof saved !== 'object' || saved === null) return DEFAULTS;
    const known = Object.entries(saved).filter(
      ([name, value]) => name in DEFAULTS && typeof value === 'boolean',
    );
    return { ...DEFAULTS, ...Object.fromEntries(known) };
  } catch {
    return DEFAULTS;
  }
}

/** The settings of this browser. */
export const viewSettings: Store<ViewSettings> = createStore(savedSettings());

/** Changes settings and keeps them in this browser. */
export function changeViewSettings(change: Partial<ViewSettings>): void {
  const next = { ...viewSettings.current(), ...change };
  viewSettings.set(next);
  localStorage.setItem(KEY, JSON.stringify(next));
}

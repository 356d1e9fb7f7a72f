import { createStore, type Store } from '../state/create-store.js';
import { keep, readKept } from './browser-store.js';
import { layerTabs } from './layer-tabs-store.js';
import { readTabs, writeTabs } from './save-tabs.js';

const NAME = 'layer-tabs';
/** After the last change; typing saves once. */
const DELAY_MS = 400;

/** Why something is not kept; undefined = all is. */
export const autosaveProblem: Store<string | undefined> = createStore<string | undefined>(
  undefined,
);

async function save(): Promise<void> {
  const { text, leftOut } = writeTabs(layerTabs.present());
  try {
    await keep(NAME, text);
    autosaveProblem.set(
      leftOut.length === 0
        ? undefined
        : `too large to be kept in this browser: ${leftOut.join(', ')}; export them`,
    );
  } catch {
    autosaveProblem.set('this browser keeps nothing; export what you want to keep');
  }
}

function startSaving(): void {
  let saved = layerTabs.present();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (layerTabs.present() === saved) return;
    saved = layerTabs.present();
    void save();
  };
  layerTabs.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(flush, DELAY_MS);
  });
  addEventListener('pagehide', flush);
}

/** Brings back the tabs that were open in this browser, then keeps every change of them. */
export async function startAutosave(): Promise<void> {
  const kept = await readKept(NAME);
  const tabs = kept === undefined ? undefined : readTabs(kept);
  if (tabs !== undefined) layerTabs.amend(tabs);
  startSaving();
}

import { layerFromFragment } from '../../../src/layers/index.js';
import { formatIssue } from '../../../src/model/index.js';
import { applyAddress, readAddress, writeAddress } from '../layers/address-state.js';
import { layerTabs } from '../layers/layer-tabs-store.js';
import { startAutosave } from '../layers/start-autosave.js';
import { createStore, type Store } from '../state/create-store.js';
import { comparison } from './comparison-state.js';
import { commitOpened, openFromUrl } from './open-layers.js';
import { showTechnique } from './show-technique.js';
import { openTechnique, sidePanel } from './side-state.js';

/** What a link could not open; undefined = nothing. */
export const linkProblem: Store<string | undefined> = createStore<string | undefined>(undefined);

/** Opens the layers of a fragment: `#layer=…` holds one, `#layerURL=…` names addresses. Then takes the fragment away. */
async function openFragment(): Promise<void> {
  const fragment = location.hash.slice(1);
  if (!/(^|&)layer(URL)?=/.test(fragment)) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  const problems: string[] = [];
  if (/(^|&)layer=/.test(fragment)) {
    const { layer, issues } = layerFromFragment(fragment);
    problems.push(...issues.map(formatIssue));
    if (layer !== undefined) commitOpened([layer], `${layer.name} from a link`);
  }
  for (const url of new URLSearchParams(fragment).getAll('layerURL')) {
    try {
      problems.push(...(await openFromUrl(url)));
    } catch (cause) {
      problems.push(`${url}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  linkProblem.set(problems.length === 0 ? undefined : problems.join('\n'));
}

function applyQuery(): void {
  const address = readAddress(location.search);
  layerTabs.amend(applyAddress(layerTabs.present(), address));
  if (address.compare !== undefined) {
    const [beforeId, afterId] = address.compare;
    comparison.set({ beforeId, afterId, higherIsBetter: true });
    sidePanel.set({ kind: 'compare' });
  }
  if (address.cell !== undefined) {
    showTechnique(address.cell);
    openTechnique(address.cell);
  }
}

function writeQuery(): void {
  if (location.pathname !== '/matrix') return;
  const panel = sidePanel.current();
  const compared = comparison.current();
  const shown = {
    cell: panel?.kind === 'technique' ? panel.techniqueId : undefined,
    compare: compared === undefined ? undefined : ([compared.beforeId, compared.afterId] as const),
  };
  const query = writeAddress(layerTabs.present(), shown, location.search);
  if (query === location.search) return;
  history.replaceState(history.state, '', `${location.pathname}${query}${location.hash}`);
}

let isStarted = false;

/** Brings back the tabs of this browser, opens what the address asks for, and keeps the address up to date. */
export async function followAddress(): Promise<void> {
  if (isStarted) {
    applyQuery();
    return;
  }
  isStarted = true;
  await startAutosave();
  applyQuery();
  await openFragment();
  addEventListener('hashchange', () => void openFragment());
  for (const store of [layerTabs, sidePanel, comparison]) store.subscribe(writeQuery);
  writeQuery();
}

import type { ReactNode } from 'react';
import { emptyLayer, safeGradient } from '../../../src/layers/index.js';
import { activeTab, freeTabName, openLayers } from '../layers/edit-tabs.js';
import { layerTabs } from '../layers/layer-tabs-store.js';

/** A new layer of the domain and version in front. */
export function createLayer(): void {
  const state = layerTabs.present();
  const { domain, versions } = activeTab(state).layer;
  const name = freeTabName(state, 'New layer');
  const empty = emptyLayer({ name, domain, attackVersion: versions.attack });
  const layer = { ...empty, gradient: safeGradient(0, 100) };
  layerTabs.commit(`create ${name}`, openLayers(state, [layer]));
}

/** The ways to a new tab. */
export function OpenLayers(): ReactNode {
  return (
    <button type="button" className="button quiet" onClick={createLayer}>
      + New
    </button>
  );
}

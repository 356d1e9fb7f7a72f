import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLayer } from '../../../src/layers/index.js';
import { annotateCells } from './annotate-layer.js';
import { openLayers } from './edit-tabs.js';
import { evidenceTab, type LayerTabs } from './layer-tab.js';
import { MAX_SAVED_CHARS, readTabs, writeTabs } from './save-tabs.js';

const first: LayerTabs = {
  tabs: [evidenceTab('evidence', 'enterprise-attack', '19.1')],
  activeId: 'evidence',
};

describe('tabs kept in the browser', () => {
  it('come back as they were, with layers, filters and selections', () => {
    const empty = emptyLayer({ name: 'Mine', domain: 'enterprise-attack', attackVersion: '19.1' });
    const layer = annotateCells(empty, ['T1059^execution'], { score: 7, comment: 'seen' });
    const opened = openLayers(first, [layer]);
    const tabs = opened.tabs.map((tab) => ({
      ...tab,
      // Written files name the oldest Navigator that reads them.
      layer: { ...tab.layer, versions: { ...tab.layer.versions, navigator: '4.9.0' } },
      filter: 'score>3',
      selection: new Set(['T1059^execution'] as const),
      toggled: new Set(['T1003^credential-access'] as const),
    }));
    const state: LayerTabs = { ...opened, tabs };
    expect(readTabs(writeTabs(state).text)).toEqual(state);
  });

  it('leave out layers for which there is no room, and name them', () => {
    const empty = emptyLayer({ name: 'Huge', domain: 'enterprise-attack', attackVersion: '19.1' });
    const huge = { ...empty, description: 'x'.repeat(MAX_SAVED_CHARS) };
    const saved = writeTabs(openLayers(first, [huge]));
    expect(saved.leftOut).toEqual(['Huge']);
    expect(readTabs(saved.text)?.tabs).toHaveLength(1);
  });

  it('read anything without throwing', () => {
    const shapes = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .array(fc.dictionary(fc.constantFrom('id', 'layer', 'evidence', 'toggled'), fc.jsonValue()))
        .map((tabs) => JSON.stringify({ format: 1, tabs })),
    );
    fc.assert(fc.property(shapes, (text) => void readTabs(text)));
  });
});

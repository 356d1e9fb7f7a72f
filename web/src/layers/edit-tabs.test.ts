import { describe, expect, it } from 'vitest';
import { testLayer } from '../testing/shipped-view.js';
import {
  activateTab,
  activeTab,
  closeTab,
  editLayer,
  freeTabName,
  moveTab,
  openLayers,
} from './edit-tabs.js';
import { evidenceTab, type LayerTabs } from './layer-tab.js';

const first: LayerTabs = {
  tabs: [evidenceTab('evidence', 'enterprise-attack', '19.1')],
  activeId: 'evidence',
};
const three = openLayers(first, [testLayer('A'), testLayer('B')]);
const namesOf = ({ tabs }: LayerTabs) => tabs.map(({ layer }) => layer.name);

describe('the tabs of the matrix', () => {
  it('open layers beside the one in front and bring the first of them to the front', () => {
    expect(namesOf(three)).toEqual(['Evidence', 'A', 'B']);
    expect(activeTab(three).layer.name).toBe('A');
    const more = openLayers(activateTab(three, 'evidence'), [testLayer('C')]);
    expect(namesOf(more)).toEqual(['Evidence', 'C', 'A', 'B']);
  });

  it('hold any number of layers, each with an id of its own', () => {
    const layers = Array.from({ length: 60 }, (_, index) => testLayer(`L${index}`));
    const { tabs } = openLayers(three, layers);
    expect(new Set(tabs.map(({ id }) => id)).size).toBe(63);
  });

  it('close, and bring the next to the front; evidence stays', () => {
    const closed = closeTab(three, three.activeId);
    expect(namesOf(closed)).toEqual(['Evidence', 'B']);
    expect(activeTab(closed).layer.name).toBe('B');
    expect(closeTab(closed, 'evidence')).toBe(closed);
  });

  it('move within their row and not beyond it', () => {
    expect(namesOf(moveTab(three, three.activeId, 1))).toEqual(['Evidence', 'B', 'A']);
    expect(namesOf(moveTab(three, three.activeId, -5))).toEqual(['A', 'Evidence', 'B']);
    expect(moveTab(three, 'evidence', -1)).toBe(three);
  });

  it('are the same object when nothing was changed', () => {
    expect(editLayer(three, three.activeId, (layer) => layer)).toBe(three);
    expect(activateTab(three, 'none')).toBe(three);
  });

  it('find a name that no layer has', () => {
    expect(freeTabName(three, 'A')).toBe('A 2');
    expect(freeTabName(three, 'Z')).toBe('Z');
  });
});

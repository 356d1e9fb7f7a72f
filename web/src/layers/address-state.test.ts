import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLayer } from '../../../src/layers/index.js';
import { applyAddress, readAddress, writeAddress } from './address-state.js';
import { activeTab, openLayers } from './edit-tabs.js';
import { evidenceTab, type LayerTabs } from './layer-tab.js';

const first: LayerTabs = {
  tabs: [evidenceTab('evidence', 'enterprise-attack', '19.1')],
  activeId: 'evidence',
};
const empty = emptyLayer({ name: 'Mine', domain: 'enterprise-attack', attackVersion: '19.1' });
const two = openLayers(first, [empty]);

describe('the address of the matrix', () => {
  it('leads to a cell, a filter, kinds of evidence, a day and a comparison', () => {
    const search =
      '?filter=score%3E50&kinds=observed,intel&until=2026-11-20&cell=t1059.001&compare=evidence,tab-1';
    const address = readAddress(search);
    const tab = activeTab(applyAddress(first, address));
    expect(tab.filter).toBe('score>50');
    expect(tab.evidence).toMatchObject({ kinds: ['observed', 'intel'], until: '2026-11-20' });
    expect(address.cell).toBe('T1059.001');
    expect(address.compare).toEqual(['evidence', 'tab-1']);
  });

  it('brings evidence to the front when it says which, and a tab when it names one', () => {
    expect(applyAddress(two, readAddress('?kinds=intel')).activeId).toBe('evidence');
    expect(applyAddress(first, readAddress('?tab=tab-1')).activeId).toBe('evidence');
    expect(applyAddress(two, readAddress('?tab=tab-1')).activeId).toBe('tab-1');
  });

  it('says nothing of a view that is as it is at first', () => {
    expect(writeAddress(first, { cell: undefined, compare: undefined }, '')).toBe('');
  });

  it('keeps words that are not its own', () => {
    const query = writeAddress(first, { cell: 'T1003', compare: undefined }, '?embed=1');
    expect(query).toBe('?embed=1&cell=T1003');
  });

  it('reads back what it writes', () => {
    const filters = fc.string();
    const days = fc.constantFrom(undefined, '2026-01-31');
    fc.assert(
      fc.property(filters, days, (filter, until) => {
        const state = applyAddress(first, { ...readAddress(''), filter, scope: { until } });
        const query = writeAddress(state, { cell: undefined, compare: undefined }, '');
        const tab = activeTab(applyAddress(first, readAddress(query)));
        return tab.filter === filter && tab.evidence?.until === until;
      }),
    );
  });

  it('reads any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void applyAddress(two, readAddress(text))));
  });
});

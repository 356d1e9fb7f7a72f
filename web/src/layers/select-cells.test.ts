import { describe, expect, it } from 'vitest';
import { testLayer, testView } from '../testing/shipped-view.js';
import { annotateCells } from './annotate-layer.js';
import type { CellKey } from './layer-tab.js';
import {
  cellsInTactic,
  cellsOf,
  cellsOfTechniques,
  choiceOf,
  selectCells,
  withBehaviour,
} from './select-cells.js';

const view = testView();
const sorted = (cells: ReadonlySet<CellKey>) => [...cells].sort();
const behaviour = {
  selectTechniquesAcrossTactics: false,
  selectSubtechniquesWithParent: false,
  selectVisibleTechniques: false,
};

describe('withBehaviour', () => {
  it('selects a technique in all its tactics when the layer says so', () => {
    const chosen: CellKey[] = ['T1078^persistence'];
    expect(sorted(withBehaviour(view, chosen, behaviour))).toEqual(chosen);
    const across = { ...behaviour, selectTechniquesAcrossTactics: true };
    expect(sorted(withBehaviour(view, chosen, across))).toEqual([
      'T1078^initial-access',
      'T1078^persistence',
      'T1078^privilege-escalation',
      'T1078^stealth',
    ]);
  });

  it('selects sub-techniques with their technique when the layer says so', () => {
    const withSubs = { ...behaviour, selectSubtechniquesWithParent: true };
    const cells = withBehaviour(view, ['T1003^credential-access'], withSubs);
    expect(cells.size).toBe(9);
    expect(cells.has('T1003.001^credential-access')).toBe(true);
  });

  it('selects what the filters show only when the layer says so', () => {
    const layer = { ...testLayer(), filters: { platforms: ['macOS'], unknown: {} } };
    const mac = testView({ ...layer, selectVisibleTechniques: true });
    const visible = { ...behaviour, selectVisibleTechniques: true };
    const all = cellsOf(mac).map(({ key }) => key);
    const shown = withBehaviour(mac, all, visible);
    expect(shown.size).toBeLessThan(all.length / 2);
    expect(shown.has('T1547.001^persistence')).toBe(false);
    expect(choiceOf(mac, 'all', new Set())).toEqual(shown);
  });
});

describe('selectCells', () => {
  const cells = new Set<CellKey>(['T1003^credential-access']);
  const other = new Set<CellKey>(['T1059^execution']);

  it('replaces, adds, removes and toggles', () => {
    expect(selectCells(other, cells, 'replace')).toEqual(cells);
    expect(selectCells(other, cells, 'add').size).toBe(2);
    expect(selectCells(cells, cells, 'remove').size).toBe(0);
    expect(selectCells(cells, cells, 'toggle').size).toBe(0);
    expect(selectCells(other, cells, 'toggle').size).toBe(2);
  });

  it('is the same set when nothing changes', () => {
    expect(selectCells(cells, cells, 'add')).toBe(cells);
  });
});

describe('choiceOf', () => {
  const scored = testView(annotateCells(testLayer(), ['T1059^execution'], { score: 1 }));
  const total = cellsOf(scored).length;

  it('selects all, none, the annotated, the others, and the opposite', () => {
    const none = new Set<CellKey>();
    expect(choiceOf(scored, 'all', none).size).toBe(total);
    expect(choiceOf(scored, 'none', none).size).toBe(0);
    expect(sorted(choiceOf(scored, 'annotated', none))).toEqual(['T1059^execution']);
    expect(choiceOf(scored, 'unannotated', none).size).toBe(total - 1);
    expect(choiceOf(scored, 'invert', choiceOf(scored, 'annotated', none)).size).toBe(total - 1);
  });

  it('finds the cells of a tactic and of techniques', () => {
    const impact = cellsInTactic(view, 'impact');
    expect(impact.size).toBeGreaterThan(15);
    expect([...impact].every((key) => key.endsWith('^impact'))).toBe(true);
    expect(cellsOfTechniques(view, new Set(['T1078'])).size).toBe(4);
  });
});

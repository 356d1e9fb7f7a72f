import { describe, expect, it } from 'vitest';
import type { MatrixView } from '../../../src/exporters/index.js';
import type { CellKey } from '../layers/layer-tab.js';
import { testLayer, testView } from '../testing/shipped-view.js';
import { type GridModel, gridModel, hasSameStructure } from './grid-model.js';
import { cellsBetween, moveFocus, typeAhead } from './grid-moves.js';

const all = { isShown: () => true, toggled: new Set<CellKey>() };
const laidOut = (layout: 'side' | 'flat' | 'mini', expanded: 'all' | 'none' = 'none'): MatrixView =>
  testView({
    ...testLayer(),
    layout: { ...testLayer().layout, layout, expandedSubtechniques: expanded },
  });

function placesOf(model: GridModel): readonly string[] {
  return model.rows.flatMap((row) => row.map((cell) => `${cell.row} ${cell.column}`));
}

describe('gridModel', () => {
  it('has 15 tactics and every technique once a tactic', () => {
    const model = gridModel(laidOut('side'), all);
    expect(model.heads).toHaveLength(15);
    expect(model.columnCount).toBe(15);
    expect(model.rows).toHaveLength(34);
    expect(model.byKey.size).toBe(254);
  });

  it.each(['side', 'flat', 'mini'] as const)(
    'puts each cell at a place of its own: %s',
    (layout) => {
      const model = gridModel(laidOut(layout, 'all'), all);
      const places = placesOf(model);
      expect(model.byKey.size).toBe(872);
      expect(new Set(places).size).toBe(places.length);
      const ordered = model.rows.every((row) =>
        row.every((cell, index) => index === 0 || cell.column > (row[index - 1]?.column ?? 0)),
      );
      expect(ordered).toBe(true);
    },
  );

  it('puts sub-techniques beside their technique, which takes as many rows as they do', () => {
    const toggled = new Set<CellKey>(['T1003^credential-access']);
    const model = gridModel(laidOut('side'), { ...all, toggled });
    const parent = model.byKey.get('T1003^credential-access');
    // By name: /etc/passwd and /etc/shadow.
    const first = model.byKey.get('T1003.008^credential-access');
    expect(first).toMatchObject({ row: parent?.row, column: (parent?.column ?? 0) + 1 });
    expect(model.subColumns.size).toBe(1);
    expect(model.columnCount).toBe(16);
  });

  it('keeps a technique whose sub-technique passes, and shows no other', () => {
    const model = gridModel(laidOut('flat', 'all'), {
      ...all,
      isShown: ({ technique }) => technique.attackId === 'T1059.001',
    });
    expect([...model.byKey.keys()]).toEqual(['T1059^execution', 'T1059.001^execution']);
    expect(model.heads).toHaveLength(15);
  });

  it('knows when only looks differ', () => {
    const view = laidOut('side');
    const one = gridModel(view, all);
    expect(hasSameStructure(one, gridModel(laidOut('side'), all))).toBe(true);
    const toggled = new Set<CellKey>(['T1003^credential-access']);
    expect(hasSameStructure(one, gridModel(view, { ...all, toggled }))).toBe(false);
    expect(hasSameStructure(one, gridModel(laidOut('flat'), all))).toBe(false);
  });
});

describe('moveFocus', () => {
  const toggled = new Set<CellKey>(['T1003^credential-access']);
  const model = gridModel(laidOut('side'), { ...all, toggled });
  const cell = (key: string) => ({ kind: 'cell', key: key as CellKey }) as const;

  it('goes up, down, left and right by what is beside', () => {
    const start = cell('T1003^credential-access');
    expect(moveFocus(model, start, 'right')).toEqual(cell('T1003.008^credential-access'));
    const sub = cell('T1003.005^credential-access');
    expect(moveFocus(model, sub, 'up')).toEqual(cell('T1003.008^credential-access'));
    expect(moveFocus(model, sub, 'down')).toEqual(cell('T1003.006^credential-access'));
    const beside = moveFocus(model, sub, 'left');
    expect(beside?.kind === 'cell' && model.byKey.get(beside.key)?.column).toBe(
      model.byKey.get('T1003^credential-access')?.column,
    );
  });

  it('goes from the first cell to the head of its tactic and back', () => {
    const first = model.rows[0]?.[3];
    const focus = cell(first?.key ?? '');
    const head = moveFocus(model, focus, 'up');
    expect(head).toEqual({ kind: 'head', column: first?.column });
    expect(head && moveFocus(model, head, 'down')).toEqual(focus);
    expect(head && moveFocus(model, head, 'right')?.kind).toBe('head');
  });

  it('goes to the ends of a row and of the grid', () => {
    const focus = cell('T1059^execution');
    expect(moveFocus(model, focus, 'start')).toEqual(cell(model.rows[0]?.[0]?.key ?? ''));
    expect(moveFocus(model, focus, 'end')).toEqual(cell(model.rows.at(-1)?.at(-1)?.key ?? ''));
    const row = model.rows[model.byKey.get('T1059^execution')?.row ?? 0] ?? [];
    expect(moveFocus(model, focus, 'row-end')).toEqual(cell(row.at(-1)?.key ?? ''));
  });

  it('reaches every cell by arrows from the first', () => {
    const seen = new Set<CellKey>();
    const open: CellKey[] = [model.rows[0]?.[0]?.key as CellKey];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      for (const move of ['up', 'down', 'left', 'right'] as const) {
        const next = moveFocus(model, cell(key), move);
        if (next?.kind === 'cell') open.push(next.key);
      }
    }
    expect(seen.size).toBe(model.byKey.size);
  });
});

describe('typeAhead and ranges', () => {
  const model = gridModel(laidOut('side'), all);

  it('finds by name or id, goes on with the same letter, and round the end', () => {
    const first = typeAhead(model, undefined, 'p');
    const second = typeAhead(model, first, 'p');
    expect(first).not.toBe(second);
    expect(typeAhead(model, undefined, 'command and')).toBe('T1059^execution');
    expect(typeAhead(model, undefined, 't1486')).toBe('T1486^impact');
    expect(typeAhead(model, undefined, 'no such thing')).toBeUndefined();
  });

  it('selects from one cell to another whichever comes first', () => {
    const range = cellsBetween(model, 'T1059^execution', 'T1106^execution');
    expect(range).toEqual(cellsBetween(model, 'T1106^execution', 'T1059^execution'));
    expect(range.has('T1059^execution') && range.has('T1106^execution')).toBe(true);
    expect(range.size).toBeGreaterThan(2);
  });
});

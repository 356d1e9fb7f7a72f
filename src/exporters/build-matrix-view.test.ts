import { describe, expect, it } from 'vitest';
import { blankLayer, busyLayer, layerEntry } from '../../test/contract/exporter-layers.js';
import { tinyAttack } from '../../test/contract/tiny-attack.js';
import { openShipped } from '../attack/index.js';
import { emptyLayer, type Layer, type LayerTechnique } from '../layers/index.js';
import { buildMatrixView } from './build-matrix-view.js';
import { allCells, drawnCellsOf } from './describe-view.js';
import { JSON_EXPORTER } from './export-json.js';
import type { MatrixCell, MatrixView } from './matrix-view.js';
import { type GivenRenderOptions, resolveRenderOptions } from './render-options.js';

function viewOf(layer: Layer, options: GivenRenderOptions = {}): MatrixView {
  return buildMatrixView(layer, tinyAttack(), resolveRenderOptions(options));
}

function layerOf(techniques: readonly LayerTechnique[], rest: Partial<Layer> = {}): Layer {
  return { ...blankLayer(), techniques, ...rest };
}

function cellOf(view: MatrixView, id: string, tactic?: string): MatrixCell {
  const cell = allCells(view).find(
    (each) => each.technique.attackId === id && (tactic === undefined || each.tactic === tactic),
  );
  if (cell === undefined) throw new Error(`no cell ${id}`);
  return cell;
}

const visibleIds = (view: MatrixView): readonly string[] =>
  allCells(view)
    .filter(({ visible }) => visible)
    .map(({ technique }) => technique.attackId);

const platforms = (...names: readonly string[]): Partial<Layer> => ({
  filters: { platforms: names, unknown: {} },
});

describe('buildMatrixView', () => {
  it('has a column per tactic in matrix order, techniques by name with their sub-techniques', () => {
    const view = viewOf(blankLayer());
    const names = view.columns.map(({ tactic, cells }) => [
      tactic.name,
      cells.map(({ technique, subtechniques }) => [
        technique.attackId,
        ...subtechniques.map((sub) => sub.technique.attackId),
      ]),
    ]);
    expect(names).toEqual([
      ['Initial Access', [['T9004'], ['T9006'], ['T9002']]],
      ['Execution', [['T9001', 'T9001.002', 'T9001.001', 'T9001.003'], ['T9002']]],
      ['Command and Control', [['T9005'], ['T9003', 'T9003.001']]],
    ]);
  });

  it('gives an entry without a tactic to every tactic, one with a tactic to its own', () => {
    const everywhere = viewOf(layerOf([layerEntry('T9002', { score: 7 })]));
    expect(cellOf(everywhere, 'T9002', 'initial-access').score).toBe(7);
    expect(cellOf(everywhere, 'T9002', 'execution').score).toBe(7);
    const once = viewOf(layerOf([layerEntry('T9002', { score: 7, tactic: 'execution' })]));
    expect(cellOf(once, 'T9002', 'initial-access').score).toBeUndefined();
    expect(cellOf(once, 'T9002', 'execution').score).toBe(7);
  });

  it('tells unscored from 0', () => {
    const view = viewOf(layerOf([layerEntry('T9004', { score: 0 }), layerEntry('T9006')]));
    expect(cellOf(view, 'T9004')).toMatchObject({ score: 0, color: '#ff6666', band: 1 });
    expect(cellOf(view, 'T9006')).toMatchObject({ score: undefined, color: undefined });
  });

  it('lets the own colour beat the score, and nothing colour what is disabled', () => {
    const view = viewOf(
      layerOf([
        layerEntry('T9004', { score: 50, color: '#00ff00' }),
        layerEntry('T9006', { score: 50, color: '#00ff00', enabled: false }),
      ]),
    );
    expect(cellOf(view, 'T9004')).toMatchObject({ color: '#00ff00', textColor: '#000000' });
    expect(cellOf(view, 'T9004').band).toBeUndefined();
    expect(cellOf(view, 'T9006')).toMatchObject({ color: undefined, enabled: false, score: 50 });
  });

  it('lays a transparent colour over the page of the theme', () => {
    const layer = layerOf([layerEntry('T9004', { color: '#ff000080' })]);
    expect(cellOf(viewOf(layer), 'T9004').color).toBe('#ff7f7f');
    expect(cellOf(viewOf(layer, { theme: 'dark' }), 'T9004').color).toBe('#8a0c0e');
  });

  it('colours parents by their aggregate where the layer shows aggregates', () => {
    const layer = layerOf([
      layerEntry('T9001', { score: 0 }),
      layerEntry('T9001.001', { score: 100 }),
    ]);
    expect(cellOf(viewOf(layer), 'T9001')).toMatchObject({ aggregateScore: 50, shownScore: 0 });
    const layout = { ...layer.layout, showAggregateScores: true };
    expect(cellOf(viewOf({ ...layer, layout }), 'T9001')).toMatchObject({
      aggregateScore: 50,
      shownScore: 50,
      color: '#ffe766',
    });
  });

  it.each([
    [['Windows'], ['T9004', 'T9006', 'T9002', 'T9001', 'T9001.001', 'T9002', 'T9005']],
    [['macOS'], ['T9001', 'T9001.002', 'T9001.003', 'T9003', 'T9003.001']],
  ])('filters techniques and sub-techniques each by its own platforms: %j', (names, ids) => {
    expect(visibleIds(viewOf(layerOf([], platforms(...names))))).toEqual(ids);
  });

  it('shows a technique that does not match for the sake of a sub-technique that does', () => {
    const view = viewOf(layerOf([], platforms('macOS')));
    expect(cellOf(view, 'T9003')).toMatchObject({ visible: true, matches: false });
  });

  it('hides disabled techniques where the layer does', () => {
    const entries = [layerEntry('T9004', { enabled: false })];
    expect(visibleIds(viewOf(layerOf(entries)))).toContain('T9004');
    expect(visibleIds(viewOf(layerOf(entries, { hideDisabled: true })))).not.toContain('T9004');
  });

  it.each<readonly [Layer['sorting'], readonly string[]]>([
    [0, ['T9004', 'T9006', 'T9002']],
    [1, ['T9002', 'T9006', 'T9004']],
    [2, ['T9004', 'T9002', 'T9006']],
    [3, ['T9006', 'T9002', 'T9004']],
  ])('sorts as the layer asks: %d', (sorting, ids) => {
    const entries = [layerEntry('T9006', { score: 9 }), layerEntry('T9002', { score: 3 })];
    const [column] = viewOf(layerOf(entries, { sorting })).columns;
    expect(column?.cells.map(({ technique }) => technique.attackId)).toEqual(ids);
  });

  it.each<
    readonly [
      GivenRenderOptions['subtechniques'],
      Layer['layout']['expandedSubtechniques'],
      boolean,
      boolean,
    ]
  >([
    ['all', 'none', true, true],
    ['none', 'all', false, false],
    ['annotated', 'none', true, false],
    ['expanded', 'none', false, true],
    ['expanded', 'annotated', true, true],
    ['expanded', 'all', true, true],
  ])(
    'opens sub-techniques: asked %s, layer %s',
    (subtechniques, expandedSubtechniques, first, second) => {
      const layer = layerOf([
        layerEntry('T9001.001', { score: 1 }),
        layerEntry('T9003', { showSubtechniques: true }),
      ]);
      const layout = { ...layer.layout, expandedSubtechniques };
      const view = viewOf({ ...layer, layout }, { subtechniques });
      expect(cellOf(view, 'T9001').expanded).toBe(first);
      expect(cellOf(view, 'T9003').expanded).toBe(second);
      const drawn: readonly string[] = view.columns
        .flatMap(drawnCellsOf)
        .map(({ technique }) => technique.attackId);
      expect(drawn.includes('T9001.001')).toBe(first);
    },
  );

  it('keeps every entry that has no cell, with the reason', () => {
    const view = viewOf(
      layerOf([
        layerEntry('T9004', { score: 1 }),
        layerEntry('T9004', { score: 2 }),
        layerEntry('T9008'),
        layerEntry('T9009'),
        layerEntry('T0000'),
        layerEntry('TA9001'),
        layerEntry('T9005', { tactic: 'execution' }),
      ]),
    );
    expect(view.undrawn.map(({ entry, reason }) => [entry.techniqueId, reason])).toEqual([
      ['T9004', 'repeated, another entry of the layer counts'],
      ['T9008', 'revoked, now T9004'],
      ['T9009', 'deprecated'],
      ['T0000', 'unknown in v99.1'],
      ['TA9001', 'unknown in v99.1'],
      ['T9005', 'no technique of that tactic in v99.1'],
    ]);
    expect(view.issues).toHaveLength(6);
    expect(view.issues[1]).toEqual({
      kind: 'issue',
      code: 'ENTRY_NOT_DRAWN',
      message: 'T9008 is not drawn: revoked, now T9004',
      at: { path: 'techniques[2]' },
    });
  });

  it('reports a hundred of many, and how many more there are', () => {
    const entries = Array.from({ length: 250 }, (_, index) => layerEntry(`T0${index + 100}`));
    const view = viewOf(layerOf(entries));
    expect(view.undrawn).toHaveLength(250);
    expect(view.issues).toHaveLength(101);
    expect(view.issues.at(-1)?.message).toBe('150 more entries of the layer are not drawn');
  });

  it('refuses a layer of another domain', () => {
    const layer: Layer = { ...blankLayer(), domain: 'mobile-attack' };
    expect(() => viewOf(layer)).toThrow(
      'the layer is of mobile-attack, the knowledge base of enterprise-attack',
    );
  });

  it.each(['enterprise-attack', 'mobile-attack', 'ics-attack'] as const)(
    'has a cell for every active technique of %s',
    (domain) => {
      const knowledgeBase = openShipped({ domain });
      const layer = emptyLayer({ name: '', domain, attackVersion: undefined });
      const view = buildMatrixView(layer, knowledgeBase, resolveRenderOptions({}));
      const shown = new Set<string>(allCells(view).map(({ technique }) => technique.attackId));
      const techniques = knowledgeBase.ofKind('technique').map(({ attackId }) => attackId);
      expect(techniques.filter((attackId) => !shown.has(attackId))).toEqual([]);
    },
  );
});

describe('JSON of the visible part', () => {
  it('leaves out what the filters hide, and says what is in no cell', () => {
    const layer = { ...busyLayer(), ...platforms('macOS') };
    const input = { layer, knowledgeBase: tinyAttack() };
    const idsOf = (options: GivenRenderOptions): readonly string[] => {
      const rendering = JSON_EXPORTER.render({ ...input, options });
      if (rendering instanceof Promise) throw new Error('expected text at once');
      const written = JSON.parse(String(rendering.content)) as {
        techniques: readonly { techniqueID: string }[];
      };
      expect(rendering.issues).toHaveLength(3);
      return written.techniques.map(({ techniqueID }) => techniqueID);
    };
    expect(idsOf({})).toHaveLength(layer.techniques.length);
    expect(idsOf({ visibleOnly: true })).toEqual([
      'T9001',
      'T9001.002',
      'T9001.003',
      'T9003',
      'T9003.001',
    ]);
  });
});

import { type ReactNode, useCallback, useMemo } from 'react';
import type { KnowledgeBase } from '../../../src/attack/lookup.js';
import {
  buildMatrixView,
  type MatrixCell,
  resolveRenderOptions,
} from '../../../src/exporters/index.js';
import type { Layer, LayerChangeKind } from '../../../src/layers/index.js';
import { CHANGE_WORDS } from '../layers/diff-layer.js';
import { type CellKey, cellKey, splitCellKey } from '../layers/layer-tab.js';
import { useColorScheme } from '../shell/theme.js';
import { type CellLook, cellLook } from './cell-look.js';
import type { GridCell } from './grid-model.js';
import { gridModel } from './grid-model.js';
import { MatrixGrid } from './matrix-grid.js';
import { openTechnique } from './side-state.js';
import type { ComparedLayers } from './use-layer-diff.js';

const NONE: ReadonlySet<CellKey> = new Set();
const nothing = (): void => undefined;

type ChangeOf = (key: CellKey) => LayerChangeKind | undefined;

function changesByCell({ diff }: ComparedLayers): ChangeOf {
  const kinds = new Map<string, LayerChangeKind>();
  for (const { techniqueId, tactic, kind } of diff.changes) {
    kinds.set(tactic === undefined ? techniqueId : `${techniqueId}^${tactic}`, kind);
  }
  return (key) => kinds.get(key) ?? kinds.get(splitCellKey(key).techniqueId);
}

/** Signs of changes in cells: they read without colour. */
const SIGNS: Readonly<Record<LayerChangeKind, string>> = {
  added: '+',
  better: '▲',
  unchanged: '',
  worse: '▼',
  lost: '×',
};

function Side({
  layer,
  title,
  knowledgeBase,
  changeOf,
}: {
  readonly layer: Layer;
  readonly title: string;
  readonly knowledgeBase: KnowledgeBase;
  readonly changeOf: ChangeOf;
}): ReactNode {
  const theme = useColorScheme();
  const model = useMemo(() => {
    const options = resolveRenderOptions({ theme, layout: 'mini', subtechniques: 'all' });
    const layout = { ...layer.layout, showAggregateScores: false };
    const view = buildMatrixView({ ...layer, layout }, knowledgeBase, options);
    const isShown = ({ technique, tactic }: MatrixCell): boolean =>
      changeOf(cellKey(technique.attackId, tactic)) !== undefined;
    return gridModel(view, { isShown, toggled: NONE });
  }, [layer, knowledgeBase, theme, changeOf]);
  const lookOf = useCallback(
    (cell: GridCell): CellLook => {
      const look = cellLook(cell, undefined);
      const change = changeOf(cell.key);
      if (change === undefined) return look;
      return { ...look, score: SIGNS[change], label: `${look.label}, ${CHANGE_WORDS[change]}` };
    },
    [changeOf],
  );
  return (
    <section className="comparison-side">
      <h2>
        {title}: {layer.name}
      </h2>
      <div className="matrix-flags" data-scores data-bars>
        <MatrixGrid
          model={model}
          lookOf={lookOf}
          selection={NONE}
          marked={NONE}
          shownKey={undefined}
          label={`${title}: ${layer.name}`}
          onOpen={(key) => openTechnique(splitCellKey(key).techniqueId)}
          onOpenTactic={nothing}
          onSelect={nothing}
          onSelectAll={nothing}
          onExpand={nothing}
          onMenu={nothing}
          onPoint={nothing}
        />
      </div>
    </section>
  );
}

/** Two layers side by side in the mini layout: what one of them speaks of, each cell with the sign of its change. */
export function ComparisonView({
  compared,
  knowledgeBase,
}: {
  readonly compared: ComparedLayers;
  readonly knowledgeBase: KnowledgeBase;
}): ReactNode {
  const changeOf = useMemo(() => changesByCell(compared), [compared]);
  return (
    <div className="matrix-scroll comparison">
      <Side
        title="Before"
        layer={compared.before}
        knowledgeBase={knowledgeBase}
        changeOf={changeOf}
      />
      <Side
        title="After"
        layer={compared.after}
        knowledgeBase={knowledgeBase}
        changeOf={changeOf}
      />
    </div>
  );
}

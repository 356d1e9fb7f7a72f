import { type ReactNode, useEffect } from 'react';
import type { LayerChange, LayerChangeKind } from '../../../src/layers/index.js';
import { CHANGE_COLORS, CHANGE_WORDS, diffLayer } from '../layers/diff-layer.js';
import { openLayers } from '../layers/edit-tabs.js';
import { layerTabs, useLayerTabs } from '../layers/layer-tabs-store.js';
import { useStore } from '../state/create-store.js';
import { type Comparison, comparison } from './comparison-state.js';
import type { PanelProps } from './panel-props.js';
import { openTechnique } from './side-state.js';
import { type ComparedLayers, useLayerDiff } from './use-layer-diff.js';

const KINDS: readonly LayerChangeKind[] = ['lost', 'worse', 'added', 'better', 'unchanged'];
const MAX_ROWS = 300;

function TabChooser({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}): ReactNode {
  const { tabs } = useLayerTabs();
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {tabs.map((tab) => (
          <option key={tab.id} value={tab.id}>
            {tab.layer.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Changes({ diff }: Pick<ComparedLayers, 'diff'>): ReactNode {
  const rows = KINDS.slice(0, 4)
    .flatMap((kind) => diff.changes.filter((change) => change.kind === kind))
    .slice(0, MAX_ROWS);
  if (rows.length === 0) return <p>Both say the same of every technique.</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">Technique</th>
          <th scope="col">Change</th>
          <th scope="col" className="number">
            Before
          </th>
          <th scope="col" className="number">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((change) => (
          <ChangeRow key={`${change.techniqueId}^${change.tactic ?? ''}`} change={change} />
        ))}
      </tbody>
    </table>
  );
}

function ChangeRow({ change }: { readonly change: LayerChange }): ReactNode {
  const { techniqueId, tactic, kind, scoreBefore, scoreAfter } = change;
  return (
    <tr>
      <td>
        <button type="button" className="link mono" onClick={() => openTechnique(techniqueId)}>
          {techniqueId}
        </button>
        {tactic === undefined ? '' : <span className="muted small"> {tactic}</span>}
      </td>
      <td>
        <span className="swatch" style={{ background: CHANGE_COLORS[kind] }} aria-hidden="true" />{' '}
        {CHANGE_WORDS[kind]}
      </td>
      <td className="number">{scoreBefore ?? '–'}</td>
      <td className="number">{scoreAfter ?? '–'}</td>
    </tr>
  );
}

/** Two layers side by side, and what is new, lost, better and worse. */
export function ComparePanel({ tab, tabView }: PanelProps): ReactNode {
  const { tabs } = useLayerTabs();
  const wanted = useStore(comparison);
  const { data, error } = useLayerDiff(wanted, tabView.knowledgeBase);
  useEffect(() => {
    if (comparison.current() !== undefined) return;
    const other = tabs.find(({ id }) => id !== tab.id) ?? tab;
    comparison.set({ beforeId: other.id, afterId: tab.id, higherIsBetter: true });
  }, [tabs, tab]);
  // The comparison stays as long as its panel is open.
  useEffect(() => {
    return () => comparison.set(undefined);
  }, []);
  if (tabs.length < 2) {
    return <p className="notice">Open, create or duplicate a second layer to compare with.</p>;
  }
  if (wanted === undefined) return null;
  const set = (change: Partial<Comparison>): void => comparison.set({ ...wanted, ...change });
  return (
    <>
      <div className="split">
        <TabChooser
          label="Before"
          value={wanted.beforeId}
          onChange={(beforeId) => set({ beforeId })}
        />
        <TabChooser label="After" value={wanted.afterId} onChange={(afterId) => set({ afterId })} />
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={wanted.higherIsBetter}
          onChange={(event) => set({ higherIsBetter: event.target.checked })}
        />
        A higher score is better
      </label>
      {error === null ? null : (
        <p className="notice bad" role="alert">
          {error.message}
        </p>
      )}
      {data === undefined ? null : (
        <>
          <p className="row" aria-live="polite">
            {KINDS.map((kind) => (
              <span key={kind} className="chip">
                <span className="swatch" style={{ background: CHANGE_COLORS[kind] }} />{' '}
                {data.diff.counts[kind]} {CHANGE_WORDS[kind]}
              </span>
            ))}
          </p>
          <button
            type="button"
            className="button"
            onClick={() =>
              layerTabs.commit(
                'open the comparison as a layer',
                openLayers(layerTabs.present(), [diffLayer(data.before, data.after, data.diff)]),
              )
            }
          >
            Open as a layer
          </button>
          <Changes diff={data.diff} />
        </>
      )}
    </>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import {
  combineLayers,
  type Inheritance,
  layerVariable,
  parseScoreExpression,
} from '../../../src/layers/index.js';
import { isIssue } from '../../../src/model/index.js';
import { freeTabName, openLayers } from '../layers/edit-tabs.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { layerTabs, useLayerTabs } from '../layers/layer-tabs-store.js';
import { toDocument } from '../layers/to-document.js';
import { loadTabLayer } from '../layers/use-tab-view.js';

type Inherited = keyof Inheritance;

/** What is taken over, and whether it can be taken from all layers at once. */
const INHERITED: readonly (readonly [Inherited, string, boolean])[] = [
  ['comments', 'Comments', true],
  ['links', 'Links', true],
  ['metadata', 'Metadata', true],
  ['colors', 'Colours', false],
  ['enabled', 'Enabled or not', false],
  ['gradient', 'Gradient', false],
  ['filters', 'Filters', false],
  ['legend', 'Legend', true],
];

function InheritFields({
  tabs,
  inherit,
  onChange,
}: {
  readonly tabs: readonly LayerTab[];
  readonly inherit: Inheritance;
  readonly onChange: (inherit: Inheritance) => void;
}): ReactNode {
  return (
    <details>
      <summary>Take over from a layer</summary>
      <div className="option-grid">
        {INHERITED.map(([name, label, takesAll]) => (
          <label key={name} className="field">
            <span>{label}</span>
            <select
              value={String(inherit[name] ?? '')}
              onChange={({ target: { value } }) =>
                onChange({
                  ...inherit,
                  [name]: value === '' ? undefined : value === 'all' ? 'all' : Number(value),
                })
              }
            >
              <option value="">none</option>
              {takesAll ? <option value="all">all, each with its name</option> : null}
              {tabs.map((tab, index) => (
                <option key={tab.id} value={index}>
                  {layerVariable(index)}: {tab.layer.name}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </details>
  );
}

/** One layer of several, by an expression over their scores: `max(a, b)`, `a > 50 and not b`. */
export function CombinePanel(): ReactNode {
  const { tabs } = useLayerTabs();
  const client = useQueryClient();
  const [score, setScore] = useState('a + b');
  const [name, setName] = useState('');
  const [inherit, setInherit] = useState<Inheritance>({});
  const [problem, setProblem] = useState<string>();
  const expression = parseScoreExpression(score);
  const fault = isIssue(expression) ? expression.message : undefined;

  const combine = async (): Promise<void> => {
    if (isIssue(expression)) return;
    const layers = await Promise.all(
      tabs.map(async (tab) => toDocument(tab, await loadTabLayer(client, tab))),
    );
    const state = layerTabs.present();
    // Layers of other domains and versions may be open too: only those that are named count.
    const named = layers.map((layer, index) => ({ layer, variable: layerVariable(index) }));
    const used = named.filter(({ variable }) => expression.variables.includes(variable));
    const domain = used[0]?.layer.domain ?? layers[0]?.domain;
    const version = used[0]?.layer.versions.attack;
    const chosen = named.map(({ layer, variable }) =>
      expression.variables.includes(variable)
        ? layer
        : {
            ...layer,
            domain: domain ?? layer.domain,
            versions: { ...layer.versions, attack: version },
          },
    );
    const result = combineLayers({
      layers: chosen,
      expression,
      name: freeTabName(state, name.trim() === '' ? score : name.trim()),
      description: used.map((each) => `${each.variable} = ${each.layer.name}`).join(', '),
      inherit,
    });
    layerTabs.commit('combine layers', openLayers(state, [result.layer]));
    setProblem(result.issues[0]?.message);
  };

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(undefined);
        combine().catch((cause: unknown) =>
          setProblem(cause instanceof Error ? cause.message : String(cause)),
        );
      }}
    >
      <ul className="plain-list">
        {tabs.map((tab, index) => (
          <li key={tab.id}>
            <code>{layerVariable(index)}</code> {tab.layer.name}{' '}
            <span className="muted">{tab.layer.versions.attack}</span>
          </li>
        ))}
      </ul>
      <label className="field">
        <span>Score</span>
        <input
          className="mono"
          value={score}
          spellCheck={false}
          aria-invalid={fault !== undefined}
          aria-describedby="expression-help"
          onChange={(event) => setScore(event.target.value)}
        />
      </label>
      <p id="expression-help" className={fault === undefined ? 'muted small' : 'notice bad'}>
        {fault ??
          'Arithmetic, min max abs round, comparisons (1 or 0), and or not, a ? b : c. Only cells that a layer scored get a score.'}
      </p>
      <label className="field">
        <span>Name of the result</span>
        <input value={name} placeholder={score} onChange={(event) => setName(event.target.value)} />
      </label>
      <InheritFields tabs={tabs} inherit={inherit} onChange={setInherit} />
      {problem === undefined ? null : (
        <p className="notice bad" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="button primary" disabled={fault !== undefined}>
        Combine
      </button>
    </form>
  );
}

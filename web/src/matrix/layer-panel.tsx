import type { ReactNode } from 'react';
import {
  COLOR_BLIND_SAFE_SCALE,
  type Layer,
  type LayerGradient,
  type LayerLink,
  type LayerMetadata,
  NAVIGATOR_GRADIENTS,
} from '../../../src/layers/index.js';
import { commitLayer } from '../layers/layer-tabs-store.js';
import { PairList } from './pair-list.js';
import type { PanelProps } from './panel-props.js';
import { SaveLayer } from './save-layer.js';
import { GradientScale } from './status-bar.js';

const PRESETS: readonly (readonly [string, readonly string[]])[] = [
  ['Colour-blind safe', COLOR_BLIND_SAFE_SCALE],
  ...Object.entries(NAVIGATOR_GRADIENTS),
];

function change(what: string, edit: Partial<Layer>): void {
  commitLayer(what, (layer) => ({ ...layer, ...edit }), what);
}

function changeGradient(what: string, edit: Partial<LayerGradient>): void {
  commitLayer(what, (layer) => ({ ...layer, gradient: { ...layer.gradient, ...edit } }), what);
}

const opaque = (color: string): string =>
  /^#[0-9a-f]{6}/i.test(color) ? color.slice(0, 7) : '#ffffff';

function GradientFields({ gradient }: { readonly gradient: LayerGradient }): ReactNode {
  const { colors, minValue, maxValue } = gradient;
  const setColor = (at: number, color: string): void =>
    changeGradient('change a colour of the gradient', {
      colors: colors.map((each, index) => (index === at ? color : each)),
    });
  const preset = PRESETS.find(([, stops]) => stops.join() === colors.join())?.[0] ?? '';
  return (
    <fieldset>
      <legend>Gradient of scores</legend>
      <GradientScale gradient={gradient} />
      <label className="field">
        <span>Preset</span>
        <select
          value={preset}
          onChange={(event) => {
            const stops = PRESETS.find(([name]) => name === event.target.value)?.[1];
            if (stops !== undefined) changeGradient('choose a gradient', { colors: stops });
          }}
        >
          <option value="">own colours</option>
          {PRESETS.map(([name]) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className="row">
        {colors.map((color, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stops may have the same colour
          <span key={index} className="stop">
            <input
              type="color"
              aria-label={`Colour ${index + 1} of ${colors.length}`}
              value={opaque(color)}
              onChange={(event) => setColor(index, event.target.value)}
            />
            {colors.length > 2 ? (
              <button
                type="button"
                className="button quiet icon"
                aria-label={`Remove colour ${index + 1}`}
                onClick={() =>
                  changeGradient('remove a colour of the gradient', {
                    colors: colors.filter((_, at) => at !== index),
                  })
                }
              >
                ×
              </button>
            ) : null}
          </span>
        ))}
        <button
          type="button"
          className="button"
          onClick={() =>
            changeGradient('add a colour to the gradient', {
              colors: [...colors, colors.at(-1) ?? '#ffffff'],
            })
          }
        >
          Add a colour
        </button>
      </div>
      <div className="split">
        <NumberField
          label="Lowest score"
          value={minValue}
          onChange={(value) => changeGradient('change the lowest score', { minValue: value })}
        />
        <NumberField
          label="Highest score"
          value={maxValue}
          onChange={(value) => changeGradient('change the highest score', { maxValue: value })}
        />
      </div>
    </fieldset>
  );
}

function NumberField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="number"
        step="any"
        defaultValue={value}
        key={value}
        onBlur={(event) => {
          const next = event.target.valueAsNumber;
          if (Number.isFinite(next) && next !== value) onChange(next);
        }}
      />
    </label>
  );
}

function Texts({ layer }: { readonly layer: Layer }): ReactNode {
  return (
    <>
      <label className="field">
        <span>Name</span>
        <input
          value={layer.name}
          maxLength={200}
          onChange={(event) => change('rename the layer', { name: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Description</span>
        <textarea
          rows={3}
          value={layer.description}
          onChange={(event) => change('describe the layer', { description: event.target.value })}
        />
      </label>
      <p className="muted small">
        {layer.domain} · ATT&amp;CK {layer.versions.attack ?? 'version not named'} ·{' '}
        {layer.techniques.length} entries
      </p>
    </>
  );
}

function TacticRow({ layer }: { readonly layer: Layer }): ReactNode {
  return (
    <div className="row">
      <label className="check">
        <input
          type="checkbox"
          checked={layer.showTacticRowBackground}
          onChange={(event) =>
            change('colour the row of tactics', { showTacticRowBackground: event.target.checked })
          }
        />
        Colour the row of tactics
      </label>
      <input
        type="color"
        aria-label="Colour of the row of tactics"
        value={opaque(layer.tacticRowBackground)}
        onChange={(event) =>
          change('change the colour of the tactics', { tacticRowBackground: event.target.value })
        }
      />
    </div>
  );
}

/** What a layer says of itself: name, description, gradient, legend, metadata, links; and what cannot be drawn. */
export function LayerPanel({ tab, tabView }: PanelProps): ReactNode {
  const { layer } = tab;
  const undrawn = tabView.view?.undrawn ?? [];
  return (
    <>
      {tab.evidence === undefined ? <SaveLayer tab={tab} tabView={tabView} /> : null}
      <Texts layer={layer} />
      <GradientFields gradient={layer.gradient} />
      <PairList
        legend="Legend"
        names={['Label', '#rrggbb']}
        pairs={layer.legendItems.map(({ label, color }) => [label, color])}
        onChange={(pairs) =>
          change('edit the legend', {
            legendItems: pairs.map((pair) => ({
              label: pair?.[0] ?? '',
              color: pair?.[1] || '#888888',
              unknown: {},
            })),
          })
        }
      />
      <TacticRow layer={layer} />
      <PairList
        legend="Metadata"
        names={['Name', 'Value']}
        pairs={layer.metadata.map((item) =>
          item.kind === 'metadata' ? [item.name, item.value] : undefined,
        )}
        onChange={(pairs) =>
          change('edit the metadata of the layer', {
            metadata: pairs.map(
              (pair): LayerMetadata =>
                pair === undefined
                  ? { kind: 'divider', divider: true, unknown: {} }
                  : { kind: 'metadata', name: pair[0], value: pair[1], unknown: {} },
            ),
          })
        }
      />
      <PairList
        legend="Links"
        names={['Label', 'https://…']}
        pairs={layer.links.map((item) =>
          item.kind === 'link' ? [item.label, item.url] : undefined,
        )}
        onChange={(pairs) =>
          change('edit the links of the layer', {
            links: pairs.map(
              (pair): LayerLink =>
                pair === undefined
                  ? { kind: 'divider', divider: true, unknown: {} }
                  : { kind: 'link', label: pair[0], url: pair[1], unknown: {} },
            ),
          })
        }
      />
      {undrawn.length === 0 ? null : (
        <section className="stack tight">
          <h3>{undrawn.length} entries without a cell</h3>
          <ul className="issue-list">
            {undrawn.slice(0, 100).map(({ entry, reason }) => (
              <li key={`${entry.techniqueId}^${entry.tactic ?? ''}`}>
                {entry.techniqueId}: {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

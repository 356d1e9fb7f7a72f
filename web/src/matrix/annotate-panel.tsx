import { type ReactNode, useState } from 'react';
import type { LayerLink, LayerMetadata } from '../../../src/layers/index.js';
import {
  type Annotation,
  annotateCells,
  type CommonAnnotation,
  clearCells,
  commonAnnotation,
} from '../layers/annotate-layer.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { commitLayer } from '../layers/layer-tabs-store.js';
import { PairList } from './pair-list.js';
import type { PanelProps } from './panel-props.js';

/** Colours to choose from; any other can be made. */
const PRESETS = [
  ...['#e60d0d', '#fc3b3b', '#fc6b6b', '#fca2a2', '#e6550d', '#fd8d3c', '#fdae6b', '#fdd0a2'],
  ...['#e6d60d', '#fce93b', '#fcf26b', '#fcf3a2', '#31a354', '#74c476', '#a1d99b', '#c7e9c0'],
  ...['#3182bd', '#6baed6', '#9ecae1', '#c6dbef', '#756bb1', '#9e9ac8', '#bcbddc', '#dadaeb'],
  ...['#636363', '#969696', '#bdbdbd', '#d9d9d9'],
];

function annotate({ selection }: LayerTab, annotation: Annotation, what: string): void {
  commitLayer(
    `${what} of ${selection.size} ${selection.size === 1 ? 'technique' : 'techniques'}`,
    (layer) => annotateCells(layer, selection, annotation),
    `annotate ${what}`,
  );
}

function ScoreField({
  tab,
  common,
}: {
  readonly tab: LayerTab;
  readonly common: CommonAnnotation;
}): ReactNode {
  const [text, setText] = useState<string>();
  const shown = text ?? (common.score === undefined ? '' : String(common.score));
  const apply = (value: string): void => {
    setText(value);
    const score = value.trim() === '' ? null : Number(value);
    if (score === null || Number.isFinite(score)) annotate(tab, { score }, 'score');
  };
  return (
    <label className="field">
      <span>Score</span>
      <input
        inputMode="decimal"
        value={shown}
        placeholder="unscored"
        onChange={(event) => apply(event.target.value)}
        onBlur={() => setText(undefined)}
      />
    </label>
  );
}

function ColorField({
  tab,
  common,
}: {
  readonly tab: LayerTab;
  readonly common: CommonAnnotation;
}): ReactNode {
  const set = (color: string): void => annotate(tab, { color }, 'colour');
  return (
    <fieldset>
      <legend>Colour: beats the score</legend>
      <div className="presets">
        {PRESETS.map((color) => (
          <button
            key={color}
            type="button"
            className="preset"
            style={{ background: color }}
            aria-label={`Colour ${color}`}
            aria-pressed={common.color === color}
            onClick={() => set(color)}
          />
        ))}
      </div>
      <div className="row">
        <input
          type="color"
          aria-label="Another colour"
          value={/^#[0-9a-f]{6}$/i.test(common.color ?? '') ? common.color : '#888888'}
          onChange={(event) => set(event.target.value)}
        />
        <button type="button" className="button" onClick={() => set('')}>
          By score
        </button>
      </div>
    </fieldset>
  );
}

/** Links and metadata of many cells are edited together only where they are alike. */
function Lists({
  tab,
  common,
}: {
  readonly tab: LayerTab;
  readonly common: CommonAnnotation;
}): ReactNode {
  return (
    <>
      {common.links === undefined ? (
        <p className="muted">The links of the selection differ; select fewer to edit them.</p>
      ) : (
        <PairList
          legend="Links"
          names={['Label', 'https://…']}
          pairs={common.links.map((link) =>
            link.kind === 'link' ? [link.label, link.url] : undefined,
          )}
          onChange={(pairs) => {
            const links = pairs.map(
              (pair): LayerLink =>
                pair === undefined
                  ? { kind: 'divider', divider: true, unknown: {} }
                  : { kind: 'link', label: pair[0], url: pair[1], unknown: {} },
            );
            annotate(tab, { links }, 'links');
          }}
        />
      )}
      {common.metadata === undefined ? (
        <p className="muted">The metadata of the selection differs; select fewer to edit it.</p>
      ) : (
        <PairList
          legend="Metadata"
          names={['Name', 'Value']}
          pairs={common.metadata.map((item) =>
            item.kind === 'metadata' ? [item.name, item.value] : undefined,
          )}
          onChange={(pairs) => {
            const metadata = pairs.map(
              (pair): LayerMetadata =>
                pair === undefined
                  ? { kind: 'divider', divider: true, unknown: {} }
                  : { kind: 'metadata', name: pair[0], value: pair[1], unknown: {} },
            );
            annotate(tab, { metadata }, 'metadata');
          }}
        />
      )}
    </>
  );
}

/** Score, colour, comment, links, metadata and state of the cells that are selected. */
export function AnnotatePanel({ tab }: PanelProps): ReactNode {
  if (tab.evidence !== undefined) {
    return (
      <p className="notice">
        This tab shows evidence, which is reviewed, not painted. Copy it to a layer (More, “Copy to
        a layer to edit”) to score and colour it.
      </p>
    );
  }
  if (tab.selection.size === 0) {
    return (
      <p className="notice">
        Nothing is selected. Press <kbd>Space</kbd> on a cell, <kbd>Ctrl</kbd>-click cells, click a
        tactic, or find techniques of a group or log source under Find.
      </p>
    );
  }
  const { selection } = tab;
  const common = commonAnnotation(tab.layer, selection);
  return (
    <div className="stack" key={[...selection].join()}>
      <p aria-live="polite">{selection.size} selected</p>
      <ScoreField tab={tab} common={common} />
      <ColorField tab={tab} common={common} />
      <label className="field">
        <span>Comment</span>
        <textarea
          rows={3}
          value={common.comment ?? ''}
          placeholder={common.comment === undefined ? 'comments differ; typing replaces all' : ''}
          onChange={(event) => annotate(tab, { comment: event.target.value }, 'comment')}
        />
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={common.enabled ?? true}
          ref={(box) => {
            if (box !== null) box.indeterminate = common.enabled === undefined;
          }}
          onChange={(event) => annotate(tab, { enabled: event.target.checked }, 'state')}
        />
        Enabled
      </label>
      <Lists tab={tab} common={common} />
      <button
        type="button"
        className="button"
        onClick={() =>
          commitLayer(`clear ${selection.size} techniques`, (layer) => clearCells(layer, selection))
        }
      >
        Clear annotations
      </button>
    </div>
  );
}

import { type ReactNode, useEffect } from 'react';
import type { LayerTab } from '../layers/layer-tab.js';
import { layerTabs } from '../layers/layer-tabs-store.js';
import type { TabView } from '../layers/use-tab-view.js';
import { useStore } from '../state/create-store.js';
import { EvidenceBar } from './evidence-bar.js';
import { FilterField } from './filter-field.js';
import { LayerActs } from './layer-acts.js';
import { type SidePanel, sidePanel, togglePanel } from './side-state.js';
import { ViewMenus } from './view-menus.js';

interface ToolbarProps {
  readonly tab: LayerTab;
  readonly tabView: TabView;
}

const TEXT_FIELDS =
  'textarea, [contenteditable], input:not([type=checkbox], [type=radio], [type=range], [type=color], [type=file])';

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches(TEXT_FIELDS);

/** Ctrl+Z and Ctrl+Y (Ctrl+Shift+Z), but for fields, which have their own. */
function useUndoKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTextField(event.target)) return;
      const key = event.key.toLowerCase();
      const redoes = key === 'y' || (key === 'z' && event.shiftKey);
      if (!redoes && key !== 'z') return;
      event.preventDefault();
      if (redoes) layerTabs.redo();
      else layerTabs.undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function UndoButtons(): ReactNode {
  const { past, future } = useStore(layerTabs);
  const last = past.at(-1)?.label;
  const next = future[0]?.label;
  return (
    <>
      <button
        type="button"
        className="button icon"
        aria-label={last === undefined ? 'Undo' : `Undo: ${last}`}
        title={last === undefined ? 'Nothing to undo' : `Undo: ${last} (Ctrl+Z)`}
        disabled={last === undefined}
        onClick={() => layerTabs.undo()}
      >
        ↶
      </button>
      <button
        type="button"
        className="button icon"
        aria-label={next === undefined ? 'Redo' : `Redo: ${next}`}
        title={next === undefined ? 'Nothing to redo' : `Redo: ${next} (Ctrl+Y)`}
        disabled={next === undefined}
        onClick={() => layerTabs.redo()}
      >
        ↷
      </button>
    </>
  );
}

const PANELS: readonly (readonly [Exclude<NonNullable<SidePanel>['kind'], 'technique'>, string])[] =
  [
    ['select', 'Find'],
    ['annotate', 'Annotate'],
    ['layer', 'Layer'],
    ['combine', 'Combine'],
    ['compare', 'Compare'],
  ];

function PanelButtons(): ReactNode {
  const panel = useStore(sidePanel);
  return PANELS.map(([kind, label]) => (
    <button
      key={kind}
      type="button"
      className="button"
      aria-pressed={panel?.kind === kind}
      onClick={() => togglePanel(kind)}
    >
      {label}
    </button>
  ));
}

/** Everything that is done to a layer and its view. */
export function Toolbar({ tab, tabView }: ToolbarProps): ReactNode {
  useUndoKeys();
  return (
    <>
      <div className="toolbar" role="toolbar" aria-label="Matrix">
        <UndoButtons />
        <ViewMenus tab={tab} tabView={tabView} />
        <FilterField tab={tab} />
        <span className="gap" />
        <PanelButtons />
        <LayerActs tab={tab} tabView={tabView} />
      </div>
      <EvidenceBar tab={tab} tabView={tabView} />
    </>
  );
}

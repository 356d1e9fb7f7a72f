import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { activateTab, closeTab, editLayer, moveTab } from '../layers/edit-tabs.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { layerTabs, useLayerTabs } from '../layers/layer-tabs-store.js';
import { OpenLayers } from './open-layers.js';

function activate(id: string): void {
  layerTabs.amend(activateTab(layerTabs.present(), id));
}

function rename(id: string, name: string): void {
  const next = editLayer(layerTabs.present(), id, (layer) => ({ ...layer, name }));
  layerTabs.commit(`rename the layer to ${name}`, next);
}

function close({ id, layer }: LayerTab): void {
  layerTabs.commit(`close ${layer.name}`, closeTab(layerTabs.present(), id));
}

function TabName({
  tab,
  onDone,
}: {
  readonly tab: LayerTab;
  readonly onDone: () => void;
}): ReactNode {
  const [name, setName] = useState(tab.layer.name);
  const finish = (): void => {
    if (name.trim() !== '' && name !== tab.layer.name) rename(tab.id, name.trim());
    onDone();
  };
  return (
    <input
      aria-label="Name of the layer"
      value={name}
      maxLength={200}
      ref={(input) => input?.focus()}
      onChange={(event) => setName(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') onDone();
        event.stopPropagation();
      }}
    />
  );
}

/** The layers as tabs, without limit: arrows go from one to the next, F2 renames, Ctrl+Shift+arrows move, Delete closes. */
export function TabStrip(): ReactNode {
  const { tabs, activeId } = useLayerTabs();
  const [renamed, setRenamed] = useState<string>();
  const list = useRef<HTMLDivElement>(null);

  const focusTab = (id: string | undefined): void => {
    if (id === undefined) return;
    activate(id);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
    );
  };
  const onStep = (event: KeyboardEvent, tab: LayerTab, step: 1 | -1): void => {
    if (event.ctrlKey && event.shiftKey) {
      layerTabs.commit(`move ${tab.layer.name}`, moveTab(layerTabs.present(), tab.id, step));
    } else focusTab(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]?.id);
  };
  const onKeyDown = (event: KeyboardEvent, tab: LayerTab): void => {
    const act = new Map<string, () => void>([
      ['ArrowRight', () => onStep(event, tab, 1)],
      ['ArrowLeft', () => onStep(event, tab, -1)],
      ['Home', () => focusTab(tabs[0]?.id)],
      ['End', () => focusTab(tabs.at(-1)?.id)],
      ['F2', () => tab.evidence === undefined && setRenamed(tab.id)],
      ['Delete', () => close(tab)],
    ]).get(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div className="tab-strip">
      <div role="tablist" aria-label="Layers" className="row tabs" ref={list}>
        {tabs.map((tab) => (
          <span
            key={tab.id}
            className="tab"
            role="presentation"
            data-active={tab.id === activeId || undefined}
          >
            {renamed === tab.id ? (
              <TabName tab={tab} onDone={() => setRenamed(undefined)} />
            ) : (
              <button
                type="button"
                role="tab"
                className="tab-name"
                id={`tab-of-${tab.id}`}
                aria-selected={tab.id === activeId}
                aria-controls="matrix-panel"
                tabIndex={tab.id === activeId ? 0 : -1}
                title={tab.layer.name}
                onClick={() => activate(tab.id)}
                onDoubleClick={() => tab.evidence === undefined && setRenamed(tab.id)}
                onKeyDown={(event) => onKeyDown(event, tab)}
              >
                {tab.layer.name}
              </button>
            )}
          </span>
        ))}
      </div>
      <ClosesActive tabs={tabs} activeId={activeId} />
      <OpenLayers />
    </div>
  );
}

function ClosesActive({
  tabs,
  activeId,
}: {
  readonly tabs: readonly LayerTab[];
  readonly activeId: string;
}): ReactNode {
  const tab = tabs.find(({ id }) => id === activeId);
  if (tab === undefined || tab.evidence !== undefined) return null;
  return (
    <button
      type="button"
      className="button quiet icon tab-close"
      aria-label={`Close ${tab.layer.name}`}
      title="Close this layer (undo brings it back)"
      onClick={() => close(tab)}
    >
      ×
    </button>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import type { TabView } from '../layers/use-tab-view.js';
import { useStore } from '../state/create-store.js';
import { TechniqueDrawer } from '../technique/technique-drawer.js';
import { AnnotatePanel } from './annotate-panel.js';
import { CombinePanel } from './combine-panel.js';
import { ComparePanel } from './compare-panel.js';
import { FindPanel } from './find-panel.js';
import { LayerNotes } from './layer-notes.js';
import { LayerPanel } from './layer-panel.js';
import type { PanelProps } from './panel-props.js';
import { type SidePanel, sidePanel } from './side-state.js';
import { UpgradePanel } from './upgrade-panel.js';

const TITLES: Readonly<Record<Exclude<NonNullable<SidePanel>['kind'], 'technique'>, string>> = {
  select: 'Find and select',
  annotate: 'Annotate the selection',
  layer: 'Layer',
  combine: 'Combine layers',
  compare: 'Compare layers',
  upgrade: 'ATT&CK version of the layer',
};

function panelContent(panel: NonNullable<SidePanel>, props: PanelProps): ReactNode {
  switch (panel.kind) {
    case 'technique':
      return (
        <>
          {props.tab.evidence === undefined ? (
            <LayerNotes layer={props.tab.layer} techniqueId={panel.techniqueId} />
          ) : null}
          <TechniqueDrawer
            techniqueId={panel.techniqueId}
            scope={props.tab.evidence}
            evidenceOf={props.tabView.evidenceOf}
            knowledgeBase={props.tabView.knowledgeBase}
          />
        </>
      );
    case 'select':
      return <FindPanel {...props} />;
    case 'annotate':
      return <AnnotatePanel {...props} />;
    case 'layer':
      return <LayerPanel {...props} />;
    case 'combine':
      return <CombinePanel />;
    case 'compare':
      return <ComparePanel {...props} />;
    case 'upgrade':
      return <UpgradePanel {...props} />;
  }
}

function titleOf(panel: NonNullable<SidePanel>, { knowledgeBase }: TabView): string {
  if (panel.kind !== 'technique') return TITLES[panel.kind];
  const technique = knowledgeBase?.byAttackId.get(panel.techniqueId);
  return `${panel.techniqueId} ${technique?.name ?? ''}`.trim();
}

/** Closes the panel and gives the focus back to the matrix. */
function closePanel(): void {
  sidePanel.set(undefined);
  document.querySelector<HTMLElement>('.matrix [tabindex="0"]')?.focus();
}

/** The panel beside the matrix: a technique, or what is done with layers. Escape closes it. */
export function SidePanels(props: PanelProps): ReactNode {
  const panel = useStore(sidePanel);
  const heading = useRef<HTMLHeadingElement>(null);
  const name =
    panel === undefined ? '' : panel.kind === 'technique' ? panel.techniqueId : panel.kind;
  useEffect(() => {
    if (name !== '') heading.current?.focus();
  }, [name]);
  if (panel === undefined) return null;
  const title = titleOf(panel, props.tabView);
  return (
    <aside
      className="side"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        closePanel();
      }}
    >
      <div className="side-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button
          type="button"
          className="button quiet icon"
          aria-label="Close the panel"
          onClick={closePanel}
        >
          ×
        </button>
      </div>
      <div className="side-body">{panelContent(panel, props)}</div>
    </aside>
  );
}

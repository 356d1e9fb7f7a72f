import { type ReactNode, useRef } from 'react';
import { Menu, Popover } from 'react-aria-components';
import { annotateCells, clearCells } from '../layers/annotate-layer.js';
import { type CellKey, type LayerTab, splitCellKey } from '../layers/layer-tab.js';
import { commitLayer, commitTab } from '../layers/layer-tabs-store.js';
import {
  cellsInTactic,
  cellsOf,
  choiceOf,
  type SelectionChoice,
  selectCells,
} from '../layers/select-cells.js';
import type { TabView } from '../layers/use-tab-view.js';
import { type MenuEntry, menuLines } from '../shell/menu-button.js';
import { commitSelection } from './commit-selection.js';
import { openTechnique, togglePanel } from './side-state.js';

/** A cell, and where on the screen its menu opens. */
export interface CellMenuPlace {
  readonly key: CellKey;
  readonly x: number;
  readonly y: number;
}

interface CellMenuProps {
  readonly place: CellMenuPlace;
  readonly tab: LayerTab;
  readonly tabView: TabView;
  readonly onClose: () => void;
}

const CHOICES: readonly (readonly [SelectionChoice, string])[] = [
  ['all', 'Select all'],
  ['none', 'Select none'],
  ['invert', 'Invert the selection'],
  ['annotated', 'Select annotated'],
  ['unannotated', 'Select unannotated'],
];

/** The wholesale selections, for the menu of a cell and of the toolbar. */
export function selectionEntries({ view }: TabView): readonly MenuEntry[] {
  if (view === undefined) return [];
  return CHOICES.map(([choice, label]) => ({
    kind: 'item',
    id: `choose-${choice}`,
    label,
    onAction: () =>
      commitTab(label.toLowerCase(), (each) => {
        const chosen = choiceOf(view, choice, each.selection);
        return { ...each, selection: selectCells(each.selection, chosen, 'replace') };
      }),
  }));
}

function annotationEntries(tab: LayerTab, key: CellKey): readonly MenuEntry[] {
  if (tab.evidence !== undefined) return [];
  const cells = tab.selection.has(key) ? tab.selection : new Set([key]);
  const what = cells.size === 1 ? splitCellKey(key).techniqueId : `${cells.size} techniques`;
  const act = (id: string, label: string, run: () => void): MenuEntry => ({
    kind: 'item',
    id,
    label: `${label} ${what}`,
    onAction: run,
  });
  return [
    { kind: 'heading', id: 'annotate', label: 'Annotate' },
    act('enable', 'Enable', () =>
      commitLayer(`enable ${what}`, (layer) => annotateCells(layer, cells, { enabled: true })),
    ),
    act('disable', 'Disable', () =>
      commitLayer(`disable ${what}`, (layer) => annotateCells(layer, cells, { enabled: false })),
    ),
    act('clear', 'Clear', () => commitLayer(`clear ${what}`, (layer) => clearCells(layer, cells))),
  ];
}

/** Address of a technique at MITRE: `T1059.001` → techniques/T1059/001. */
function mitreAddress(techniqueId: string): string {
  return `https://attack.mitre.org/techniques/${techniqueId.replace('.', '/')}`;
}

const openSite = (url: string): void => void window.open(url, '_blank', 'noopener,noreferrer');

const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

function linkEntries({ key }: CellMenuPlace, { view }: TabView): readonly MenuEntry[] {
  const { techniqueId } = splitCellKey(key);
  const cells = view === undefined ? [] : cellsOf(view);
  const entry = cells.find((each) => each.key === key)?.cell.entry;
  const links = (entry?.links ?? []).flatMap((link, index): readonly MenuEntry[] =>
    link.kind === 'link' && isWebAddress(link.url)
      ? [
          {
            kind: 'item',
            id: `link-${index}`,
            label: link.label,
            hint: '↗',
            onAction: () => openSite(link.url),
          },
        ]
      : [],
  );
  return [
    { kind: 'separator', id: 'links' },
    ...links,
    {
      kind: 'item',
      id: 'mitre',
      label: 'View at attack.mitre.org',
      hint: '↗',
      onAction: () => openSite(mitreAddress(techniqueId)),
    },
  ];
}

function cellEntries({ place, tab, tabView }: CellMenuProps): readonly MenuEntry[] {
  const { view } = tabView;
  if (view === undefined) return [];
  const { key } = place;
  const { techniqueId, tactic } = splitCellKey(key);
  const select = (label: string, mode: 'replace' | 'add' | 'remove'): MenuEntry => ({
    kind: 'item',
    id: `select-${mode}`,
    label,
    onAction: () => commitSelection(view, new Set([key]), mode),
  });
  const tacticCells = cellsInTactic(view, tactic);
  const inTactic = (id: string, label: string, mode: 'add' | 'remove'): MenuEntry => ({
    kind: 'item',
    id,
    label,
    onAction: () =>
      commitTab(label.toLowerCase(), (each) => ({
        ...each,
        selection: selectCells(each.selection, tacticCells, mode),
      })),
  });
  return [
    {
      kind: 'item',
      id: 'open',
      label: `Open ${techniqueId}`,
      hint: 'Enter',
      onAction: () => openTechnique(techniqueId),
    },
    { kind: 'item', id: 'panel', label: 'Annotate …', onAction: () => togglePanel('annotate') },
    { kind: 'heading', id: 'select', label: 'Select' },
    select('Select only this', 'replace'),
    select('Add to the selection', 'add'),
    select('Remove from the selection', 'remove'),
    ...selectionEntries(tabView),
    inTactic('tactic-all', 'Select all in this tactic', 'add'),
    inTactic('tactic-none', 'Select none in this tactic', 'remove'),
    ...annotationEntries(tab, key),
    ...linkEntries(place, tabView),
  ];
}

/** The menu of a cell, at the pointer or below the cell. */
export function CellMenu(props: CellMenuProps): ReactNode {
  const { place, onClose } = props;
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={anchor}
        aria-hidden="true"
        style={{ position: 'fixed', left: place.x, top: place.y, width: 1, height: 1 }}
      />
      <Popover
        isOpen
        triggerRef={anchor}
        placement="bottom start"
        onOpenChange={(open) => open || onClose()}
      >
        <Menu
          className="menu"
          aria-label={`Menu of ${splitCellKey(place.key).techniqueId}`}
          autoFocus="first"
          onClose={onClose}
        >
          {menuLines(cellEntries(props))}
        </Menu>
      </Popover>
    </>
  );
}

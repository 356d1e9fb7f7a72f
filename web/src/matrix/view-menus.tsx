import type { ReactNode } from 'react';
import type { Layer, LayerSorting } from '../../../src/layers/index.js';
import type { LayerTab } from '../layers/layer-tab.js';
import { commitLayer, commitTab } from '../layers/layer-tabs-store.js';
import type { TabView } from '../layers/use-tab-view.js';
import { MenuButton, type MenuEntry } from '../shell/menu-button.js';
import { useStore } from '../state/create-store.js';
import { selectionEntries } from './cell-menu.js';
import { changeViewSettings, type ViewSettings, viewSettings } from './view-settings.js';

type Layout = Layer['layout'];

const heading = (id: string, label: string): MenuEntry => ({ kind: 'heading', id, label });

/** A setting of the layer's layout as a line of a menu. */
function layoutItem(
  layout: Layout,
  label: string,
  change: Partial<Layout>,
): Extract<MenuEntry, { kind: 'item' }> {
  const isOn = Object.entries(change).every(
    ([name, value]) => layout[name as keyof Layout] === value,
  );
  return {
    kind: 'item',
    id: `layout-${JSON.stringify(change)}`,
    label,
    isOn,
    onAction: () =>
      commitTab(label.toLowerCase(), (tab) => ({
        ...tab,
        toggled: change.expandedSubtechniques === undefined ? tab.toggled : new Set(),
        layer: { ...tab.layer, layout: { ...tab.layer.layout, ...change } },
      })),
  };
}

function flagItem(
  settings: ViewSettings,
  name: keyof ViewSettings,
  label: string,
): Extract<MenuEntry, { kind: 'item' }> {
  return {
    kind: 'item',
    id: name,
    label,
    isOn: settings[name],
    onAction: () => changeViewSettings({ [name]: !settings[name] }),
  };
}

function viewEntries({ layout }: Layer, settings: ViewSettings): readonly MenuEntry[] {
  const flip = (
    name: 'showId' | 'showName' | 'showAggregateScores' | 'countUnscored',
    label: string,
  ) => ({
    ...layoutItem(layout, label, { [name]: !layout[name] }),
    isOn: layout[name],
  });
  return [
    heading('layout', 'Layout'),
    layoutItem(layout, 'Sub-techniques beside', { layout: 'side' }),
    layoutItem(layout, 'Sub-techniques below', { layout: 'flat' }),
    layoutItem(layout, 'Mini', { layout: 'mini' }),
    flagItem(settings, 'asTable', 'Table instead of grid'),
    heading('open', 'Sub-techniques'),
    layoutItem(layout, 'Open all', { expandedSubtechniques: 'all' }),
    layoutItem(layout, 'Open annotated', { expandedSubtechniques: 'annotated' }),
    layoutItem(layout, 'Close all', { expandedSubtechniques: 'none' }),
    heading('cells', 'In the cells'),
    flip('showId', 'IDs'),
    flip('showName', 'Names'),
    flagItem(settings, 'showScores', 'Scores'),
    flagItem(settings, 'showBars', 'Score bars'),
    flagItem(settings, 'hatchUnknown', 'Strokes where nothing is known'),
    heading('aggregate', 'Aggregate scores of techniques'),
    flip('showAggregateScores', 'Show aggregate scores'),
    layoutItem(layout, 'Average', { aggregateFunction: 'average' }),
    layoutItem(layout, 'Lowest', { aggregateFunction: 'min' }),
    layoutItem(layout, 'Highest', { aggregateFunction: 'max' }),
    layoutItem(layout, 'Sum', { aggregateFunction: 'sum' }),
    flip('countUnscored', 'Count unscored as 0'),
  ];
}

const SORTINGS: readonly (readonly [LayerSorting, string])[] = [
  [0, 'Name, A to Z'],
  [1, 'Name, Z to A'],
  [2, 'Score, lowest first'],
  [3, 'Score, highest first'],
];

function sortEntries({ sorting }: Layer): readonly MenuEntry[] {
  return SORTINGS.map(([value, label]) => ({
    kind: 'item',
    id: `sort-${value}`,
    label,
    isOn: sorting === value,
    onAction: () =>
      commitLayer(`sort by ${label.toLowerCase()}`, (layer) => ({ ...layer, sorting: value })),
  }));
}

const BEHAVIOURS = [
  ['selectTechniquesAcrossTactics', 'Techniques in all their tactics'],
  ['selectSubtechniquesWithParent', 'Sub-techniques with their technique'],
  ['selectVisibleTechniques', 'Visible techniques only'],
] as const;

function selectEntries(tab: LayerTab, tabView: TabView): readonly MenuEntry[] {
  const { layer, selection, onlyCells } = tab;
  return [
    {
      kind: 'item',
      id: 'only',
      label: 'Show only the selection',
      isDisabled: selection.size === 0,
      onAction: () =>
        commitTab('show only the selection', (each) => ({ ...each, onlyCells: each.selection })),
    },
    {
      kind: 'item',
      id: 'every',
      label: 'Show all again',
      isDisabled: onlyCells === undefined,
      onAction: () => commitTab('show all again', (each) => ({ ...each, onlyCells: undefined })),
    },
    { kind: 'separator', id: 'line' },
    ...selectionEntries(tabView),
    heading('behaviour', 'Selecting selects'),
    ...BEHAVIOURS.map(
      ([name, label]): MenuEntry => ({
        kind: 'item',
        id: name,
        label,
        isOn: layer[name],
        onAction: () =>
          commitLayer(`select ${label.toLowerCase()}`, (each) => ({
            ...each,
            [name]: !each[name],
          })),
      }),
    ),
  ];
}

interface MenusProps {
  readonly tab: LayerTab;
  readonly tabView: TabView;
}

/** Menus of how the matrix looks, is sorted, and of what is selected. */
export function ViewMenus({ tab, tabView }: MenusProps): ReactNode {
  const settings = useStore(viewSettings);
  return (
    <>
      <MenuButton label="View" entries={viewEntries(tab.layer, settings)} />
      <MenuButton label="Sort" entries={sortEntries(tab.layer)} />
      <MenuButton label="Select" entries={selectEntries(tab, tabView)} />
      <PlatformMenu tab={tab} tabView={tabView} />
    </>
  );
}

function PlatformMenu({ tab, tabView }: MenusProps): ReactNode {
  const { knowledgeBase } = tabView;
  if (knowledgeBase === undefined) return null;
  const known = [
    ...new Set(knowledgeBase.ofKind('technique').flatMap(({ platforms }) => platforms)),
  ].sort((a, b) => a.localeCompare(b, 'en'));
  const { filters, hideDisabled } = tab.layer;
  const chosen = filters.platforms ?? [];
  const set = (label: string, platforms: readonly string[] | undefined): void =>
    commitLayer(label, (layer) => ({ ...layer, filters: { ...layer.filters, platforms } }));
  const toggle = (platform: string): void => {
    const next = chosen.includes(platform)
      ? chosen.filter((each) => each !== platform)
      : [...chosen, platform];
    set(`filter by platform ${platform}`, next.length === 0 ? undefined : next);
  };
  const entries: readonly MenuEntry[] = [
    {
      kind: 'item',
      id: 'all-platforms',
      label: 'All platforms',
      isOn: chosen.length === 0,
      onAction: () => set('show all platforms', undefined),
    },
    heading('some', 'Any of'),
    ...known.map(
      (platform): MenuEntry => ({
        kind: 'item',
        id: platform,
        label: platform,
        isOn: chosen.includes(platform),
        onAction: () => toggle(platform),
      }),
    ),
    { kind: 'separator', id: 'line' },
    {
      kind: 'item',
      id: 'hide-disabled',
      label: 'Hide disabled techniques',
      isOn: hideDisabled,
      onAction: () =>
        commitLayer('hide disabled techniques', (layer) => ({
          ...layer,
          hideDisabled: !layer.hideDisabled,
        })),
    },
  ];
  const count = chosen.length === 0 ? '' : ` (${chosen.length})`;
  return <MenuButton label={`Platforms${count}`} entries={entries} />;
}

import { activateTab, activeTab, editTab } from './edit-tabs.js';
import { EVIDENCE_KINDS, type EvidenceScope, type LayerTabs } from './layer-tab.js';

// `?tab=tab-1&filter=score>50&kinds=observed,intel&until=2026-11-20&cell=T1059.001&compare=evidence,tab-1`

/** The part of an address that says what the matrix shows. */
export interface AddressState {
  readonly tabId: string | undefined;
  readonly filter: string | undefined;
  readonly scope: Partial<EvidenceScope> | undefined;
  /** A technique whose cell is shown and opened. */
  readonly cell: string | undefined;
  /** Two tabs that are compared. */
  readonly compare: readonly [string, string] | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;

const asDay = (text: string | null): string | undefined =>
  text !== null && DAY.test(text) ? text : undefined;

function readScope(words: URLSearchParams): Partial<EvidenceScope> | undefined {
  if (!['kinds', 'since', 'until', 'confidence'].some((name) => words.has(name))) return undefined;
  const named = (words.get('kinds') ?? '').split(',');
  const kinds = EVIDENCE_KINDS.filter((kind) => named.includes(kind));
  const least = Number(words.get('confidence') ?? Number.NaN);
  return {
    ...(kinds.length === 0 ? {} : { kinds }),
    since: asDay(words.get('since')),
    until: asDay(words.get('until')),
    minConfidence: least >= 0 && least <= 1 ? least : undefined,
  };
}

/** Reads a query; what makes no sense is as if it were not there. @param search with or without `?`. */
export function readAddress(search: string): AddressState {
  const words = new URLSearchParams(search);
  const cell = (words.get('cell') ?? '').toUpperCase();
  const [before = '', after = ''] = (words.get('compare') ?? '').split(',');
  return {
    tabId: words.get('tab') ?? undefined,
    filter: words.get('filter') ?? undefined,
    scope: readScope(words),
    cell: TECHNIQUE.test(cell) ? cell : undefined,
    compare: before !== '' && after !== '' ? [before, after] : undefined,
  };
}

/** The tabs as an address asks for them: evidence in front when it names no tab but says what to show. */
export function applyAddress(state: LayerTabs, address: AddressState): LayerTabs {
  const evidence = state.tabs.find((tab) => tab.evidence !== undefined);
  const wantsEvidence = address.scope !== undefined ? evidence?.id : undefined;
  const front = activateTab(state, address.tabId ?? wantsEvidence ?? state.activeId);
  return editTab(front, front.activeId, (tab) => ({
    ...tab,
    filter: address.filter ?? tab.filter,
    evidence:
      tab.evidence === undefined || address.scope === undefined
        ? tab.evidence
        : { ...tab.evidence, ...address.scope },
  }));
}

/** The query that leads back to what is shown; other words of the address stay. */
export function writeAddress(
  state: LayerTabs,
  shown: Pick<AddressState, 'cell' | 'compare'>,
  search: string,
): string {
  const words = new URLSearchParams(search);
  const tab = activeTab(state);
  const { evidence } = tab;
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined || value === '') words.delete(name);
    else words.set(name, value);
  };
  const kinds = evidence?.kinds.join(',');
  set('tab', evidence === undefined ? tab.id : undefined);
  set('filter', tab.filter);
  set('kinds', kinds === 'observed' ? undefined : kinds);
  set('since', evidence?.since);
  set('until', evidence?.until);
  set('confidence', evidence?.minConfidence?.toString());
  set('cell', shown.cell);
  set('compare', shown.compare?.join(','));
  // Commas and ids read better as they are, and addresses may hold them.
  const query = words.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return query === '' ? '' : `?${query}`;
}

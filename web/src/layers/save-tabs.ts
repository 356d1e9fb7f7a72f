import { layerToJson, readLayer } from '../../../src/layers/index.js';
import { isRecord } from '../../../src/model/index.js';
import {
  type CellKey,
  EVIDENCE_KINDS,
  type EvidenceScope,
  type LayerTab,
  type LayerTabs,
} from './layer-tab.js';

/** Version of what is saved; another one is not read. */
const FORMAT = 1;
/** Most that is kept in the browser, in characters; layers beyond it are only in the page. */
export const MAX_SAVED_CHARS = 24 * 1024 * 1024;

/** Tabs as they are kept in the browser. */
export interface SavedTabs {
  readonly text: string;
  /** Names of layers for which there was no room. */
  readonly leftOut: readonly string[];
}

function toSaved(tab: LayerTab): unknown {
  const { id, layer, evidence, filter, toggled, selection, onlyCells } = tab;
  return {
    id,
    layer: layerToJson(layer),
    evidence,
    filter,
    toggled: [...toggled],
    selection: [...selection],
    onlyCells: onlyCells === undefined ? undefined : [...onlyCells],
  };
}

/** Writes tabs as one text; those that would make it too long are left out. */
export function writeTabs({ tabs, activeId }: LayerTabs): SavedTabs {
  const kept: string[] = [];
  const leftOut: string[] = [];
  let length = 0;
  for (const tab of tabs) {
    const text = JSON.stringify(toSaved(tab));
    if (length + text.length > MAX_SAVED_CHARS) leftOut.push(tab.layer.name);
    else {
      kept.push(text);
      length += text.length;
    }
  }
  const head = `{"format":${FORMAT},"activeId":${JSON.stringify(activeId)},"tabs":[`;
  return { text: `${head}${kept.join(',')}]}`, leftOut };
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const keys = (value: unknown): ReadonlySet<CellKey> =>
  new Set(texts(value).filter((text): text is CellKey => text.includes('^')));

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function readScope(value: unknown): EvidenceScope | undefined {
  if (!isRecord(value)) return undefined;
  const kinds = EVIDENCE_KINDS.filter((kind) => texts(value['kinds']).includes(kind));
  const least = value['minConfidence'];
  return {
    kinds: kinds.length === 0 ? ['observed'] : kinds,
    since: text(value['since']),
    until: text(value['until']),
    minConfidence: typeof least === 'number' && least >= 0 && least <= 1 ? least : undefined,
  };
}

function readTab(value: unknown): LayerTab | undefined {
  if (!isRecord(value)) return undefined;
  const { layer } = readLayer(value['layer']);
  const id = text(value['id']);
  if (layer === undefined || id === undefined) return undefined;
  return {
    id,
    layer,
    evidence: readScope(value['evidence']),
    filter: text(value['filter']) ?? '',
    toggled: keys(value['toggled']),
    selection: keys(value['selection']),
    onlyCells: Array.isArray(value['onlyCells']) ? keys(value['onlyCells']) : undefined,
  };
}

/** Reads tabs back; undefined when the text is none, or of another version. */
export function readTabs(saved: string): LayerTabs | undefined {
  let value: unknown;
  try {
    value = JSON.parse(saved);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['format'] !== FORMAT || !Array.isArray(value['tabs'])) {
    return undefined;
  }
  const known = new Set<string>();
  const tabs = value['tabs'].map(readTab).filter((tab): tab is LayerTab => {
    if (tab === undefined || known.has(tab.id)) return false;
    known.add(tab.id);
    return true;
  });
  const [first] = tabs;
  if (first === undefined || !tabs.some(({ evidence }) => evidence !== undefined)) return undefined;
  const activeId = text(value['activeId']) ?? first.id;
  return { tabs, activeId: known.has(activeId) ? activeId : first.id };
}

import { emptyLayer, type Layer, safeGradient } from '../../../src/layers/index.js';
import type { Domain } from '../../../src/model/index.js';
import type { EvidenceKind } from '../../../src/server/api-types.js';

/** A technique under a tactic: `T1059.001^execution`. */
export type CellKey = `${string}^${string}`;

/** Name of a cell. @param tactic shortname. */
export function cellKey(techniqueId: string, tactic: string): CellKey {
  return `${techniqueId}^${tactic}`;
}

/** The parts of a cell's name. */
export function splitCellKey(key: CellKey): {
  readonly techniqueId: string;
  readonly tactic: string;
} {
  const at = key.indexOf('^');
  return { techniqueId: key.slice(0, at), tactic: key.slice(at + 1) };
}

/** Which evidence an evidence tab shows. */
export interface EvidenceScope {
  /** Never empty. */
  readonly kinds: readonly EvidenceKind[];
  /** Days `YYYY-MM-DD`, both in; undefined = no bound. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** 0..1; undefined = the threshold that the model of logs has learned, as `portolan map` takes it. */
  readonly minConfidence: number | undefined;
}

/** One tab of the matrix: a layer, and how it is looked at. */
export interface LayerTab {
  readonly id: string;
  /** undefined = a layer of the user's; otherwise the entries come from the evidence of the workspace. */
  readonly evidence: EvidenceScope | undefined;
  /** Of an evidence tab, everything but its `techniques`. */
  readonly layer: Layer;
  readonly selection: ReadonlySet<CellKey>;
  /** undefined = every cell; else only these are shown. */
  readonly onlyCells: ReadonlySet<CellKey> | undefined;
  /** A filter expression; empty = none. */
  readonly filter: string;
  /** Techniques that are open where the layer has them closed, and closed where it has them open. */
  readonly toggled: ReadonlySet<CellKey>;
}

/** Everything that undo goes back over. */
export interface LayerTabs {
  /** At least one, in the order of the tabs. */
  readonly tabs: readonly LayerTab[];
  readonly activeId: string;
}

export const EVIDENCE_KINDS = ['observed', 'capability', 'exposure', 'intel'] as const;

/** A tab with a layer of the user's. */
export function layerTab(id: string, layer: Layer): LayerTab {
  return {
    id,
    evidence: undefined,
    layer,
    selection: new Set(),
    onlyCells: undefined,
    filter: '',
    toggled: new Set(),
  };
}

/** The tab that shows what the workspace holds. */
export function evidenceTab(id: string, domain: Domain, attackVersion: string): LayerTab {
  const layer = emptyLayer({ name: 'Evidence', domain, attackVersion });
  // Most evidence is of sub-techniques: a technique that is closed shows the highest of them, and says so.
  const layout = { ...layer.layout, showAggregateScores: true, aggregateFunction: 'max' } as const;
  return {
    ...layerTab(id, { ...layer, layout, gradient: safeGradient(0, 100) }),
    evidence: { kinds: ['observed'], since: undefined, until: undefined, minConfidence: undefined },
  };
}

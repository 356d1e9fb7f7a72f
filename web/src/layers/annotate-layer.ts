import {
  indexAnnotations,
  isAnnotated,
  type Layer,
  type LayerLink,
  type LayerMetadata,
  type LayerTechnique,
} from '../../../src/layers/index.js';
import { type CellKey, splitCellKey } from './layer-tab.js';

/** What to set on each cell; what is left out stays. */
export interface Annotation {
  /** null = unscored. */
  readonly score?: number | null;
  /** `#rrggbb`; empty = coloured by score. */
  readonly color?: string;
  readonly comment?: string;
  readonly enabled?: boolean;
  readonly links?: readonly LayerLink[];
  readonly metadata?: readonly LayerMetadata[];
}

/** An entry that says nothing yet. */
export function blankEntry(techniqueId: string, tactic: string | undefined): LayerTechnique {
  return {
    techniqueId,
    tactic,
    comment: '',
    enabled: true,
    score: undefined,
    color: '',
    metadata: [],
    links: [],
    showSubtechniques: false,
    unknown: {},
  };
}

function applied(entry: LayerTechnique, { score, ...rest }: Annotation): LayerTechnique {
  const scored = score === undefined ? entry : { ...entry, score: score ?? undefined };
  return { ...scored, ...rest };
}

/** Whether an entry must be written at all. */
const saysSomething = (entry: LayerTechnique): boolean =>
  isAnnotated(entry) || entry.showSubtechniques || Object.keys(entry.unknown).length > 0;

/**
 * Changes what a layer says of the cells: each gets an entry of its own under its tactic, taken from what the layer said
 * of it before. Entries that say nothing are left out, unless one for all tactics would show through.
 */
function editEntries(
  layer: Layer,
  cells: Iterable<CellKey>,
  change: (entry: LayerTechnique) => LayerTechnique,
): Layer {
  const annotations = indexAnnotations(layer);
  const changed = new Map<CellKey, LayerTechnique>();
  for (const key of cells) {
    const { techniqueId, tactic } = splitCellKey(key);
    const said = annotations.at(techniqueId, tactic) ?? blankEntry(techniqueId, tactic);
    changed.set(key, change({ ...said, tactic }));
  }
  if (changed.size === 0) return layer;
  const isReplaced = ({ techniqueId, tactic }: LayerTechnique): boolean =>
    tactic !== undefined && changed.has(`${techniqueId}^${tactic}`);
  const kept = layer.techniques.filter((entry) => !isReplaced(entry));
  const general = new Set(
    kept.filter(({ tactic }) => tactic === undefined).map(({ techniqueId }) => techniqueId),
  );
  const added = [...changed.values()].filter(
    (entry) => saysSomething(entry) || general.has(entry.techniqueId),
  );
  return { ...layer, techniques: [...kept, ...added] };
}

/** Sets score, colour, comment and so on of cells. */
export function annotateCells(
  layer: Layer,
  cells: Iterable<CellKey>,
  annotation: Annotation,
): Layer {
  return editEntries(layer, cells, (entry) => applied(entry, annotation));
}

/** Takes away everything that a layer says of cells, but for whether they are open. */
export function clearCells(layer: Layer, cells: Iterable<CellKey>): Layer {
  return editEntries(layer, cells, ({ techniqueId, tactic, showSubtechniques }) => ({
    ...blankEntry(techniqueId, tactic),
    showSubtechniques,
  }));
}

/** What all cells say alike; undefined where they differ. */
export interface CommonAnnotation {
  readonly score: number | undefined;
  readonly color: string | undefined;
  readonly comment: string | undefined;
  readonly enabled: boolean | undefined;
  readonly links: readonly LayerLink[] | undefined;
  readonly metadata: readonly LayerMetadata[] | undefined;
}

function common<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  const text = JSON.stringify(first);
  return values.every((value) => JSON.stringify(value) === text) ? first : undefined;
}

/** What a panel shows of the cells that are selected. */
export function commonAnnotation(layer: Layer, cells: Iterable<CellKey>): CommonAnnotation {
  const annotations = indexAnnotations(layer);
  const entries = [...cells].map((key) => {
    const { techniqueId, tactic } = splitCellKey(key);
    return annotations.at(techniqueId, tactic) ?? blankEntry(techniqueId, tactic);
  });
  return {
    score: common(entries.map(({ score }) => score)),
    color: common(entries.map(({ color }) => color)),
    comment: common(entries.map(({ comment }) => comment)),
    enabled: common(entries.map(({ enabled }) => enabled)),
    links: common(entries.map(({ links }) => links)),
    metadata: common(entries.map(({ metadata }) => metadata)),
  };
}

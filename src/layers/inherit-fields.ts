import { AppError } from '../model/index.js';
import type { Layer, LayerLink, LayerMetadata, LayerTechnique } from './layer.js';
import type { LayerCell } from './layer-cells.js';
import { NO_UNKNOWN } from './layer-defaults.js';

/** A layer by its place from 0, or all of them one after the other. */
export type InheritSource = number | 'all';

/** From which layer a combined layer takes what; what is left out is as in an empty layer. */
export interface Inheritance {
  readonly comments?: InheritSource | undefined;
  readonly links?: InheritSource | undefined;
  readonly metadata?: InheritSource | undefined;
  /** Colours set by hand. */
  readonly colors?: number | undefined;
  readonly enabled?: number | undefined;
  /** undefined = made for the range of the results. */
  readonly gradient?: number | undefined;
  readonly filters?: number | undefined;
  readonly legend?: InheritSource | undefined;
}

/** What a combined layer inherits: for the layer as a whole, and cell by cell. */
export interface InheritedFields {
  readonly ofLayer: Partial<Pick<Layer, 'filters' | 'gradient' | 'legendItems'>>;
  ofCell(cell: LayerCell): LayerTechnique;
}

function checkInheritance(inherit: Inheritance, count: number): void {
  for (const [field, from] of Object.entries(inherit)) {
    if (from === undefined || from === 'all') continue;
    if (!Number.isInteger(from) || from < 0 || from >= count) {
      throw new AppError(
        'USAGE',
        `expected ${field} of layer 0 to ${count - 1}, found ${String(from)}`,
      );
    }
  }
}

/** Entries of the chosen layers with the name that marks where they come from; empty for a single layer. */
function chosen(
  cell: LayerCell,
  from: InheritSource | undefined,
  names: readonly string[],
): readonly { readonly entry: LayerTechnique; readonly label: string }[] {
  if (from === undefined) return [];
  return cell.entries.flatMap((entry, index) => {
    if (entry === undefined || (from !== 'all' && from !== index)) return [];
    return [{ entry, label: from === 'all' ? (names[index] ?? '') : '' }];
  });
}

const marked = (label: string, text: string): string => (label === '' ? text : `${label}: ${text}`);

const markLink = (link: LayerLink, label: string): LayerLink =>
  link.kind === 'divider' ? link : { ...link, label: marked(label, link.label) };

const markMetadata = (item: LayerMetadata, label: string): LayerMetadata =>
  item.kind === 'divider' ? item : { ...item, name: marked(label, item.name) };

/**
 * What a combined layer takes over. From `all` layers, each comment, link and metadata is marked with its layer's name.
 *
 * @throws AppError USAGE when a place is of no layer.
 */
export function inheritedFields(layers: readonly Layer[], inherit: Inheritance): InheritedFields {
  checkInheritance(inherit, layers.length);
  const names = layers.map((layer) => layer.name);
  const at = (index: number | undefined): Layer | undefined =>
    index === undefined ? undefined : layers[index];
  const gradient = at(inherit.gradient)?.gradient;
  const filters = at(inherit.filters)?.filters;
  const legendItems =
    inherit.legend === 'all'
      ? layers.flatMap((layer) => layer.legendItems)
      : at(inherit.legend)?.legendItems;
  return {
    ofLayer: {
      ...(gradient === undefined ? {} : { gradient }),
      ...(filters === undefined ? {} : { filters }),
      ...(legendItems === undefined ? {} : { legendItems }),
    },
    ofCell(cell) {
      const comments = chosen(cell, inherit.comments, names).filter(
        ({ entry }) => entry.comment !== '',
      );
      return {
        techniqueId: cell.techniqueId,
        tactic: cell.tactic,
        comment: comments.map(({ entry, label }) => marked(label, entry.comment)).join('\n'),
        enabled: chosen(cell, inherit.enabled, names)[0]?.entry.enabled ?? true,
        score: undefined,
        color: chosen(cell, inherit.colors, names)[0]?.entry.color ?? '',
        metadata: chosen(cell, inherit.metadata, names).flatMap(({ entry, label }) =>
          entry.metadata.map((item) => markMetadata(item, label)),
        ),
        links: chosen(cell, inherit.links, names).flatMap(({ entry, label }) =>
          entry.links.map((link) => markLink(link, label)),
        ),
        showSubtechniques: cell.entries.some((entry) => entry?.showSubtechniques === true),
        unknown: NO_UNKNOWN,
      };
    },
  };
}

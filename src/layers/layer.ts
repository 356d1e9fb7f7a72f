import type { Domain } from '../model/index.js';

/** Fields that the layer format does not know, kept as they were read so that writing loses nothing. */
export type UnknownFields = Readonly<Record<string, unknown>>;

/** A name and a value shown in the tooltip, or a dividing line. */
export type LayerMetadata =
  | {
      readonly kind: 'metadata';
      readonly name: string;
      readonly value: string;
      readonly unknown: UnknownFields;
    }
  | { readonly kind: 'divider'; readonly divider: boolean; readonly unknown: UnknownFields };

/** A link of the context menu, or a dividing line. */
export type LayerLink =
  | {
      readonly kind: 'link';
      readonly label: string;
      readonly url: string;
      readonly unknown: UnknownFields;
    }
  | { readonly kind: 'divider'; readonly divider: boolean; readonly unknown: UnknownFields };

/** What a layer says of one technique, under one tactic or under all of its tactics. */
export interface LayerTechnique {
  /** As the layer writes it; may be an id of another ATT&CK version or of none. */
  readonly techniqueId: string;
  /** Shortname; undefined = every tactic of the technique. */
  readonly tactic: string | undefined;
  readonly comment: string;
  readonly enabled: boolean;
  /** undefined = unscored, which is not 0. */
  readonly score: number | undefined;
  /** `#rrggbb` or `#rrggbbaa`; empty = coloured by score. Beats the score. */
  readonly color: string;
  readonly metadata: readonly LayerMetadata[];
  readonly links: readonly LayerLink[];
  readonly showSubtechniques: boolean;
  readonly unknown: UnknownFields;
}

/** Colours spread evenly from `minValue` to `maxValue`. */
export interface LayerGradient {
  /** At least two, `#rrggbb` or `#rrggbbaa`. */
  readonly colors: readonly string[];
  readonly minValue: number;
  readonly maxValue: number;
  readonly unknown: UnknownFields;
}

export const AGGREGATE_FUNCTIONS = ['average', 'min', 'max', 'sum'] as const;
export type AggregateFunction = (typeof AGGREGATE_FUNCTIONS)[number];

export interface LayerLayout {
  readonly layout: 'side' | 'flat' | 'mini';
  readonly showId: boolean;
  readonly showName: boolean;
  readonly showAggregateScores: boolean;
  /** Whether unscored sub-techniques count as 0. */
  readonly countUnscored: boolean;
  readonly aggregateFunction: AggregateFunction;
  readonly expandedSubtechniques: 'none' | 'annotated' | 'all';
  readonly unknown: UnknownFields;
}

export interface LegendItem {
  readonly label: string;
  readonly color: string;
  readonly unknown: UnknownFields;
}

/** 0 by name A–Z, 1 by name Z–A, 2 by score ascending, 3 by score descending. */
export type LayerSorting = 0 | 1 | 2 | 3;

/** One Navigator layer, of whatever format version, in the terms of format 4.5. */
export interface Layer {
  readonly name: string;
  readonly domain: Domain;
  readonly description: string;
  readonly versions: {
    /** ATT&CK version as the layer labels itself, `18` or `18.1`; undefined when it does not. */
    readonly attack: string | undefined;
    readonly navigator: string | undefined;
    /** Format that was read: `4.5`. */
    readonly layer: string;
    readonly unknown: UnknownFields;
  };
  readonly customDataUrl: string | undefined;
  readonly filters: {
    /** undefined = the layer names none, so every platform shows. */
    readonly platforms: readonly string[] | undefined;
    readonly unknown: UnknownFields;
  };
  readonly sorting: LayerSorting;
  readonly layout: LayerLayout;
  readonly hideDisabled: boolean;
  readonly techniques: readonly LayerTechnique[];
  readonly gradient: LayerGradient;
  readonly legendItems: readonly LegendItem[];
  readonly showTacticRowBackground: boolean;
  readonly tacticRowBackground: string;
  readonly selectTechniquesAcrossTactics: boolean;
  readonly selectSubtechniquesWithParent: boolean;
  readonly selectVisibleTechniques: boolean;
  readonly metadata: readonly LayerMetadata[];
  readonly links: readonly LayerLink[];
  readonly unknown: UnknownFields;
}

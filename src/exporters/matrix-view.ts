import type { KnowledgeBase, Tactic, Technique } from '../attack/lookup.js';
import type { Layer, LayerTechnique } from '../layers/index.js';
import type { Issue } from '../model/index.js';
import type { HexColor } from './drawing/scene.js';

/** One technique under one tactic, with what the layer says of it. */
export interface MatrixCell {
  readonly kind: 'matrix-cell';
  readonly technique: Technique;
  /** Shortname. */
  readonly tactic: string;
  readonly entry: LayerTechnique | undefined;
  readonly score: number | undefined;
  /** Of the technique and its sub-techniques; undefined for sub-techniques and where nothing is scored. */
  readonly aggregateScore: number | undefined;
  /** The number that colours the cell: the aggregate when the layer shows aggregates, else the score. */
  readonly shownScore: number | undefined;
  /** undefined = the layer gives no colour. */
  readonly color: HexColor | undefined;
  /** Reads well on `color`; undefined without one. */
  readonly textColor: HexColor | undefined;
  /** Step of the gradient that `shownScore` falls in, 1..`bands`. */
  readonly band: number | undefined;
  readonly enabled: boolean;
  /** The layer says something of it: a score, colour, comment, link, metadata or that it is disabled. */
  readonly annotated: boolean;
  /** Itself passes the filters of the layer; false and `visible` = it is there for its sub-techniques only. */
  readonly matches: boolean;
  /** Passes the filters of the layer, or holds a sub-technique that does. */
  readonly visible: boolean;
  /** Whether its visible sub-techniques are drawn. */
  readonly expanded: boolean;
  /** All of them, sorted, also the ones that are not visible; empty for sub-techniques. */
  readonly subtechniques: readonly MatrixCell[];
}

/** One tactic with its techniques, sorted as the layer asks. */
export interface MatrixColumn {
  readonly tactic: Tactic;
  readonly cells: readonly MatrixCell[];
}

/** An entry of the layer that no cell shows, and why. */
export interface UndrawnEntry {
  readonly entry: LayerTechnique;
  /** In words for people: `revoked, now T1685`. */
  readonly reason: string;
}

/** A layer laid over one version of ATT&CK: everything that drawings and tables are made from. */
export interface MatrixView {
  readonly kind: 'matrix-view';
  readonly layer: Layer;
  readonly knowledgeBase: KnowledgeBase;
  readonly layout: Layer['layout'];
  readonly columns: readonly MatrixColumn[];
  readonly undrawn: readonly UndrawnEntry[];
  readonly issues: readonly Issue[];
}

import type { Domain } from '../model/index.js';
import type { Layer, LayerGradient, LayerLayout, UnknownFields } from './layer.js';

/** Layer format that is written, and the newest that is read without a remark. */
export const LAYER_FORMAT = '4.5';

/** Oldest Navigator that reads format 4.5; written where a layer names none, since the format wants one. */
export const OLDEST_NAVIGATOR = '4.9.0';

/** No unknown fields; shared, so that a large layer does not hold thousands of empty objects. */
export const NO_UNKNOWN: UnknownFields = Object.freeze({});

/** What a layer without a `layout` has. Source: layer format 4.5. */
export const DEFAULT_LAYOUT: LayerLayout = Object.freeze({
  layout: 'side',
  showId: false,
  showName: true,
  showAggregateScores: false,
  countUnscored: false,
  aggregateFunction: 'average',
  expandedSubtechniques: 'none',
  unknown: NO_UNKNOWN,
});

/** What a layer without a `gradient` has: red to green, 0 to 100. Source: layer format 4.5, Navigator's colours. */
export const DEFAULT_GRADIENT: LayerGradient = Object.freeze({
  colors: Object.freeze(['#ff6666', '#ffe766', '#8ec843']),
  minValue: 0,
  maxValue: 100,
  unknown: NO_UNKNOWN,
});

export const DEFAULT_TACTIC_ROW_BACKGROUND = '#dddddd';

/** A layer that says nothing yet, to build one from. */
export function emptyLayer(options: {
  readonly name: string;
  readonly domain: Domain;
  readonly attackVersion: string | undefined;
}): Layer {
  return {
    name: options.name,
    domain: options.domain,
    description: '',
    versions: {
      attack: options.attackVersion,
      navigator: undefined,
      layer: LAYER_FORMAT,
      unknown: NO_UNKNOWN,
    },
    customDataUrl: undefined,
    filters: { platforms: undefined, unknown: NO_UNKNOWN },
    sorting: 0,
    layout: DEFAULT_LAYOUT,
    hideDisabled: false,
    techniques: [],
    gradient: DEFAULT_GRADIENT,
    legendItems: [],
    showTacticRowBackground: false,
    tacticRowBackground: DEFAULT_TACTIC_ROW_BACKGROUND,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
    selectVisibleTechniques: false,
    metadata: [],
    links: [],
    unknown: NO_UNKNOWN,
  };
}

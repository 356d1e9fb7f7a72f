import type { Layer } from './layer.js';
import { platformFamily } from './platform-family.js';

/** What the filters ask of a technique or sub-technique under one tactic. */
export interface FilteredTechnique {
  readonly platforms: readonly string[];
  /** Whether the layer has it enabled; true when the layer does not speak of it. */
  readonly enabled: boolean;
}

/**
 * Whether a technique has a platform of the filter.
 *
 * Renamed platforms count as one: `Azure AD` finds `Identity Provider`, and the other way round.
 *
 * @param filter undefined or empty = every platform. A technique that names no platform is always in.
 */
export function matchesPlatforms(
  platforms: readonly string[],
  filter: readonly string[] | undefined,
): boolean {
  if (filter === undefined || filter.length === 0 || platforms.length === 0) return true;
  const wanted = new Set(filter.map(platformFamily));
  return platforms.some((platform) => wanted.has(platformFamily(platform)));
}

/** Which of a technique and its sub-techniques the layer shows. */
export interface Visibility {
  /** Itself passes the filters, or one of its sub-techniques is shown. */
  readonly technique: boolean;
  /** The technique itself passes the filters; false = it is there for its sub-techniques only. */
  readonly matches: boolean;
  /** One answer per sub-technique, in their order, each by its own platforms and state. */
  readonly subtechniques: readonly boolean[];
}

/** Applies a layer's platform filter and `hideDisabled` to a technique and its sub-techniques. */
export function visibilityOf(
  layer: Pick<Layer, 'filters' | 'hideDisabled'>,
  technique: FilteredTechnique,
  subtechniques: readonly FilteredTechnique[],
): Visibility {
  const passes = ({ enabled, platforms }: FilteredTechnique): boolean =>
    (enabled || !layer.hideDisabled) && matchesPlatforms(platforms, layer.filters.platforms);
  const shown = subtechniques.map(passes);
  const matches = passes(technique);
  return { technique: matches || shown.includes(true), matches, subtechniques: shown };
}

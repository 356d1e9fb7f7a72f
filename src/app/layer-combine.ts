import {
  combineLayers,
  type Inheritance,
  type Layer,
  parseScoreExpression,
  writeLayer,
} from '../layers/index.js';
import { AppError, formatIssue, type Issue, isIssue } from '../model/index.js';
import { type OpenedLayers, openLayers } from './open-layers.js';
import { openMigrator } from './open-migrator.js';
import { type PlacedLayer, placeLayer } from './place-layer.js';

export interface LayerCombineOptions {
  /** Over a, b, c … in the order of the files and of the layers in them. */
  readonly score?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly inherit?: Inheritance | undefined;
  /** Default: the newest version that any of the layers was made against. */
  readonly attackVersion?: string | undefined;
}

/** Layers of one domain on one version of ATT&CK. */
export interface AlignedLayers {
  readonly placed: readonly PlacedLayer[];
  readonly attackVersion: string;
  readonly issues: readonly Issue[];
}

/**
 * Migrates layers of other versions, so that they can be combined or compared.
 *
 * @throws AppError `USAGE` when they are of several domains.
 */
export function alignLayers(opened: OpenedLayers, attackVersion?: string): AlignedLayers {
  const domains = [...new Set(opened.layers.map(({ layer }) => layer.domain))];
  if (domains.length > 1) {
    throw new AppError('USAGE', `expected layers of one domain, found ${domains.join(' and ')}`);
  }
  const migrator = openMigrator(domains);
  const own = opened.layers.map((each) => placeLayer(each, migrator).knowledgeBase.version);
  const known = migrator.versions(domains[0]);
  const newest = known.findLast((version) => own.includes(version));
  const to = attackVersion ?? newest;
  const placed = opened.layers.map((each) => placeLayer(each, migrator, to));
  const issues = [...opened.issues, ...placed.flatMap((each) => each.issues)];
  return { placed, attackVersion: placed[0]?.knowledgeBase.version ?? '', issues };
}

export interface LayerCombination {
  readonly layer: Layer;
  /** As a 4.5 file. */
  readonly text: string;
  readonly attackVersion: string;
  /** Layers that were migrated, and how many of their entries changed or need a person. */
  readonly migrated: readonly { readonly source: string; readonly steps: PlacedLayer['steps'] }[];
  readonly issues: readonly Issue[];
}

/**
 * Combines the layers of files into one; those of other ATT&CK versions are migrated first.
 *
 * @throws AppError `USAGE` for a score expression that cannot be read (the message names the column), several domains
 * or an unknown layer in the expression; `SOURCE_UNREADABLE`.
 */
export function combineLayerFiles(
  paths: readonly string[],
  options: LayerCombineOptions,
): LayerCombination {
  return combineOpenedLayers(openLayers(paths), options);
}

/**
 * Combines layers that are open; see `combineLayerFiles`.
 *
 * @throws AppError `USAGE`.
 */
export function combineOpenedLayers(
  opened: OpenedLayers,
  options: LayerCombineOptions,
): LayerCombination {
  const expression = options.score === undefined ? undefined : parseScoreExpression(options.score);
  if (isIssue(expression)) throw new AppError('USAGE', formatIssue(expression));
  const { placed, attackVersion, issues } = alignLayers(opened, options.attackVersion);
  const layers = placed.map((each) => each.layer);
  const names = layers.map(({ name }) => name).join(', ');
  const combination = combineLayers({
    layers,
    expression,
    name: options.name ?? `${options.score ?? 'combined'}: ${names}`.slice(0, 200),
    description: options.description,
    inherit: options.inherit,
    knowledgeBase: placed[0]?.knowledgeBase,
  });
  const migrated = placed.filter(({ steps }) => steps.length > 0);
  return {
    layer: combination.layer,
    text: writeLayer(combination.layer, { pretty: true }),
    attackVersion,
    migrated: migrated.map(({ source, steps }) => ({ source, steps })),
    issues: [...issues, ...combination.issues],
  };
}

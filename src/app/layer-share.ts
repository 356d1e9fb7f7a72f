import { type Layer, layerFromFragment, layerToFragment, writeLayer } from '../layers/index.js';
import { AppError, formatIssue, type Issue } from '../model/index.js';
import { leftOutIssues, openLayers } from './open-layers.js';

/**
 * The first layer of a file as a URL fragment that holds all of it.
 *
 * @returns `#layer=…`; nothing is sent anywhere.
 * @throws AppError `SOURCE_UNREADABLE`, `USAGE` when the layer is too large for a link.
 */
export function shareLayer(path: string): {
  readonly fragment: string;
  readonly issues: readonly Issue[];
} {
  const { layers, issues } = openLayers([path]);
  const [first] = layers;
  if (first === undefined)
    throw new AppError('SOURCE_UNREADABLE', `${path}: expected a layer, found none`);
  const fragment = `#${layerToFragment(first.layer)}`;
  return { fragment, issues: [...issues, ...leftOutIssues(layers)] };
}

/**
 * The layer that a fragment, or a URL with one, holds.
 *
 * @throws AppError `SOURCE_UNREADABLE` when it is not whole.
 */
export function openSharedLayer(fragment: string): {
  readonly layer: Layer;
  /** As a 4.5 file. */
  readonly text: string;
  readonly issues: readonly Issue[];
} {
  const { layer, issues } = layerFromFragment(fragment);
  if (layer !== undefined) return { layer, text: writeLayer(layer, { pretty: true }), issues };
  throw new AppError(
    'SOURCE_UNREADABLE',
    issues[0] === undefined ? 'expected the link of a layer, found none' : formatIssue(issues[0]),
  );
}

import { gunzipSync } from 'node:zlib';
import {
  detectLayerVersion,
  type Layer,
  MAX_LAYER_CHARS,
  readLayer,
  readLayers,
  writeLayer,
} from '../layers/index.js';
import { AppError, formatIssue, type Issue } from '../model/index.js';
import type { OpenedLayers } from './open-layers.js';
import { openMigrator } from './open-migrator.js';

/** A layer as the store keeps it. */
export interface StorableLayer {
  readonly layer: Layer;
  readonly name: string;
  readonly domain: Layer['domain'];
  /** The version that its ids show it was made against. */
  readonly attackVersion: string;
  /** Format 4.5. */
  readonly document: string;
}

/**
 * Layers from JSON values, by the names that messages call them.
 *
 * @throws AppError `SOURCE_UNREADABLE` when a value is no layer.
 */
export function openLayerValues(values: readonly (readonly [string, unknown])[]): OpenedLayers {
  const issues: Issue[] = [];
  const layers = values.map(([source, value]) => {
    const reading = readLayer(value, { source });
    issues.push(...reading.issues);
    if (reading.layer !== undefined) return { layer: reading.layer, source };
    throw unreadable(source, reading.issues);
  });
  return { layers, issues };
}

/**
 * Layers from the bytes of a file: JSON, plain or gzip, one layer or a list.
 *
 * @throws AppError `SOURCE_UNREADABLE` when it holds no layer, or is too large.
 */
export function openLayerBytes(bytes: Uint8Array, source: string): OpenedLayers {
  const reading = readLayers(textOf(bytes, source), { source });
  if (reading.layers.length === 0) throw unreadable(source, reading.issues);
  return { layers: reading.layers.map((layer) => ({ layer, source })), issues: reading.issues };
}

function textOf(bytes: Uint8Array, source: string): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  try {
    // The limit is of characters; none of UTF-8 takes more than three bytes for one of UTF-16.
    return gunzipSync(bytes, { maxOutputLength: MAX_LAYER_CHARS * 3 }).toString();
  } catch (cause) {
    throw new AppError(
      'SOURCE_UNREADABLE',
      `${source}: the gzip data is damaged or unpacks to more than ${MAX_LAYER_CHARS} characters`,
      { cause },
    );
  }
}

function unreadable(source: string, [first]: readonly Issue[]): AppError {
  const reason =
    first === undefined ? `${source}: expected a layer, found none` : formatIssue(first);
  return new AppError('SOURCE_UNREADABLE', reason);
}

/** What to store of a layer. */
export function toStorableLayer(layer: Layer): StorableLayer {
  const migrator = openMigrator([layer.domain]);
  const { version } = migrator.nearestVersion(
    detectLayerVersion(layer, migrator).version,
    layer.domain,
  );
  return {
    layer,
    name: layer.name.slice(0, 200) || 'layer',
    domain: layer.domain,
    attackVersion: version,
    document: writeLayer(layer),
  };
}

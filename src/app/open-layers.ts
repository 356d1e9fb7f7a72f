import { readTextFile } from '../attack/index.js';
import { type Layer, readLayers } from '../layers/index.js';
import { AppError, formatIssue, type Issue } from '../model/index.js';

/** A layer and the file that it is from. */
export interface OpenedLayer {
  readonly layer: Layer;
  readonly source: string;
}

export interface OpenedLayers {
  readonly layers: readonly OpenedLayer[];
  readonly issues: readonly Issue[];
}

/**
 * Reads layer files, plain or gzip, each one layer or a list of layers.
 *
 * @throws AppError `SOURCE_UNREADABLE` when a file cannot be read or holds no layer.
 */
export function openLayers(paths: readonly string[]): OpenedLayers {
  const layers: OpenedLayer[] = [];
  const issues: Issue[] = [];
  for (const path of paths) {
    const reading = readLayers(readTextFile(path), { source: path });
    if (reading.layers.length === 0) {
      const [first] = reading.issues;
      const reason =
        first === undefined ? `${path}: expected a layer, found none` : formatIssue(first);
      throw new AppError('SOURCE_UNREADABLE', reason);
    }
    for (const layer of reading.layers) layers.push({ layer, source: path });
    issues.push(...reading.issues);
  }
  return { layers, issues };
}

/** Says of every file that holds more layers than the one that is taken. */
export function leftOutIssues(layers: readonly OpenedLayer[]): readonly Issue[] {
  const counts = new Map<string, number>();
  for (const { source } of layers) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].flatMap(([source, count]) =>
    count === 1
      ? []
      : {
          kind: 'issue',
          code: 'LAYER_LEFT_OUT',
          message: `expected one layer, found ${count}; the first is taken`,
          at: { source },
        },
  );
}

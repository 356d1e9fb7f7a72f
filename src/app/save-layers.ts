import { readTextFile } from '../attack/index.js';
import { type Layer, readLayers, writeLayer } from '../layers/index.js';
import type { Issue } from '../model/index.js';
import type { ImportFile, ImportRecord, LayerRecord, Store } from '../store/index.js';
import { importFilesOf } from './save-import-files.js';

export interface SaveLayersOptions {
  readonly store: Store;
  readonly paths: readonly string[];
  /** For people. Default the paths. */
  readonly name?: string | undefined;
  readonly files?: readonly ImportFile[] | undefined;
  readonly userId?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of saving layers. */
export interface SavedLayers {
  readonly import: ImportRecord;
  readonly layers: readonly LayerRecord[];
}

/**
 * Saves Navigator layers as they are. A layer says how somebody scored techniques; it is no evidence and colours no cell
 * but its own. A file that holds none is an Issue of the import. Files that were imported before add nothing.
 *
 * @throws AppError as the store throws.
 */
export async function saveLayers(options: SaveLayersOptions): Promise<SavedLayers> {
  const { store, paths, userId, signal } = options;
  const found: Layer[] = [];
  const issues: Issue[] = [];
  for (const path of paths) {
    const reading = readFile(path);
    found.push(...reading.layers);
    issues.push(...reading.issues);
  }
  const { import: begun, isKnown } = await store.imports.begin({
    kind: 'layers',
    name: options.name ?? paths.join(', '),
    files: options.files ?? (await importFilesOf(paths)),
    attackVersion: found[0]?.versions.attack ?? '',
    userId,
  });
  const { importId } = begun;
  const layers: LayerRecord[] = [];
  const wanted = isKnown ? [] : found;
  for (const layer of wanted) {
    if (signal?.aborted === true) break;
    layers.push(
      await store.layers.add({
        name: layer.name,
        domain: layer.domain,
        attackVersion: layer.versions.attack ?? '',
        document: writeLayer(layer),
        userId,
        importId,
      }),
    );
  }
  const status = signal?.aborted === true ? 'cancelled' : 'finished';
  const end = { status, records: found.length, issueCount: issues.length, issues } as const;
  return { import: await store.imports.end(importId, end), layers };
}

function readFile(path: string): {
  readonly layers: readonly Layer[];
  readonly issues: readonly Issue[];
} {
  try {
    return readLayers(readTextFile(path), { source: path });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      layers: [],
      issues: [{ kind: 'issue', code: 'FILE_UNREADABLE', message, at: { source: path } }],
    };
  }
}

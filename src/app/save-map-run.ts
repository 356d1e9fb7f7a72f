import type { ImportRecord } from '../store/index.js';
import { mapEvents } from './map-events.js';
import type { MapOptions } from './map-options.js';
import type { MapOutcome } from './map-result.js';
import { importFilesOf } from './save-import-files.js';
import { createMapSaver, type MapSaverOptions } from './save-map-matches.js';

export interface SavedMapRun {
  readonly outcome: MapOutcome;
  readonly import: ImportRecord;
  /** Whether the same files had been imported before. */
  readonly isKnown: boolean;
}

/**
 * `mapEvents`, with every match saved as evidence while it comes. Stopped by `signal` it saves what was found by then.
 *
 * @param target name and files default to those of the paths.
 * @throws AppError as `mapEvents` and the store throw.
 */
export async function saveMapRun(
  options: MapOptions & { readonly attackVersion: string },
  target: Pick<MapSaverOptions, 'store'> &
    Partial<Pick<MapSaverOptions, 'name' | 'files' | 'userId'>>,
): Promise<SavedMapRun> {
  const { store, userId } = target;
  const files = target.files ?? (await importFilesOf(options.paths));
  const saver = await createMapSaver({
    store,
    name: target.name ?? options.paths.join(', '),
    files,
    attackVersion: options.attackVersion,
    userId,
    options: {
      since: options.since,
      until: options.until,
      minLevel: options.minLevel,
      rules: options.rules,
    },
  });
  try {
    const outcome = await mapEvents({ ...options, ...saver.listeners });
    return { outcome, import: await saver.finish(outcome), isKnown: saver.isKnown };
  } catch (error) {
    await saver.fail(error instanceof Error ? error.message : String(error));
    throw error;
  }
}

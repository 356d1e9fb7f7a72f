import { openShipped } from '../attack/index.js';
import type { Issue } from '../model/index.js';
import type { ReportReading } from '../reports/index.js';
import type { ImportRecord, Store } from '../store/index.js';
import type { MapOptions } from './map-options.js';
import { openWorkspace, type WorkspaceOptions } from './open-workspace.js';
import { type SavedMapRun, saveMapRun } from './save-map-run.js';
import { saveReadings } from './save-readings.js';

/** What was saved, and where. */
export interface SavedInWorkspace {
  readonly workspace: string;
  readonly import: ImportRecord;
  /** Entries of portolan.yaml that are not used. */
  readonly issues: readonly Issue[];
}

/**
 * Maps logs and saves the matches in a workspace. The ATT&CK version is the one asked for, else the workspace's.
 *
 * @throws AppError as `openWorkspace` and `mapEvents` throw.
 */
export async function mapIntoWorkspace(
  options: MapOptions,
  place: Pick<WorkspaceOptions, 'folder' | 'store'>,
): Promise<SavedMapRun & SavedInWorkspace> {
  return withWorkspace(place, options.attackVersion, (store, attackVersion) =>
    saveMapRun({ ...options, attackVersion }, { store }),
  );
}

/**
 * Saves what reports say in a workspace.
 *
 * @throws AppError as `openWorkspace` and `saveReadings` throw.
 */
export async function readingsIntoWorkspace(
  readings: readonly ReportReading[],
  place: Pick<WorkspaceOptions, 'folder' | 'store'> & { readonly includeReview: boolean },
): Promise<SavedInWorkspace> {
  return withWorkspace(place, undefined, async (store) => ({
    import: await saveReadings({ store, readings, includeReview: place.includeReview }),
  }));
}

/**
 * Opens a workspace, saves into it, and closes it.
 *
 * @param save is given the ATT&CK version asked for, else the workspace's, else the newest that ships.
 */
async function withWorkspace<T extends { readonly import: ImportRecord }>(
  place: Pick<WorkspaceOptions, 'folder' | 'store'>,
  attackVersion: string | undefined,
  save: (store: Store, attackVersion: string) => Promise<T>,
): Promise<T & SavedInWorkspace> {
  const workspace = await openWorkspace(place);
  try {
    const version = attackVersion ?? workspace.config.attackVersion ?? openShipped().version;
    const saved = await save(workspace.store, version);
    return { ...saved, workspace: workspace.name, issues: workspace.issues };
  } finally {
    await workspace.close();
  }
}

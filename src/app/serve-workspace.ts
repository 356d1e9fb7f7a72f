import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { userFolder } from '../attack/index.js';
import { initWorkspace } from './init-workspace.js';
import { openWorkspace, type Workspace } from './open-workspace.js';
import { findWorkspaceFolder, WORKSPACE_FILE } from './workspace-place.js';

export interface ServeWorkspaceOptions {
  /** Default: the nearest workspace at or above the current folder, else one of the user's own. */
  readonly folder?: string | undefined;
  /** `postgres://…`; default the workspace's own. */
  readonly store?: string | undefined;
  /** Default the current folder. */
  readonly from?: string | undefined;
}

/** A workspace to serve, and whether it was made just now. */
export interface ServedPlace {
  readonly workspace: Workspace;
  readonly isNew: boolean;
}

/**
 * Opens the workspace to serve, and makes it where there is none: in the folder named, else as `workspace` in the user's
 * folder (`PORTOLAN_HOME`).
 *
 * @throws AppError as `openWorkspace` and `initWorkspace`.
 */
export async function openServedWorkspace(options: ServeWorkspaceOptions): Promise<ServedPlace> {
  const { store, from = process.cwd() } = options;
  const folder = options.folder ?? findWorkspaceFolder(from) ?? join(userFolder(), 'workspace');
  const isNew = !existsSync(join(folder, WORKSPACE_FILE));
  if (isNew) await initWorkspace({ folder });
  return { workspace: await openWorkspace({ folder, store }), isNew };
}

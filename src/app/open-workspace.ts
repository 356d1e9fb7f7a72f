import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError, type Issue } from '../model/index.js';
import { openStore, type Store } from '../store/index.js';
import type { WorkspaceConfig } from './workspace-config.js';
import { readWorkspaceConfig } from './workspace-config.js';
import {
  DATABASE_FILE,
  findWorkspaceFolder,
  requireWorkspaceFolder,
  WORKSPACE_FILE,
} from './workspace-place.js';

export interface WorkspaceOptions {
  /** The workspace. Default: the nearest at or above the current folder. */
  readonly folder?: string | undefined;
  /** `postgres://…` or the path of a database file. Default: `PORTOLAN_STORE`, else `store` of portolan.yaml, else the workspace's own. */
  readonly store?: string | undefined;
  /** Default the current folder. */
  readonly from?: string | undefined;
  /** Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  readonly now?: (() => number) | undefined;
}

/** An open workspace: what it is about, and where it keeps what is known. */
export interface Workspace {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly config: WorkspaceConfig;
  /** Entries of portolan.yaml that are not used. */
  readonly issues: readonly Issue[];
  readonly store: Store;
  /** Where another process or thread opens the same store; may hold a password. */
  readonly storePlace: string;
  close(): Promise<void>;
}

/**
 * Opens a workspace with its store, whose schema is brought up to date.
 *
 * @throws AppError `SOURCE_UNREADABLE` without a workspace or with one that cannot be read; `STORE_UNAVAILABLE`,
 *   `STORE_NEWER`, `USAGE`.
 */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const folder = folderOf(options);
  const { config, issues } = readConfigFile(join(folder, WORKSPACE_FILE));
  const storePlace = storePlaceOf(options, { config, folder });
  const store = await openStore(storePlace, { now: options.now });
  return {
    folder,
    name: config.name ?? basename(folder),
    config,
    issues,
    store,
    storePlace,
    close: () => store.close(),
  };
}

function folderOf({ folder, from = process.cwd() }: WorkspaceOptions): string {
  if (folder !== undefined) return requireWorkspaceFolder(folder);
  const found = findWorkspaceFolder(from);
  if (found !== undefined) return found;
  throw new AppError(
    'SOURCE_UNREADABLE',
    `no workspace here or above: make one with portolan init, or name one with --workspace`,
  );
}

function readConfigFile(path: string) {
  try {
    return readWorkspaceConfig(readFileSync(path, 'utf8'), path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}: ${reason}`, { cause });
  }
}

/** An empty option or variable counts as none. */
function storePlaceOf(
  { store, environment = process.env }: WorkspaceOptions,
  { config, folder }: { readonly config: WorkspaceConfig; readonly folder: string },
): string {
  const named = [store, environment['PORTOLAN_STORE'], config.store].find(
    (place) => place !== undefined && place !== '',
  );
  return named ?? join(folder, DATABASE_FILE);
}

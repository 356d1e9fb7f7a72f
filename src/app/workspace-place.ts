import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../model/index.js';

/** The file that makes a folder a workspace. */
export const WORKSPACE_FILE = 'portolan.yaml';
/** The embedded database, beside it. */
export const DATABASE_FILE = 'portolan.db';

/**
 * The workspace that a folder is in: the nearest at or above it, as git finds a repository.
 *
 * @returns undefined when there is none.
 */
export function findWorkspaceFolder(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, WORKSPACE_FILE))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** @throws AppError `SOURCE_UNREADABLE` when the folder is no workspace. */
export function requireWorkspaceFolder(folder: string): string {
  if (existsSync(join(folder, WORKSPACE_FILE))) return resolve(folder);
  throw new AppError(
    'SOURCE_UNREADABLE',
    `${folder} is no workspace: it has no ${WORKSPACE_FILE}; make one with portolan init`,
  );
}

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../model/index.js';
import { MAX_FILE_BYTES, MAX_FILES } from './workspace-backup.js';
import { WORKSPACE_FILE } from './workspace-place.js';

/**
 * The text files of a workspace that a backup holds: portolan.yaml and all below `rules` and `layers`, with `/`, sorted.
 * Links are left out: they lead elsewhere.
 *
 * @throws AppError `SOURCE_UNREADABLE` when there are too many, or one is too large.
 */
export function workspaceFiles(folder: string): readonly string[] {
  const found = [WORKSPACE_FILE];
  for (const name of ['rules', 'layers']) found.push(...filesBelow(folder, name));
  if (found.length > MAX_FILES)
    throw new AppError(
      'SOURCE_UNREADABLE',
      `${folder} has more than ${MAX_FILES} files of rules and layers`,
    );
  return found;
}

function filesBelow(folder: string, name: string): readonly string[] {
  const status = lstatSync(join(folder, name), { throwIfNoEntry: false });
  if (status === undefined || status.isSymbolicLink()) return [];
  if (status.isDirectory())
    return readdirSync(join(folder, name))
      .sort()
      .flatMap((child) => filesBelow(folder, `${name}/${child}`));
  if (!status.isFile()) return [];
  if (status.size <= MAX_FILE_BYTES) return [name];
  throw new AppError(
    'SOURCE_UNREADABLE',
    `${join(folder, name)} is larger than ${MAX_FILE_BYTES} bytes`,
  );
}

const SEGMENT = /^[^/\\:\0]{1,255}$/;

/** Whether a name of a backup is one that `workspaceFiles` gives: none leads out of the workspace. */
export function isWorkspaceFile(name: string): boolean {
  if (name === WORKSPACE_FILE) return true;
  const [first = '', ...rest] = name.split('/');
  if (!['rules', 'layers'].includes(first) || rest.length === 0) return false;
  return rest.every((part) => SEGMENT.test(part) && part !== '.' && part !== '..');
}

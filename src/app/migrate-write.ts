import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../model/index.js';
import { reasonOf } from './migrate-walk.js';

/**
 * Writes a file so that there is always a whole one: beside it first, then in its place. Folders are made; the mode of a file that
 * is replaced stays.
 *
 * @param model file whose mode a new file gets.
 * @throws AppError OUTPUT_UNWRITABLE
 */
export function writeWhole(path: string, text: string, model?: string): void {
  replaceFile(path, (temporary) => {
    writeFileSync(temporary, text, { flag: 'wx' });
    if (model !== undefined) chmodSync(temporary, statSync(model).mode & 0o777);
  });
}

/** Copies a file byte by byte, as `writeWhole` writes one. */
export function copyWhole(source: string, path: string): void {
  replaceFile(path, (temporary) => copyFileSync(source, temporary));
}

function replaceFile(path: string, fill: (temporary: string) => void): void {
  const temporary = join(dirname(path), `.portolan-${process.pid}-${Date.now()}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    fill(temporary);
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined) chmodSync(temporary, mode & 0o777);
    renameSync(temporary, path);
  } catch (cause) {
    removeQuietly(temporary);
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reasonOf(cause)}`, { cause });
  }
}

/** The reason why writing failed is worth more than the one why tidying up did. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing was written: the folder itself is not there.
  }
}

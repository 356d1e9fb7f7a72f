import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../model/index.js';
import { reasonOf } from './migrate-walk.js';

/**
 * Writes a whole file, or leaves what was there: first beside it, then into its place.
 *
 * @throws AppError `OUTPUT_UNWRITABLE`.
 */
export function writeOutput(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    if (existsSync(temporary)) rmSync(temporary, { force: true });
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reasonOf(cause)}`, { cause });
  }
}

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../model/index.js';
import { PACK_FILE, type RulePackSource } from './rules-installed.js';

/**
 * Writes a pack: its files into a folder of their own, then the one small file that names it, so that at no moment half a pack
 * is there. What was there before goes last.
 *
 * @throws AppError `OUTPUT_UNWRITABLE`; what was there before is kept.
 */
export async function storePack(
  folder: string,
  pack: RulePackSource,
  files: ReadonlyMap<string, string>,
): Promise<{ readonly folder: string; readonly replaced: boolean }> {
  const generation = join(folder, pack.generation);
  const replaced = existsSync(join(folder, PACK_FILE));
  try {
    const made = new Set<string>();
    for (const [name, text] of files) {
      const path = join(generation, name);
      const parent = dirname(path);
      if (!made.has(parent)) await mkdir(parent, { recursive: true });
      made.add(parent);
      await writeFile(path, text, { flag: 'wx' });
    }
    const beside = join(folder, `${pack.generation}.part`);
    await writeFile(beside, `${JSON.stringify(pack, null, 2)}\n`);
    await rename(beside, join(folder, PACK_FILE));
  } catch (error) {
    await rm(generation, { recursive: true, force: true }).catch(() => undefined);
    throw unwritable(folder, error);
  }
  await dropOthers(folder, pack.generation);
  return { folder: generation, replaced };
}

/** Generations that no `source.json` names any more. */
async function dropOthers(folder: string, generation: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name !== PACK_FILE && name !== generation)
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
}

/**
 * Removes a pack; first the file that names it, so that what is left over by a crash is no pack.
 *
 * @throws AppError `OUTPUT_UNWRITABLE`.
 */
export async function deletePack(folder: string): Promise<void> {
  try {
    await rm(join(folder, PACK_FILE), { force: true });
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(folder: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return new AppError('OUTPUT_UNWRITABLE', `cannot write to ${folder}: ${code}`, { cause });
}

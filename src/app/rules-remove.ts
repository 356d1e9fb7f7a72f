import { join } from 'node:path';
import { AppError } from '../model/index.js';
import { type InstalledPack, listPacks, packsFolder } from './rules-installed.js';
import { deletePack } from './rules-store.js';

/**
 * Removes an installed pack of rules.
 *
 * @returns what was there.
 * @throws AppError `NOT_FOUND` when there is none of this name; `OUTPUT_UNWRITABLE`.
 */
export async function removeRules(name: string, userFolder: string): Promise<InstalledPack> {
  const packs = listPacks(userFolder);
  const pack = packs.find((one) => one.name === name);
  if (pack === undefined) {
    const known = packs.map((one) => one.name).join(', ') || 'none';
    throw new AppError(
      'NOT_FOUND',
      `expected an installed pack (${known}), found ${JSON.stringify(name.slice(0, 60))}`,
    );
  }
  await deletePack(join(packsFolder(userFolder), pack.name));
  return pack;
}

import { type InstalledPack, listPacks } from './rules-installed.js';

/** The packs of rules that are installed, by name; also those that are damaged. */
export function listRules(userFolder: string): readonly InstalledPack[] {
  return listPacks(userFolder);
}

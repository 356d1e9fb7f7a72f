import { listVersions as list, type VersionEntry } from '../attack/index.js';

/** Every version of ATT&CK that can be opened, shipped and installed. */
export function listVersions(): readonly VersionEntry[] {
  return list();
}

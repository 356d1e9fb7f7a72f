import type { InstalledVersion } from '../attack/bundles.js';
import { safeText } from './safe-text.js';

/** A bundle that is in place now, and what opens by default beside it. */
export interface InstalledBundle {
  readonly bundle: InstalledVersion;
  readonly folder: string;
  readonly defaultVersion: string | undefined;
}

/** `installed enterprise 18.1: 691 techniques, 4721 objects, in /home/…`, and how to open it where that is needed. */
export function installedLine({ bundle, folder, defaultVersion }: InstalledBundle): string {
  const { domain, version, techniqueCount, objectCount } = bundle;
  const name = `${domain.replace('-attack', '')} ${version}`;
  const line = `installed ${name}: ${techniqueCount} techniques, ${objectCount} objects, in ${folder}`;
  if (defaultVersion === version) return `${safeText(line)}\n`;
  const note = `${defaultVersion ?? 'nothing'} stays what opens by default; this one opens with --attack-version ${version}`;
  return `${safeText(line)}\n  ${safeText(note)}\n`;
}

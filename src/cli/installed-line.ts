import type { InstalledVersion } from '../attack/bundles.js';
import { safeText } from './safe-text.js';

/** A bundle that is in place now, and what opens by default beside it. */
export interface InstalledBundle {
  readonly bundle: InstalledVersion;
  readonly folder: string;
  readonly defaultVersion: string | undefined;
  readonly issues: readonly unknown[];
}

/** `installed enterprise 18.1: 691 techniques, 4721 objects, in /home/…`, and how to open it where that is needed. */
export function installedLine({ bundle, folder, defaultVersion, issues }: InstalledBundle): string {
  const { domain, version, techniqueCount, objectCount } = bundle;
  const name = `${domain.replace('-attack', '')} ${version}`;
  const counted = issues.length === 0 ? '' : `, ${issues.length} issues`;
  const counts = `${techniqueCount} techniques, ${objectCount} objects${counted}`;
  const line = `installed ${name}: ${counts}, in ${folder}`;
  if (defaultVersion === version) return `${safeText(line)}\n`;
  const note = `${defaultVersion ?? 'nothing'} stays what opens by default; this one opens with --attack-version ${version}`;
  return `${safeText(line)}\n  ${safeText(note)}\n`;
}

import { AppError } from '../model/index.js';
import { compareLabels, type InstalledVersion, isReleaseNumber } from './installed-version.js';
import type { VersionEntry } from './open-installed.js';

/** What of a bundle is compared with what is there. */
export type BundleSize = Pick<InstalledVersion, 'domain' | 'version' | 'objectCount' | 'source'>;

/**
 * What a bundle is measured by: the same version, or the newest when it would take its place.
 *
 * A label that is no release number never becomes what opens by default, so it is measured by nothing.
 */
function rivalOf(
  { domain, version }: BundleSize,
  versions: readonly VersionEntry[],
): VersionEntry | undefined {
  if (!isReleaseNumber(version)) return undefined;
  const sound = versions.filter((entry) => entry.domain === domain && entry.problem === undefined);
  const same = sound.findLast((entry) => entry.version === version);
  const newest = sound.findLast((entry) => isReleaseNumber(entry.version));
  if (same !== undefined || newest === undefined) return same;
  return compareLabels(version, newest.version) > 0 ? newest : undefined;
}

/**
 * Refuses a bundle that would take the place of a version with more than twice its objects: it is cut off, or is
 * part of one.
 *
 * @param versions what is there now.
 * @throws AppError `SOURCE_UNREADABLE`.
 */
export function refuseSmallerBundle(bundle: BundleSize, versions: readonly VersionEntry[]): void {
  const rival = rivalOf(bundle, versions);
  if (rival === undefined || bundle.objectCount * 2 >= rival.objectCount) return;
  const there = `the ${rival.objectCount} objects of ${rival.domain} ${rival.version} that are there`;
  throw new AppError(
    'SOURCE_UNREADABLE',
    `expected at least half of ${there}, found ${bundle.objectCount} in ${bundle.source}; nothing changed (--force takes it; a bundle of your own wants a label: --attack-version my-1)`,
  );
}

import {
  collectionVersion,
  type InstalledVersion,
  type PreparedBundle,
  prepareBundle,
  refuseSmallerBundle,
  stageBundle,
} from '../attack/bundles.js';
import {
  compareVersions,
  isReleaseNumber,
  listVersions,
  type VersionEntry,
} from '../attack/index.js';
import { AppError, type Domain, type ErrorCode, type Issue } from '../model/index.js';
import { defaultVersionOf } from './default-version-of.js';
import { findOffers, type OfferQuery, type UpdateOffer } from './update-offers.js';

export interface UpdateOptions extends OfferQuery {
  /** Download what is there already, and take a bundle much smaller than what it replaces. Default false. */
  readonly force?: boolean | undefined;
  readonly userFolder: string;
  readonly now: Date;
  /** Versions that are there; default: shipped and installed. */
  readonly versions?: readonly VersionEntry[] | undefined;
}

/** What became of what was offered. */
export type UpdateOutcome =
  | {
      readonly kind: 'installed';
      readonly domain: Domain;
      readonly version: string;
      readonly bundle: InstalledVersion;
      readonly folder: string;
      /** What opens when no version is asked for; another one where a newer catalogue ships. */
      readonly defaultVersion: string | undefined;
      /** What was wrong in the bundle and is skipped. */
      readonly issues: readonly Issue[];
    }
  | {
      /** The full bundle is there, and the source has no newer one. */
      readonly kind: 'current';
      readonly domain: Domain;
      readonly version: string;
      /** What the source offers. */
      readonly offered: string;
    }
  | {
      /** What was there is kept. */
      readonly kind: 'failed';
      readonly domain: Domain | undefined;
      readonly version: string | undefined;
      readonly code: ErrorCode;
      readonly message: string;
    };

interface Update extends UpdateOptions {
  readonly versions: readonly VersionEntry[];
}

/** The full bundle that makes an offer needless; undefined when the offer is worth its download. */
function currentVersion(
  { domain, version }: UpdateOffer,
  { versions, version: asked, force }: Update,
): VersionEntry | undefined {
  if (force === true || version === undefined) return undefined;
  const full = versions.filter(
    (entry) =>
      entry.domain === domain &&
      entry.origin === 'installed' &&
      entry.problem === undefined &&
      isReleaseNumber(entry.version),
  );
  return full.findLast((entry) =>
    asked === undefined ? compareVersions(entry.version, version) >= 0 : entry.version === version,
  );
}

/** Refuses a bundle that is another version than the source says. A label of the caller's own is not checked. */
function refuseOtherVersion({ content, issues }: PreparedBundle, offer: UpdateOffer): void {
  const { domain } = content.facts;
  const said = collectionVersion(content.objects.values(), domain);
  const { version, url } = offer;
  const disagrees =
    said !== undefined && version !== undefined && isReleaseNumber(version) && said !== version;
  const problem = disagrees
    ? `expected ATT&CK ${version} of ${domain} at ${url}, found ${said}`
    : issues.find(({ code }) => code === 'VERSION_MISLABELLED')?.message;
  if (problem !== undefined) throw new AppError('DOWNLOAD_FAILED', `${problem}; nothing changed`);
}

async function takeOffer(offer: UpdateOffer, update: Update): Promise<readonly UpdateOutcome[]> {
  const { userFolder, now, versions, force } = update;
  const current = currentVersion(offer, update);
  if (current !== undefined && offer.version !== undefined) {
    const { domain, version } = current;
    return [{ kind: 'current', domain, version, offered: offer.version }];
  }
  const { document, sha256 } = await offer.load();
  const same = versions.find(
    (entry) =>
      entry.origin === 'installed' && entry.sha256 !== undefined && entry.sha256 === sha256,
  );
  if (same !== undefined && same.problem === undefined && force !== true) {
    const { domain, version } = same;
    return [{ kind: 'current', domain, version, offered: version }];
  }
  const { domain, version, url } = offer;
  const request = { documents: [document], sources: [url], sha256, versions, domain, version };
  const prepared = prepareBundle(request);
  for (const one of prepared) refuseOtherVersion(one, offer);
  const outcomes: UpdateOutcome[] = [];
  for (const { content, issues } of prepared) {
    const staged = stageBundle(content, { userFolder, now });
    const { bundle, folder } = staged;
    try {
      update.signal?.throwIfAborted();
      if (force !== true) refuseSmallerBundle(bundle, versions);
      staged.commit();
    } catch (error) {
      staged.discard();
      throw error;
    }
    const { domain, version } = content.facts;
    const defaultVersion = defaultVersionOf(domain, userFolder);
    outcomes.push({ kind: 'installed', domain, version, bundle, folder, defaultVersion, issues });
  }
  return outcomes;
}

/**
 * Brings the newest full bundles from MITRE, or from another source, into the user's folder.
 *
 * Each domain is taken for itself: one that fails keeps what was there and stops none of the others.
 *
 * @returns an outcome for each domain that is offered.
 * @throws AppError when the source itself cannot be used, or when the only domain fails: `DOWNLOAD_FAILED`,
 *   `NOT_FOUND`, `USAGE`, `SOURCE_UNREADABLE`, `OUTPUT_UNWRITABLE`.
 */
export async function updateAttack(options: UpdateOptions): Promise<readonly UpdateOutcome[]> {
  const { userFolder, versions = listVersions({ userFolder }), signal } = options;
  const update = { ...options, versions };
  const offers = await findOffers(options);
  const outcomes: UpdateOutcome[] = [];
  for (const offer of offers) {
    try {
      outcomes.push(...(await takeOffer(offer, update)));
    } catch (error) {
      const isStopped = signal?.aborted === true;
      const isOnly = offers.length === 1 || (isStopped && outcomes.length === 0);
      if (!(error instanceof AppError) || isOnly) throw error;
      const { domain, version } = offer;
      const { code, message } = error;
      outcomes.push({ kind: 'failed', domain, version, code, message });
      if (isStopped) break;
    }
  }
  return outcomes;
}

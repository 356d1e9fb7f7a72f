import { AppError, type Domain, type Issue } from '../model/index.js';
import { COLLECTION_DOMAINS } from './collect-stix.js';
import { isReleaseNumber, isVersionLabel } from './installed-version.js';
import type { KnowledgeBase, StixObject } from './knowledge-base.js';
import { versionInFileName } from './load-bundle.js';
import type { VersionEntry } from './open-installed.js';
import { openShipped } from './open-shipped.js';

/** What is known of a bundle from outside it. */
export interface BundleHints {
  /** Paths or URLs that it was read from, for messages and for the version in their names. */
  readonly sources: readonly string[];
  /** SHA-256 of the one file, as hex. */
  readonly sha256: string | undefined;
  /** Version that the caller says it is. */
  readonly version: string | undefined;
  /** Versions that are there; one with the same SHA-256 says what this is. */
  readonly versions: readonly VersionEntry[];
}

/** Which version a bundle is, and what told. */
export interface BundleVersion {
  readonly version: string;
  readonly toldBy: 'caller' | 'known file' | 'collection' | 'file name' | 'content';
  readonly issues: readonly Issue[];
}

/** What MITRE's collection object in a bundle says; undefined when there is none. */
export function collectionVersion(
  objects: Iterable<StixObject>,
  domain: Domain,
): string | undefined {
  let found: string | undefined;
  for (const object of objects) {
    const version = object['x_mitre_version'];
    if (object.type !== 'x-mitre-collection' || typeof version !== 'string') continue;
    if (COLLECTION_DOMAINS[object.id] === domain) return version;
    found ??= version;
  }
  return found;
}

/** Active techniques as `T1059 2.7 2025-10-24T17:48:31.123Z`, sorted, one a line. */
function fingerprint(knowledgeBase: KnowledgeBase): string {
  const techniques = knowledgeBase.ofKind('technique');
  return techniques
    .map(({ attackId, version, modified }) => `${attackId} ${version} ${modified}`)
    .sort()
    .join('\n');
}

/** The shipped version whose active techniques, their versions and dates are exactly these. */
function versionByContent(
  knowledgeBase: KnowledgeBase,
  { domain, versions }: { domain: Domain; versions: readonly VersionEntry[] },
): string | undefined {
  const own = fingerprint(knowledgeBase);
  const candidates = versions.filter(
    (entry) => entry.origin === 'shipped' && entry.domain === domain,
  );
  return candidates.findLast(({ version }) => fingerprint(openShipped({ domain, version })) === own)
    ?.version;
}

function mislabelled(label: string, content: string, source: string): Issue {
  const message = `expected the content of ATT&CK ${label}, found exactly the techniques of ${content}`;
  return { kind: 'issue', code: 'VERSION_MISLABELLED', message, at: { source } };
}

const majorOf = (version: string): string => version.split('.', 1)[0] ?? '';

/** Why a text cannot be a version; undefined when it can. */
function labelProblem(version: string): string | undefined {
  if (isVersionLabel(version)) return undefined;
  return `expected a version like 18.1 or a label of letters, digits, ".", "_" and "-", found ${JSON.stringify(version.slice(0, 60))}`;
}

/** What says a version outright, the strongest first. */
function labelOf(
  hints: BundleHints,
  collection: string | undefined,
): Omit<BundleVersion, 'issues'> | undefined {
  if (hints.version !== undefined) {
    return { version: hints.version.replace(/^v(?=\d)/i, ''), toldBy: 'caller' };
  }
  const known = hints.versions.find(
    ({ sha256 }) => sha256 !== undefined && sha256 === hints.sha256,
  );
  if (known !== undefined) return { version: known.version, toldBy: 'known file' };
  if (collection !== undefined) return { version: collection, toldBy: 'collection' };
  const named = hints.sources.map(versionInFileName).find((version) => version !== undefined);
  return named === undefined ? undefined : { version: named, toldBy: 'file name' };
}

/**
 * Finds out which version of ATT&CK a bundle is: as the caller says, by the SHA-256 of a file that is known, by the
 * bundle's collection, by a number in a file's name, by its techniques being exactly those of a shipped version.
 *
 * A file's name that speaks of another major version than the content is not believed; any label that does is an
 * Issue (`VERSION_MISLABELLED`).
 *
 * @throws AppError `USAGE` when nothing tells, or what tells cannot be a version.
 */
export function identifyBundle(
  knowledgeBase: KnowledgeBase,
  objects: Iterable<StixObject>,
  hints: BundleHints & { readonly domain: Domain },
): BundleVersion {
  const { domain, versions } = hints;
  const source = hints.sources.join(', ');
  const label = labelOf(hints, collectionVersion(objects, domain));
  const problem = label === undefined ? undefined : labelProblem(label.version);
  if (problem !== undefined) throw new AppError('USAGE', problem);
  if (label?.toldBy === 'known file') return { ...label, issues: [] };
  const content = versionByContent(knowledgeBase, { domain, versions });
  if (content === undefined) {
    if (label !== undefined) return { ...label, issues: [] };
    throw new AppError(
      'USAGE',
      `cannot tell which ATT&CK version ${source} is: it has no collection, its name no number, and its techniques are those of no version that is there; say it with --attack-version (18.1, or a label of your own)`,
    );
  }
  const byContent = { version: content, toldBy: 'content' } as const;
  if (label === undefined) return { ...byContent, issues: [] };
  if (!isReleaseNumber(label.version) || majorOf(label.version) === majorOf(content)) {
    return { ...label, issues: [] };
  }
  const issues = [mislabelled(label.version, content, source)];
  return label.toldBy === 'file name' ? { ...byContent, issues } : { ...label, issues };
}

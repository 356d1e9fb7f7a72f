import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, DOMAINS, type Domain } from '../model/index.js';
import type { CatalogueMeta } from './catalogue-format.js';
import {
  CATALOGUE_FILE,
  compareLabels,
  type InstalledFolder,
  isReleaseNumber,
  listInstalled,
  OBJECTS_FILE,
} from './installed-version.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { isVersionAsked, listShipped, openShipped, type VersionChoice } from './open-shipped.js';
import { parseCatalogue } from './parse-catalogue.js';
import { openStixStore } from './stix-store.js';
import { userFolder as defaultUserFolder } from './user-folder.js';

/** A version of ATT&CK of one domain that can be opened. */
export interface VersionEntry {
  readonly domain: Domain;
  /** Release number, or the label that a bundle of the user's own was given. */
  readonly version: string;
  /** `installed`: a full bundle in the user's folder, with MITRE's texts. */
  readonly origin: 'shipped' | 'installed';
  /** ISO date. */
  readonly released: string | undefined;
  /** Where the facts come from, in words. */
  readonly source: string | undefined;
  readonly sha256: string | undefined;
  /** When it was installed, ISO 8601 UTC; undefined for what ships. */
  readonly installed: string | undefined;
  /** What is not of this version, in words for people. */
  readonly carriedOver: readonly string[];
  /** ATT&CK objects, also revoked and deprecated ones, without relationships. */
  readonly objectCount: number;
  /** Active techniques and sub-techniques. */
  readonly techniqueCount: number;
  readonly path: string;
  /** Whether this is what opens when no version is asked for. */
  readonly isDefault: boolean;
  /** Why it cannot be opened, one line; undefined when it can. */
  readonly problem: string | undefined;
}

export interface OpenOptions extends VersionChoice {
  /** Default: `userFolder()`. */
  readonly userFolder?: string | undefined;
}

const EMPTY_META: CatalogueMeta = { domain: '', version: '' };

/** The second line of a catalogue, without reading the rest. */
function readHead(path: string): CatalogueMeta {
  const bytes = Buffer.alloc(16_384);
  const descriptor = openSync(path, 'r');
  const count = readSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
  const head = bytes.toString('utf8', 0, count).split('\n').slice(0, 2).join('\n');
  return parseCatalogue(head, { source: path }).meta ?? EMPTY_META;
}

/** Counts objects by the first words of lines; nothing is parsed. */
function countObjects(text: string): { objectCount: number; techniqueCount: number } {
  const lines = text.split('\n');
  const isObject = (line: string): boolean =>
    /^[a-z-]+\t[^\t]*\t[0-9a-f]{8}-[0-9a-f-]{27}(?:\t|$)/.test(line);
  const objects = lines.filter(isObject);
  const techniques = objects.filter((line) => /^technique\t[^\t]*\t[^\t]*(?:\t\t|$)/.test(line));
  return { objectCount: objects.length, techniqueCount: techniques.length };
}

type Undecided = Omit<VersionEntry, 'isDefault'>;

function shippedEntries(): readonly Undecided[] {
  return listShipped().map(({ domain, version, path }) => {
    const { released, source, sha256, carriedOver } = readHead(path);
    return {
      domain,
      version,
      origin: 'shipped',
      released,
      source,
      sha256,
      installed: undefined,
      carriedOver: carriedOver ?? [],
      ...countObjects(readFileSync(path, 'latin1')),
      path,
      problem: undefined,
    };
  });
}

function installedEntry({ domain, version, folder, bundle, problem }: InstalledFolder): Undecided {
  return {
    domain,
    version,
    origin: 'installed',
    released: bundle?.released,
    source: bundle?.source,
    sha256: bundle?.sha256,
    installed: bundle?.installed,
    carriedOver: bundle?.carriedOver ?? [],
    objectCount: bundle?.objectCount ?? 0,
    techniqueCount: bundle?.techniqueCount ?? 0,
    path: folder,
    problem,
  };
}

/** The last of the candidates, oldest first, that was asked for. Labels that are no release number are never newest. */
function choose<T extends { readonly version: string }>(
  candidates: readonly T[],
  asked: string | undefined,
): T | undefined {
  if (asked === undefined) return candidates.findLast(({ version }) => isReleaseNumber(version));
  return (
    candidates.findLast(({ version }) => version === asked) ??
    candidates.findLast(({ version }) => isReleaseNumber(version) && isVersionAsked(version, asked))
  );
}

// A full bundle comes after the catalogue of the same version, so that it is what `choose` finds.
function sortEntries<T extends Pick<VersionEntry, 'domain' | 'version' | 'origin'>>(
  entries: readonly T[],
): readonly T[] {
  const place = ({ origin }: T): number => (origin === 'shipped' ? 0 : 1);
  return [...entries].sort(
    (a, b) =>
      DOMAINS.indexOf(a.domain) - DOMAINS.indexOf(b.domain) ||
      compareLabels(a.version, b.version) ||
      place(a) - place(b),
  );
}

/**
 * Every version of ATT&CK that can be opened, shipped and installed: Enterprise first, oldest first, a full bundle
 * after the catalogue of the same version. Counts objects by the line, so it takes some 20 ms and parses nothing.
 */
export function listVersions({
  userFolder = defaultUserFolder(),
}: Pick<OpenOptions, 'userFolder'> = {}): readonly VersionEntry[] {
  const entries = sortEntries([
    ...shippedEntries(),
    ...listInstalled(userFolder).map(installedEntry),
  ]);
  const defaults = new Set(
    DOMAINS.map((domain) =>
      choose(
        entries.filter((entry) => entry.domain === domain && entry.problem === undefined),
        undefined,
      ),
    ),
  );
  return entries.map((entry) => ({ ...entry, isDefault: defaults.has(entry) }));
}

/** The catalogue and the texts of a sound bundle; undefined when it was replaced or damaged meanwhile. */
function openBundle(
  { folder, bundle }: InstalledFolder,
  userFolder: string,
): KnowledgeBase | undefined {
  if (bundle === undefined) return undefined;
  const { domain, version } = bundle;
  const pathOf = (): string => {
    const now = listInstalled(userFolder).find(
      (one) => one.domain === domain && one.version === version,
    );
    return join(folder, now?.bundle?.generation ?? bundle.generation, OBJECTS_FILE);
  };
  const path = join(folder, bundle.generation, CATALOGUE_FILE);
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
  return parseCatalogue(text, { source: path, stix: openStixStore(pathOf) }).knowledgeBase;
}

interface Candidate {
  readonly domain: Domain;
  readonly version: string;
  readonly origin: VersionEntry['origin'];
  readonly installed: InstalledFolder | undefined;
}

function candidatesOf(domain: Domain, userFolder: string): readonly Candidate[] {
  const shipped = listShipped().map(({ domain, version }) => ({
    domain,
    version,
    origin: 'shipped' as const,
    installed: undefined,
  }));
  const installed = listInstalled(userFolder).map((folder) => ({
    domain: folder.domain,
    version: folder.version,
    origin: 'installed' as const,
    installed: folder,
  }));
  return sortEntries([...shipped, ...installed]).filter((one) => one.domain === domain);
}

function notFound(candidates: readonly Candidate[], { domain, version }: VersionChoice): AppError {
  const damaged = choose(candidates, version)?.installed;
  if (damaged?.problem !== undefined) {
    return new AppError(
      'SOURCE_UNREADABLE',
      `cannot open the bundle in ${damaged.folder}: ${damaged.problem}; import it again or delete that folder`,
    );
  }
  const versions = [...new Set(candidates.map((candidate) => candidate.version))].join(', ');
  return new AppError(
    'NOT_FOUND',
    `expected an ATT&CK version of ${domain} that is there (${versions}), found ${JSON.stringify(version)}`,
  );
}

/**
 * Opens a version of ATT&CK: the user's full bundle of it, else the catalogue that ships. A damaged bundle is passed
 * over when the catalogue of that version ships.
 *
 * @param options default domain Enterprise, default version the newest release there is.
 * @throws AppError `NOT_FOUND` when that version is not there, `SOURCE_UNREADABLE` when it is and is damaged.
 */
export function openKnowledgeBase(options: OpenOptions = {}): KnowledgeBase {
  const { domain = 'enterprise-attack', version, userFolder = defaultUserFolder() } = options;
  // Twice: a bundle may be replaced by another process between finding and opening it.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const candidates = candidatesOf(domain, userFolder);
    const sound = candidates.filter(({ installed }) => installed?.problem === undefined);
    const found = choose(sound, version);
    if (found === undefined) throw notFound(candidates, { domain, version });
    if (found.installed === undefined) return openShipped({ domain, version: found.version });
    const knowledgeBase = openBundle(found.installed, userFolder);
    if (knowledgeBase !== undefined) return knowledgeBase;
  }
  throw new AppError(
    'SOURCE_UNREADABLE',
    `cannot open ATT&CK ${version ?? ''} of ${domain} in ${userFolder}: its catalogue is damaged; import it again`,
  );
}

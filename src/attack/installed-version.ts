import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DOMAINS, type Domain, isDomain, isRecord, parseJson } from '../model/index.js';
import { compareVersions } from './compare-versions.js';

/*
 * <user folder>/attack/<domain>-<version>/
 *   source.json                names the generation that counts; replacing this one file is what installs
 *   <generation>/catalogue.tsv   the facts
 *   <generation>/objects.ndjson  every STIX object, see stix-store.ts
 *
 * A generation is written whole before source.json names it, and never changed after. So a reader sees the old one
 * or the new one, whatever is killed when, on every file system that renames a file atomically.
 */

/** What `source.json` says of a full bundle in the user's folder. */
export interface InstalledVersion {
  readonly domain: Domain;
  readonly version: string;
  /** ISO date. */
  readonly released: string | undefined;
  /** Files or URL that it came from. */
  readonly source: string;
  /** SHA-256 of the file, or of the download, as hex; undefined when several were merged. */
  readonly sha256: string | undefined;
  /** When it was installed, ISO 8601 UTC. */
  readonly installed: string;
  /** What is not of this version, in words for people. */
  readonly carriedOver: readonly string[];
  /** ATT&CK objects, also revoked and deprecated ones, without relationships. */
  readonly objectCount: number;
  /** Active techniques and sub-techniques. */
  readonly techniqueCount: number;
  /** Name of the folder that holds the files. */
  readonly generation: string;
  readonly catalogueBytes: number;
  readonly objectsBytes: number;
}

/** An entry of the user's folder: a sound bundle, or why it cannot be used. */
export interface InstalledFolder {
  readonly domain: Domain;
  readonly version: string;
  readonly folder: string;
  readonly bundle: InstalledVersion | undefined;
  /** One line; undefined when the bundle is sound. */
  readonly problem: string | undefined;
}

export const SOURCE_FILE = 'source.json';
export const CATALOGUE_FILE = 'catalogue.tsv';
export const OBJECTS_FILE = 'objects.ndjson';

const FOLDER_NAME = /^((?:enterprise|mobile|ics)-attack)-(.+)$/;
const LABEL = /^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$/;
const GENERATION = /^[0-9a-f]{16}$/;
const RELEASE = /^\d{1,3}(?:\.\d{1,3}){0,2}$/;

/** Whether a text can name a version: letters, digits, `.`, `_`, `-`; at most 40 characters. */
export function isVersionLabel(text: string): boolean {
  return LABEL.test(text) && !text.endsWith('.');
}

/** Whether a version is a release number of ATT&CK, `18.1`, rather than a label that someone made up. */
export function isReleaseNumber(version: string): boolean {
  return RELEASE.test(version);
}

/** Where the bundles of a user's folder are. */
export function installedFolder(userFolder: string): string {
  return join(userFolder, 'attack');
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
const countOf = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : -1;

function parseSource(text: string): InstalledVersion | undefined {
  const parsed = parseJson(text);
  if (!('value' in parsed) || !isRecord(parsed.value)) return undefined;
  const { value } = parsed;
  const domain = value['domain'];
  const version = textOf(value['version']);
  const generation = textOf(value['generation']);
  if (!isDomain(domain) || version === undefined) return undefined;
  // The name becomes part of a path, so nothing but our own form passes.
  if (generation === undefined || !GENERATION.test(generation)) return undefined;
  const carriedOver = Array.isArray(value['carriedOver']) ? value['carriedOver'] : [];
  return {
    domain,
    version,
    released: textOf(value['released']),
    source: textOf(value['source']) ?? 'unknown',
    sha256: textOf(value['sha256']),
    installed: textOf(value['installed']) ?? 'unknown',
    carriedOver: carriedOver.filter((note): note is string => typeof note === 'string'),
    objectCount: countOf(value['objectCount']),
    techniqueCount: countOf(value['techniqueCount']),
    generation,
    catalogueBytes: countOf(value['catalogueBytes']),
    objectsBytes: countOf(value['objectsBytes']),
  };
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

/** Why a bundle cannot be used; undefined when its files are as `source.json` says. */
function problemOf(folder: string, bundle: InstalledVersion): string | undefined {
  const files = [
    [CATALOGUE_FILE, bundle.catalogueBytes],
    [OBJECTS_FILE, bundle.objectsBytes],
  ] as const;
  for (const [name, bytes] of files) {
    const found = sizeOf(join(folder, bundle.generation, name));
    if (found === undefined) return `its ${name} is missing`;
    if (found !== bytes) return `its ${name} has ${found} bytes in place of ${bytes}`;
  }
  return undefined;
}

/** Reads one entry; `folder` ends in `<domain>-<version>`. */
function readInstalled(folder: string, domain: Domain, version: string): InstalledFolder {
  const entry = { domain, version, folder };
  let problem: string | undefined;
  // Between reading source.json and looking at the files another process may have replaced them: look again.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    let text: string;
    try {
      text = readFileSync(join(folder, SOURCE_FILE), 'utf8');
    } catch {
      return { ...entry, bundle: undefined, problem: `it has no ${SOURCE_FILE}` };
    }
    const bundle = parseSource(text);
    if (bundle === undefined || bundle.domain !== domain || bundle.version !== version) {
      return { ...entry, bundle: undefined, problem: `its ${SOURCE_FILE} is damaged` };
    }
    problem = problemOf(folder, bundle);
    if (problem === undefined) return { ...entry, bundle, problem };
  }
  return { ...entry, bundle: undefined, problem };
}

/** Orders release numbers as numbers, before every label that is none. */
export function compareLabels(a: string, b: string): number {
  const [left, right] = [isReleaseNumber(a), isReleaseNumber(b)];
  if (left && right) return compareVersions(a, b);
  if (left !== right) return left ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * What is in the user's folder: Enterprise first, oldest version first. An install that never finished is not listed.
 *
 * @param userFolder need not exist.
 */
export function listInstalled(userFolder: string): readonly InstalledFolder[] {
  const attackFolder = installedFolder(userFolder);
  let names: readonly string[];
  try {
    names = readdirSync(attackFolder);
  } catch {
    return [];
  }
  const found = names.flatMap((name) => {
    const [, domain, version] = FOLDER_NAME.exec(name) ?? [];
    if (!isDomain(domain) || version === undefined || !isVersionLabel(version)) return [];
    const folder = join(attackFolder, name);
    // Without source.json an install has begun and not ended; that is no version.
    if (sizeOf(join(folder, SOURCE_FILE)) === undefined) return [];
    return [readInstalled(folder, domain, version)];
  });
  return found.sort(
    (a, b) =>
      DOMAINS.indexOf(a.domain) - DOMAINS.indexOf(b.domain) || compareLabels(a.version, b.version),
  );
}

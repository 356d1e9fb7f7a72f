import { DOMAINS, type Domain, type Issue, isRecord } from '../../model/index.js';
import { COLLECTION_DOMAINS } from '../collect-stix.js';
import { compareVersions } from '../compare-versions.js';
import { isReleaseNumber } from '../installed-version.js';
import { mayLead } from './web-address.js';

// Source: github.com/mitre-attack/attack-stix-data, README, "Collection index".
/** MITRE's index of every release of ATT&CK as STIX 2.1. */
export const MITRE_INDEX_URL =
  'https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/index.json';

/** A release that an index offers. */
export interface IndexedRelease {
  readonly domain: Domain;
  readonly version: string;
  readonly url: string;
  /** ISO 8601 UTC. */
  readonly modified: string | undefined;
}

/** Most releases that are read of one index; MITRE's has about 100. */
const MAX_RELEASES = 10_000;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const recordsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.slice(0, MAX_RELEASES).filter(isRecord) : [];

/** By MITRE's id of the collection, else by its name, `Enterprise ATT&CK`. */
export function collectionDomain(id: unknown, name: unknown): Domain | undefined {
  const stixId = textOf(id) ?? '';
  const known = Object.entries(COLLECTION_DOMAINS).find(
    ([collectionId]) => stixId !== '' && collectionId.endsWith(stixId.replace(/^.*--/, '')),
  );
  if (known !== undefined) return known[1];
  const word = /^(enterprise|mobile|ics)\b.*\bATT&CK/i.exec(textOf(name) ?? '')?.[1];
  return DOMAINS.find((domain) => domain === `${word?.toLowerCase()}-attack`);
}

function releaseOf(
  entry: Readonly<Record<string, unknown>>,
  domain: Domain,
  base: URL,
): IndexedRelease | undefined {
  const version = textOf(entry['version']);
  const url = textOf(entry['url']);
  if (version === undefined || url === undefined || !isReleaseNumber(version)) return undefined;
  // What an index may lead to is what a redirect may.
  if (!URL.canParse(url, base.href) || !mayLead(base, new URL(url, base))) return undefined;
  return { domain, version, url: new URL(url, base).href, modified: textOf(entry['modified']) };
}

/**
 * Reads a collection index in MITRE's form. Collections that are none of ATT&CK's and entries without version and
 * usable URL are left out.
 *
 * @param url where it came from; relative URLs in it are relative to that.
 * @returns every release, Enterprise first, oldest version first; or an Issue when there is none in it.
 */
export function parseCollectionIndex(value: unknown, url: URL): readonly IndexedRelease[] | Issue {
  const collections = isRecord(value) ? recordsOf(value['collections']) : [];
  const releases = collections.flatMap((collection) => {
    const domain = collectionDomain(collection['id'], collection['name']);
    if (domain === undefined) return [];
    return recordsOf(collection['versions']).flatMap(
      (entry) => releaseOf(entry, domain, url) ?? [],
    );
  });
  if (releases.length === 0) {
    const message = 'expected a collection index with releases of ATT&CK, found none';
    return { kind: 'issue', code: 'JSON_INVALID', message, at: { source: url.href } };
  }
  return releases.sort(
    (a, b) =>
      DOMAINS.indexOf(a.domain) - DOMAINS.indexOf(b.domain) ||
      compareVersions(a.version, b.version),
  );
}

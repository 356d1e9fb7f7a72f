import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError, DOMAINS, type Domain } from '../model/index.js';
import { compareVersions } from './compare-versions.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { parseCatalogue } from './parse-catalogue.js';

/** A catalogue that comes with Portolan. */
export interface ShippedCatalogue {
  readonly domain: Domain;
  readonly version: string;
  readonly path: string;
}

// From src/attack and from dist/attack alike.
const FOLDER = fileURLToPath(new URL('../../data/attack/', import.meta.url));
const FILE_NAME = /^((?:enterprise|mobile|ics)-attack)-(\d+\.\d+)\.tsv$/;

/** Every catalogue that ships, Enterprise first, oldest version first. */
export function listShipped(): readonly ShippedCatalogue[] {
  const found = readdirSync(FOLDER).flatMap((name) => {
    const [, domain, version] = FILE_NAME.exec(name) ?? [];
    if (domain === undefined || version === undefined) return [];
    return [{ domain: domain as Domain, version, path: `${FOLDER}${name}` }];
  });
  const place = (domain: Domain): number => DOMAINS.indexOf(domain);
  return found.sort(
    (a, b) => place(a.domain) - place(b.domain) || compareVersions(a.version, b.version),
  );
}

/** Which version of which domain. */
export interface VersionChoice {
  /** Default `enterprise-attack`. */
  readonly domain?: Domain | undefined;
  /** `18.1`, or `18` for its newest; default the newest. */
  readonly version?: string | undefined;
}

/** Whether `version` is what was asked for: exactly, or as a release of the major version asked for. */
export function isVersionAsked(version: string, asked: string | undefined): boolean {
  const wanted = asked?.replace(/^v/i, '');
  return (
    wanted === undefined ||
    version === wanted ||
    (!wanted.includes('.') && version.startsWith(`${wanted}.`))
  );
}

/**
 * Opens a catalogue that ships with Portolan.
 *
 * @throws AppError `NOT_FOUND` when that version does not ship; the message lists those that do.
 */
export function openShipped({
  domain = 'enterprise-attack',
  version,
}: VersionChoice = {}): KnowledgeBase {
  const ofDomain = listShipped().filter((catalogue) => catalogue.domain === domain);
  const found = ofDomain.findLast((catalogue) => isVersionAsked(catalogue.version, version));
  if (found === undefined) {
    const versions = ofDomain.map((catalogue) => catalogue.version).join(', ');
    throw new AppError(
      'NOT_FOUND',
      `expected an ATT&CK version of ${domain} that is there (${versions}), found ${version}`,
    );
  }
  const { knowledgeBase } = parseCatalogue(readFileSync(found.path, 'latin1'), {
    source: found.path,
  });
  if (knowledgeBase !== undefined) return knowledgeBase;
  throw new AppError(
    'INTERNAL',
    `expected a catalogue in ${found.path}, found something else; reinstall Portolan`,
  );
}

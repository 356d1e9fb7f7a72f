import { basename } from 'node:path';
import { AppError, type Domain, formatIssue, type Issue } from '../model/index.js';
import { collectStix, selectDomain } from './collect-stix.js';
import { type BundleHints, type BundleVersion, identifyBundle } from './identify-bundle.js';
import type { BundleContent } from './install-bundle.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { readStixBundle, type StixDocument, type StixReading } from './read-stix-bundle.js';

/** Parsed bundles of one version that are to be installed. */
export interface BundleRequest extends BundleHints {
  readonly documents: readonly StixDocument[];
  /** The domain to take; default: each that the bundles hold. */
  readonly domain: Domain | undefined;
}

/** One domain of a bundle with its version, ready for `stageBundle`. */
export interface PreparedBundle {
  readonly content: BundleContent;
  /** What told the version. */
  readonly toldBy: BundleVersion['toldBy'];
  readonly issues: readonly Issue[];
}

function domainsToTake(
  { domains }: KnowledgeBase,
  asked: Domain | undefined,
  source: string,
): readonly Domain[] {
  if (asked === undefined && domains.length > 0) return domains;
  // A bundle of someone's own techniques may name no domain; the caller says where it belongs.
  if (asked !== undefined && (domains.length === 0 || domains.includes(asked))) return [asked];
  if (asked === undefined) {
    throw new AppError(
      'USAGE',
      `cannot tell the domain of ${source}: its techniques name none; say it with --domain`,
    );
  }
  throw new AppError(
    'SOURCE_UNREADABLE',
    `expected ${asked} in ${source}, found ${domains.join(', ')}; nothing changed`,
  );
}

function refuseWithout(wanted: string, source: string, issues: readonly Issue[]): never {
  const first = issues[0] === undefined ? '' : ` (${formatIssue(issues[0])})`;
  const message = `expected ${wanted} in ${source}, found none${first}; nothing changed`;
  throw new AppError('SOURCE_UNREADABLE', message);
}

// A path on this machine says nothing on another; a URL does.
const sourceName = (source: string): string =>
  /^https?:/.test(source) ? source : basename(source);

interface DomainPart {
  readonly domain: Domain;
  readonly documents: readonly StixDocument[];
  readonly reading: StixReading;
}

function prepareDomain(part: DomainPart, request: BundleRequest): PreparedBundle {
  const { domain, documents, reading } = part;
  const { knowledgeBase } = reading;
  const { versions, sha256 } = request;
  const source = request.sources.join(', ');
  if (knowledgeBase === undefined || knowledgeBase.ofKind('technique').length === 0) {
    refuseWithout('ATT&CK techniques', source, reading.issues);
  }
  const objects = collectStix(documents);
  const found = identifyBundle(knowledgeBase, objects.values(), { ...request, domain });
  const { version, toldBy } = found;
  const known = versions.find((entry) => entry.sha256 !== undefined && entry.sha256 === sha256);
  const same = versions.find((entry) => entry.domain === domain && entry.version === version);
  const released = knowledgeBase.released ?? same?.released;
  const carriedOver = known?.carriedOver ?? [];
  const facts = {
    domain,
    version,
    released,
    source: request.sources.map(sourceName).join(', '),
    sha256,
    carriedOver,
  };
  return {
    content: { knowledgeBase, objects, facts },
    toldBy,
    issues: [...reading.issues, ...found.issues],
  };
}

/**
 * Makes bundles ready to install: reads them and tells domain and version. Several documents are merged; several
 * domains in them are taken apart.
 *
 * @throws AppError `SOURCE_UNREADABLE` when there is nothing usable in them, `USAGE` when domain or version cannot
 *   be told.
 */
export function prepareBundle(request: BundleRequest): readonly PreparedBundle[] {
  const { documents, sources } = request;
  const source = sources.join(', ');
  const reading = readStixBundle(documents);
  const { knowledgeBase } = reading;
  if (knowledgeBase === undefined) refuseWithout('ATT&CK objects', source, reading.issues);
  const domains = domainsToTake(knowledgeBase, request.domain, source);
  if (knowledgeBase.domains.length <= 1) {
    return domains.map((domain) => prepareDomain({ domain, documents, reading }, request));
  }
  return domains.map((domain) => {
    const own = [selectDomain(documents, domain)];
    return prepareDomain({ domain, documents: own, reading: readStixBundle(own) }, request);
  });
}

import { createHash } from 'node:crypto';
import {
  collectionDomain,
  collectionVersion,
  collectStix,
  type Download,
  type DownloadOptions,
  download,
  type IndexedRelease,
  MITRE_INDEX_URL,
  MITRE_TAXII_URL,
  openTaxii,
  parseCollectionIndex,
  parseWebAddress,
  type StixDocument,
  type TaxiiClient,
  type TaxiiCollection,
  withLogin,
} from '../attack/bundles.js';
import { decodeText, isVersionAsked } from '../attack/index.js';
import {
  AppError,
  DOMAINS,
  type Domain,
  formatIssue,
  isIssue,
  isRecord,
  parseJson,
} from '../model/index.js';

/** What an update is doing. */
export type UpdateProgress =
  | { readonly kind: 'asking'; readonly url: string }
  | {
      readonly kind: 'downloading';
      readonly url: string;
      readonly receivedBytes: number;
      /** undefined when the server does not say. */
      readonly totalBytes: number | undefined;
    }
  | { readonly kind: 'checking'; readonly url: string };

/** Where to look, and what for. */
export interface OfferQuery {
  /** URL of a collection index or of a bundle, `taxii`, or `taxii=URL`. Default MITRE's index. */
  readonly from?: string | undefined;
  /** Default: every domain that is offered. */
  readonly domain?: Domain | undefined;
  /** `18.1`, or `18` for its newest; default the newest. */
  readonly version?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly signal?: AbortSignal | undefined;
  readonly limits?:
    | Pick<DownloadOptions, 'maxBytes' | 'connectTimeoutMs' | 'idleTimeoutMs'>
    | undefined;
  readonly onProgress?: ((progress: UpdateProgress) => void) | undefined;
}

/** A bundle that a source offers. */
export interface UpdateOffer {
  /** undefined: the bundle says. */
  readonly domain: Domain | undefined;
  /** undefined: the bundle says. */
  readonly version: string | undefined;
  /** Without user and password. */
  readonly url: string;
  load(): Promise<{ readonly document: StixDocument; readonly sha256: string | undefined }>;
}

const bad = (message: string): AppError =>
  new AppError('DOWNLOAD_FAILED', `${message}; nothing changed`);

function downloadOptions(
  { fetch, signal, limits, onProgress }: OfferQuery,
  url: string,
): DownloadOptions {
  return {
    fetch,
    signal,
    ...limits,
    onBytes: (receivedBytes, totalBytes) =>
      onProgress?.({ kind: 'downloading', url, receivedBytes, totalBytes }),
  };
}

async function fetchFile(address: string, query: OfferQuery): Promise<Download> {
  const { href } = parseWebAddress(address).url;
  query.onProgress?.({ kind: 'asking', url: href });
  return await download(address, downloadOptions(query, href));
}

function parseDownload({ bytes, url }: Download): unknown {
  const text = decodeText(bytes, url.href);
  const parsed = parseJson(text);
  if ('value' in parsed) return parsed.value;
  const isPage = /^\s*<(?:!doctype|html|\?xml|head|body)/i.test(text.slice(0, 200));
  throw bad(
    `expected JSON at ${url.href}, found ${isPage ? 'a web page' : `something else: ${formatIssue(parsed)}`}`,
  );
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function releaseOffer(release: IndexedRelease, login: string, query: OfferQuery): UpdateOffer {
  const { domain, version, url } = release;
  return {
    domain,
    version,
    url,
    load: async () => {
      const answer = await fetchFile(withLogin(new URL(url), login), query);
      query.onProgress?.({ kind: 'checking', url });
      const document = { source: url, value: parseDownload(answer) };
      return { document, sha256: hashOf(answer.bytes) };
    },
  };
}

/** The newest release of each domain that is asked for. */
function chooseReleases(
  releases: readonly IndexedRelease[],
  { domain: askedDomain, version: askedVersion }: OfferQuery,
  url: string,
): readonly IndexedRelease[] {
  const domains = askedDomain === undefined ? DOMAINS : [askedDomain];
  const offered = releases.filter(({ domain }) => domains.includes(domain));
  const chosen = domains.flatMap(
    (domain) =>
      offered.findLast(
        (release) => release.domain === domain && isVersionAsked(release.version, askedVersion),
      ) ?? [],
  );
  if (chosen.length > 0) return chosen;
  const versions = [...new Set(offered.map(({ version }) => version))].slice(-8).join(', ');
  const there =
    versions === '' ? 'no version of it' : `no such version; the last ones are ${versions}`;
  throw new AppError(
    'NOT_FOUND',
    `expected ATT&CK ${askedVersion ?? ''} of ${domains.join(', ')} in ${url}, found ${there}; nothing changed`,
  );
}

/** Tells an index from a bundle by what is at the URL. */
async function fileOffers(address: string, query: OfferQuery): Promise<readonly UpdateOffer[]> {
  const answer = await fetchFile(address, query);
  const url = answer.url.href;
  const value = parseDownload(answer);
  if (isRecord(value) && Array.isArray(value['collections'])) {
    const releases = parseCollectionIndex(value, answer.url);
    if (isIssue(releases)) throw bad(formatIssue(releases));
    return chooseReleases(releases, query, url).map((release) =>
      releaseOffer(release, address, query),
    );
  }
  if (Array.isArray(value) || (isRecord(value) && Array.isArray(value['objects']))) {
    const loaded = { document: { source: url, value }, sha256: hashOf(answer.bytes) };
    const load = async (): Promise<typeof loaded> => loaded;
    return [{ domain: query.domain, version: query.version, url, load }];
  }
  throw bad(`expected a collection index or a STIX bundle at ${url}, found other JSON`);
}

async function taxiiOffer(
  client: TaxiiClient,
  { id, domain }: TaxiiCollection & { readonly domain: Domain },
  query: OfferQuery,
): Promise<UpdateOffer> {
  const { href: url } = new URL(`collections/${encodeURIComponent(id)}/objects/`, client.root);
  // One small question first, so that what is there already is not fetched again.
  query.onProgress?.({ kind: 'asking', url });
  const heads = collectStix([
    { source: url, value: await client.objects(id, 'x-mitre-collection') },
  ]);
  const said = collectionVersion(heads.values(), domain);
  if (said !== undefined && !isVersionAsked(said, query.version)) {
    throw new AppError(
      'NOT_FOUND',
      `expected ATT&CK ${query.version} of ${domain} at ${url}, found ${said}: a TAXII server holds the newest only; nothing changed`,
    );
  }
  return {
    domain,
    version: said ?? query.version,
    url,
    load: async () => {
      const value = await client.objects(id);
      query.onProgress?.({ kind: 'checking', url });
      return { document: { source: url, value }, sha256: undefined };
    },
  };
}

async function taxiiOffers(address: string, query: OfferQuery): Promise<readonly UpdateOffer[]> {
  const { href: url } = parseWebAddress(address).url;
  query.onProgress?.({ kind: 'asking', url });
  const client = await openTaxii(address, downloadOptions(query, url));
  const readable = (await client.collections()).filter(({ canRead }) => canRead);
  const offers: UpdateOffer[] = [];
  for (const domain of query.domain === undefined ? DOMAINS : [query.domain]) {
    const found = readable.find(({ id, title }) => collectionDomain(id, title) === domain);
    if (found !== undefined) offers.push(await taxiiOffer(client, { ...found, domain }, query));
  }
  if (offers.length > 0) return offers;
  const titles = readable.map(({ title }) => JSON.stringify(title.slice(0, 40))).slice(0, 5);
  throw bad(
    `expected a collection of ${query.domain ?? 'ATT&CK'} that can be read at ${client.root.href}, found ${titles.join(', ') || 'none'}`,
  );
}

/**
 * Asks a source what it offers; nothing of it is downloaded yet, except a bundle whose own URL was given.
 *
 * @throws AppError `USAGE` for a source that is none, `NOT_FOUND` when it has no such version, `DOWNLOAD_FAILED`.
 */
export async function findOffers(query: OfferQuery): Promise<readonly UpdateOffer[]> {
  const { from = MITRE_INDEX_URL } = query;
  const [, url] = /^taxii(?:=(.*))?$/is.exec(from) ?? [];
  if (url !== undefined) return await taxiiOffers(url, query);
  return /^taxii$/i.test(from)
    ? await taxiiOffers(MITRE_TAXII_URL, query)
    : await fileOffers(from, query);
}

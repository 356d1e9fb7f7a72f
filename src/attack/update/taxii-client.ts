import { AppError, isRecord, parseJson } from '../../model/index.js';
import { type DownloadOptions, download, MAX_DOWNLOAD_BYTES } from './download.js';
import { mayLead, withLogin } from './web-address.js';

// Source: attack.mitre.org/resources, "TAXII 2.1 server".
/** API root of MITRE's TAXII server. */
export const MITRE_TAXII_URL = 'https://attack-taxii.mitre.org/api/v21/';

// Source: TAXII 2.1 §1.6.8.
const MEDIA_TYPE = 'application/taxii+json;version=2.1';
const MAX_PAGES = 10_000;

/** A collection that a TAXII server offers. */
export interface TaxiiCollection {
  readonly id: string;
  readonly title: string;
  readonly canRead: boolean;
}

/** A TAXII 2.1 API root. */
export interface TaxiiClient {
  readonly root: URL;
  collections(): Promise<readonly TaxiiCollection[]>;
  /**
   * The newest version of every object of a collection, all pages.
   *
   * @param type only objects of that STIX type; default all.
   */
  objects(collectionId: string, type?: string): Promise<readonly unknown[]>;
}

interface Answer {
  readonly value: Readonly<Record<string, unknown>>;
  readonly url: URL;
  readonly headers: Headers;
  readonly sizeBytes: number;
}

const failed = (message: string): AppError =>
  new AppError('DOWNLOAD_FAILED', `${message}; nothing changed`);

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

async function read(address: string, options: DownloadOptions): Promise<Answer> {
  const headers = { ...options.headers, accept: MEDIA_TYPE };
  const answer = await download(address, { ...options, headers });
  const type = (answer.headers.get('content-type') ?? '').toLowerCase();
  const at = answer.url.href;
  if (type.includes('vnd.oasis.taxii') || /version=2\.0/.test(type)) {
    throw failed(`expected TAXII 2.1 at ${at}, found TAXII 2.0`);
  }
  const parsed = parseJson(answer.bytes.toString('utf8'));
  if (!('value' in parsed) || !isRecord(parsed.value)) {
    const found = type.includes('html') ? 'a web page' : 'something else';
    throw failed(`expected an answer of a TAXII 2.1 server at ${at}, found ${found}`);
  }
  return { ...answer, value: parsed.value, sizeBytes: answer.bytes.length };
}

/** A URL that an answer names, when it may lead there. */
function follow(from: URL, text: string): URL {
  if (URL.canParse(text, from.href)) {
    const url = new URL(text, from);
    if (mayLead(from, url)) return url;
  }
  throw failed(
    `expected ${from.href} to lead on by https, found ${JSON.stringify(text.slice(0, 200))}`,
  );
}

const withSlash = (url: URL): URL => {
  const copy = new URL(url);
  if (!copy.pathname.endsWith('/')) copy.pathname += '/';
  copy.search = '';
  copy.hash = '';
  return copy;
};

/** The default API root of a discovery answer, else its first. */
function rootOf({ value, url }: Answer): URL {
  const roots = Array.isArray(value['api_roots']) ? value['api_roots'] : [];
  const root = textOf(value['default']) ?? roots.map(textOf).find((text) => text !== undefined);
  if (root === undefined) throw failed(`expected an API root in ${url.href}, found none`);
  return follow(url, root);
}

function collectionsOf({ value, url }: Answer): readonly TaxiiCollection[] {
  const listed = Array.isArray(value['collections']) ? value['collections'] : [];
  const collections = listed.filter(isRecord).flatMap((collection) => {
    const id = textOf(collection['id']);
    const title = textOf(collection['title']) ?? '';
    return id === undefined ? [] : [{ id, title, canRead: collection['can_read'] !== false }];
  });
  if (collections.length === 0) throw failed(`expected collections at ${url.href}, found none`);
  return collections;
}

/** The query that asks for the page after this one; undefined when this was the last. Source: TAXII 2.1 §3.4, §3.7. */
function nextPage({ value, url, headers }: Answer): Readonly<Record<string, string>> | undefined {
  if (value['more'] !== true) return undefined;
  const next = textOf(value['next']);
  if (next !== undefined) return { next };
  const addedAfter = headers.get('x-taxii-date-added-last');
  if (addedAfter !== null) return { added_after: addedAfter };
  throw failed(`expected a way to the next page in ${url.href}, found none`);
}

/** @param login URL that holds user and password, if any are needed. */
async function readPages(
  first: URL,
  login: string,
  options: DownloadOptions,
): Promise<readonly unknown[]> {
  const { maxBytes = MAX_DOWNLOAD_BYTES } = options;
  const objects: unknown[] = [];
  const asked = new Set<string>();
  let receivedBytes = 0;
  let url = first;
  for (;;) {
    const before = receivedBytes;
    const answer = await read(withLogin(url, login), {
      ...options,
      maxBytes: maxBytes - before,
      onBytes: (bytes) => options.onBytes?.(before + bytes, undefined),
    });
    receivedBytes += answer.sizeBytes;
    const page = answer.value['objects'];
    if (Array.isArray(page)) for (const object of page) objects.push(object);
    const query = nextPage(answer);
    if (query === undefined) return objects;
    url = new URL(first);
    for (const [name, text] of Object.entries(query)) url.searchParams.set(name, text);
    if (asked.has(url.href) || asked.size >= MAX_PAGES) {
      throw failed(`expected the pages of ${first.href} to end, found the same page again`);
    }
    asked.add(url.href);
  }
}

/**
 * Opens a TAXII 2.1 server at the URL of its discovery or of one of its API roots.
 *
 * @throws AppError `DOWNLOAD_FAILED` when there is no such server, `USAGE` for a URL that is none.
 */
export async function openTaxii(address: string, options: DownloadOptions): Promise<TaxiiClient> {
  const answer = await read(address, options);
  const isDiscovery = Array.isArray(answer.value['api_roots']);
  if (!isDiscovery && !Array.isArray(answer.value['versions'])) {
    throw failed(`expected a TAXII 2.1 server at ${answer.url.href}, found other JSON`);
  }
  const root = withSlash(isDiscovery ? rootOf(answer) : answer.url);
  return {
    root,
    collections: async () => {
      const url = new URL('collections/', root);
      return collectionsOf(await read(withLogin(url, address), options));
    },
    objects: async (collectionId, type) => {
      const url = new URL(`collections/${encodeURIComponent(collectionId)}/objects/`, root);
      if (type !== undefined) url.searchParams.set('match[type]', type);
      return await readPages(url, address, options);
    },
  };
}

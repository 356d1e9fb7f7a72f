import { lookup as lookUpName } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '../model/index.js';
import { isPublicAddress } from './public-address.js';

/** An address that a name stands for. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Bounds of a fetch from an address that is not ours to trust, and what it needs from outside. */
export interface GuardedFetchOptions {
  /** Also from private networks and from this machine. Default false. */
  readonly allowsPrivate?: boolean | undefined;
  /** Of the body, unpacked. Default 64 MB. */
  readonly maxBytes?: number | undefined;
  /** Longest silence. Default 30 s. */
  readonly idleTimeoutMs?: number | undefined;
  /** Of everything, redirects included. Default 120 s. */
  readonly timeoutMs?: number | undefined;
  /** `Accept` header. Default anything. */
  readonly accept?: string | undefined;
  /** All addresses of a name. Default the system's. */
  readonly lookup?: ((host: string) => Promise<readonly HostAddress[]>) | undefined;
  /** Whether an address may be asked; `allowsPrivate` allows all. Default `isPublicAddress`. */
  readonly isAllowed?: ((address: string) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was at an address. */
export interface GuardedAnswer {
  readonly bytes: Uint8Array;
  /** After redirects. */
  readonly url: string;
  /** `text/html`, in lower case; undefined when the server does not say. */
  readonly mediaType: string | undefined;
  /** `windows-1251`; undefined when the server does not say. */
  readonly charset: string | undefined;
}

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const DEFAULT_IDLE_MS = 30_000;
const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Fetches what is at an address that somebody else named. A name is looked up once, and the connection goes to the very
 * address that was checked, so that it cannot stand for another one a moment later; each redirect is checked anew.
 *
 * @throws AppError `USAGE` for what is no http(s) address or leads to one that is not public; `DOWNLOAD_FAILED` for
 *   everything else. The signal's reason when it is aborted.
 */
export async function guardedFetch(
  address: string,
  options: GuardedFetchOptions = {},
): Promise<GuardedAnswer> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
  try {
    return await follow(parseGuardedUrl(address), { ...options, signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (limit.aborted) throw failed(`no whole answer within ${timeoutMs / 1_000} s`, error);
    throw error;
  }
}

async function follow(start: URL, options: GuardedFetchOptions): Promise<GuardedAnswer> {
  let url = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await ask(url, options);
    const { location } = answer.headers;
    if (location === undefined || !REDIRECTS.has(answer.statusCode ?? 0)) {
      return readAnswer(answer, url, options);
    }
    answer.destroy();
    url = nextUrl(url, location);
  }
  throw failed(`it sends us on more than ${MAX_REDIRECTS} times`);
}

function parseGuardedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const shown = JSON.stringify(text.slice(0, 200));
    throw new AppError(
      'USAGE',
      `expected a URL that starts with https:// or http://, found ${shown}`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('USAGE', 'expected a URL without user and password');
  }
  return url;
}

function nextUrl(from: URL, location: string): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isDowngrade = from.protocol === 'https:' && next?.protocol === 'http:';
  if (next === undefined || isDowngrade) {
    throw failed(
      `it sends us to an address that is not followed: ${JSON.stringify(location.slice(0, 200))}`,
    );
  }
  return parseGuardedUrl(next.href);
}

function failed(reason: string, cause?: unknown): AppError {
  return new AppError('DOWNLOAD_FAILED', `cannot fetch the address: ${reason}`, { cause });
}

function refused(host: string): AppError {
  return new AppError(
    'USAGE',
    `${JSON.stringify(host.slice(0, 200))} is of a private network or of this machine, which is not asked unless that is allowed`,
  );
}

function mayAsk(
  address: string,
  { allowsPrivate, isAllowed = isPublicAddress }: GuardedFetchOptions,
): boolean {
  return allowsPrivate === true || isAllowed(address);
}

function ask(url: URL, options: GuardedFetchOptions): Promise<IncomingMessage> {
  // The URL's own parser has turned other spellings of an address, such as 0x7f.1 and 2130706433, into the usual one.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A name is looked up by what connects; an address is not, so it is checked here.
  if (isIP(host) !== 0 && !mayAsk(host, options)) throw refused(host);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const { signal, accept = '*/*', idleTimeoutMs = DEFAULT_IDLE_MS } = options;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: { Accept: accept, 'Accept-Encoding': 'gzip, deflate, br', 'User-Agent': 'portolan' },
      lookup: guardedLookup(options),
      // A connection that is kept would have been checked for another name.
      agent: false,
      timeout: idleTimeoutMs,
      ...(signal === undefined ? {} : { signal }),
    });
    asked.on('response', resolve);
    asked.on('timeout', () => asked.destroy(failed(`nothing came for ${idleTimeoutMs / 1_000} s`)));
    asked.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause instanceof AppError
          ? cause
          : failed(REASONS[cause.code ?? ''] ?? cause.code ?? 'no connection', cause),
      ),
    );
    asked.end();
  });
}

// Source: Node's error codes and OpenSSL's.
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its name is not known here',
  EAI_AGAIN: 'its name cannot be looked up; no network or no DNS',
  ETIMEDOUT: 'no answer',
  ENETUNREACH: 'no network',
  EHOSTUNREACH: 'no way there',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
};

/** All addresses of a name are checked: which of them is asked is not ours to choose. */
function guardedLookup(options: GuardedFetchOptions): LookupFunction {
  const { lookup = lookUpAll } = options;
  return (host, { all }, callback) => {
    lookup(host).then(
      (addresses) => {
        const [first] = addresses;
        const isFine = addresses.every(({ address }) => mayAsk(address, options));
        if (first === undefined || !isFine) callback(refused(host), '');
        else if (all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

const lookUpAll = (host: string): Promise<readonly HostAddress[]> =>
  lookUpName(host, { all: true });

async function readAnswer(
  answer: IncomingMessage,
  url: URL,
  { maxBytes = DEFAULT_MAX_BYTES }: GuardedFetchOptions,
): Promise<GuardedAnswer> {
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    throw failed(`it answers ${statusCode}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of unpack(answer, headers['content-encoding'])) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      if (size > maxBytes) throw failed(`it is larger than ${maxBytes} bytes`);
      chunks.push(bytes);
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : failed('the answer was cut off or damaged', cause);
  } finally {
    answer.destroy();
  }
  const [mediaType, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([\w-]{2,40})"?\s*$/.exec(parameter)?.[1])
    .find((name) => name !== undefined);
  return {
    bytes: Buffer.concat(chunks),
    url: url.href,
    mediaType: mediaType?.trim() || undefined,
    charset,
  };
}

function unpack(answer: IncomingMessage, encoding: string | undefined) {
  const unpacker = unpackerOf(encoding);
  if (unpacker === undefined) return answer;
  // Else an answer that is cut off would be waited for without end.
  answer.on('error', (error) => unpacker.destroy(error));
  return answer.pipe(unpacker);
}

function unpackerOf(encoding: string | undefined) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  return encoding === 'br' ? createBrotliDecompress() : undefined;
}

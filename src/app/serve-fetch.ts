import { lookup as lookUp } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { AppError } from '../model/index.js';

/** Bounds of a fetch that a stranger asked for. */
export interface FetchAddressOptions {
  /** Of the body, unpacked. */
  readonly maxBytes: number;
  /** Whether addresses of private networks and of this machine may be asked. */
  readonly allowsPrivate: boolean;
  readonly signal?: AbortSignal | undefined;
}

const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 30_000;

// Source: IANA special-purpose address registries for IPv4 and IPv6, everything that is not globally reachable.
const BLOCKED: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['5f00::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const blocked = new BlockList();
for (const [net, bits, family] of BLOCKED) blocked.addSubnet(net, bits, family);

/** Whether an address is of a network that strangers may ask us to ask. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  // An IPv4 address in IPv6 clothes is that address.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  return !blocked.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * What is at an address that a stranger named. The name is looked up once, and the connection goes to the address that was
 * checked, so that a name cannot stand for another address a moment later; after every redirect it is checked again.
 *
 * @throws AppError `USAGE` for what is no public http(s) address; `DOWNLOAD_FAILED` for everything else, also when it is
 *   larger than `maxBytes`.
 */
export async function fetchAddress(
  text: string,
  options: FetchAddressOptions,
): Promise<Uint8Array> {
  let url = parsePublicUrl(text);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await ask(url, options);
    const location = answer.headers.location;
    if (location === undefined || !isRedirect(answer.statusCode))
      return readAnswer(answer, options);
    answer.destroy();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next === undefined || (url.protocol === 'https:' && next.protocol !== 'https:'))
      throw failed('it sends us to an address that is not followed');
    url = parsePublicUrl(next.href);
  }
  throw failed(`it sends us on more than ${MAX_REDIRECTS} times`);
}

function parsePublicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new AppError('USAGE', 'expected a URL that starts with https:// or http://');
  if (url.username !== '' || url.password !== '')
    throw new AppError('USAGE', 'expected a URL without user and password');
  return url;
}

function isRedirect(status = 0): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function failed(reason: string, cause?: unknown): AppError {
  return new AppError('DOWNLOAD_FAILED', `cannot fetch the address: ${reason}`, { cause });
}

function refused(): AppError {
  return new AppError(
    'USAGE',
    'the address is of a private network, which this server does not ask',
  );
}

function ask(url: URL, options: FetchAddressOptions): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // No name is looked up for an address, so nobody else would check it.
  if (!options.allowsPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw refused();
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: { 'Accept-Encoding': 'gzip, br', 'User-Agent': 'portolan' },
      lookup: guardedLookup(options),
      // A kept connection would have been checked for another name.
      agent: false,
      timeout: TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    asked.on('response', resolve);
    asked.on('timeout', () => asked.destroy(failed('no answer')));
    asked.on('error', (cause: NodeJS.ErrnoException) =>
      reject(cause instanceof AppError ? cause : failed(cause.code ?? 'no connection', cause)),
    );
    asked.end();
  });
}

function guardedLookup({ allowsPrivate }: FetchAddressOptions): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const [first] = addresses;
      const isAllowed = allowsPrivate || addresses.every(({ address }) => isPublicAddress(address));
      if (first === undefined || !isAllowed) return callback(refused(), '');
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function readAnswer(
  answer: IncomingMessage,
  { maxBytes }: FetchAddressOptions,
): Promise<Uint8Array> {
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    throw failed(`it answers ${statusCode}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of unpack(
      answer,
      headers['content-encoding'],
    ) as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw failed(`it is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (cause) {
    answer.destroy();
    throw cause instanceof AppError ? cause : failed('the answer was cut off or damaged', cause);
  }
  return Buffer.concat(chunks);
}

function unpack(answer: IncomingMessage, encoding: string | undefined) {
  if (encoding === 'gzip') return answer.pipe(createGunzip());
  return encoding === 'br' ? answer.pipe(createBrotliDecompress()) : answer;
}

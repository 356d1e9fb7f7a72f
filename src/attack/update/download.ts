import { AppError } from '../../model/index.js';
import { mayLead, parseWebAddress, type WebAddress } from './web-address.js';

/** What a download needs from outside, and its limits. */
export interface DownloadOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Ends the download early. */
  readonly signal?: AbortSignal | undefined;
  /** Of the body, unpacked. Default 200 MB. */
  readonly maxBytes?: number | undefined;
  /** Until the answer begins. Default 30 s. */
  readonly connectTimeoutMs?: number | undefined;
  /** Longest silence while the body comes. Default 30 s. */
  readonly idleTimeoutMs?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Called for every piece; `totalBytes` is undefined when the server does not say it, or packs the body. */
  readonly onBytes?: ((receivedBytes: number, totalBytes: number | undefined) => void) | undefined;
}

export interface Download {
  readonly bytes: Buffer;
  /** Where the answer came from, after redirects; without user and password. */
  readonly url: URL;
  readonly headers: Headers;
}

export const MAX_DOWNLOAD_BYTES = 200 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

// Source: Node's error codes, undici's (UND_ERR_…) and OpenSSL's.
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its name is not known here',
  EAI_AGAIN: 'its name cannot be looked up; no network or no DNS',
  ETIMEDOUT: 'no answer',
  ENETUNREACH: 'no network',
  EHOSTUNREACH: 'no way there',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_HEADERS_TIMEOUT: 'no answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is not trusted; NODE_EXTRA_CA_CERTS names a CA file',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted; NODE_EXTRA_CA_CERTS names a CA file',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is not trusted; NODE_EXTRA_CA_CERTS names a CA file',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is not trusted; NODE_EXTRA_CA_CERTS names a CA file',
};

const failed = (message: string, cause?: unknown): AppError =>
  new AppError('DOWNLOAD_FAILED', `${message}; nothing changed`, { cause });

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

/** Why fetch failed; it wraps what went wrong in errors of its own. */
function reasonOf(error: unknown, otherwise: string): string {
  let message: string | undefined;
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code } = inner as NodeJS.ErrnoException;
    if (typeof code === 'string') return REASONS[code] ?? code;
    if (inner.cause === undefined && inner !== error) message = inner.message.split('\n', 1)[0];
  }
  return message?.slice(0, 100) ?? otherwise;
}

function unreachable(url: URL, error: unknown): AppError {
  return failedToReach(url, reasonOf(error, 'the request failed'), error);
}

/** Says how to do without internet. */
function failedToReach({ host }: URL, reason: string, cause?: unknown): AppError {
  return new AppError(
    'DOWNLOAD_FAILED',
    `cannot reach ${host} (${reason}); nothing changed; take the bundle from another machine and run: portolan attack import FILE`,
    { cause },
  );
}

const WORDS: Readonly<Record<number, string>> = {
  401: 'it wants a login',
  403: 'it does not let us',
  404: 'there is nothing at that address',
  406: 'it cannot answer in the form asked for',
  407: 'the proxy wants a login',
};

function statusProblem(url: URL, response: Response): AppError {
  const { status, headers } = response;
  const wait = headers.get('retry-after');
  const words =
    status === 429
      ? `it has had too many requests${wait !== null && /^\d{1,6}$/.test(wait) ? `, try again in ${wait} s` : ''}`
      : (WORDS[status] ?? (status >= 500 ? 'the server has a fault' : 'it refused'));
  return failed(`expected an answer from ${url.href}, found HTTP ${status} (${words})`);
}

/** A timer that ends a request when nothing moves. */
function startWatch(signal: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  restart(afterMs: number, error: () => AppError): void;
  stop(): void;
} {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
    restart(afterMs, error) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(error()), afterMs);
    },
    stop: () => clearTimeout(timer),
  };
}

type Watch = ReturnType<typeof startWatch>;

async function request(
  { url, authorization }: WebAddress,
  watch: Watch,
  options: DownloadOptions,
): Promise<Response> {
  const { connectTimeoutMs = DEFAULT_TIMEOUT_MS } = options;
  watch.restart(connectTimeoutMs, () =>
    failedToReach(url, `no answer within ${seconds(connectTimeoutMs)}`),
  );
  const headers =
    authorization === undefined ? options.headers : { ...options.headers, authorization };
  return await options.fetch(url, {
    headers: { ...headers },
    redirect: 'manual',
    signal: watch.signal,
  });
}

/** Where a redirect leads; the login stays with the host that it was given for. */
function nextAddress(from: WebAddress, response: Response): WebAddress {
  const location = response.headers.get('location') ?? '';
  const allowed =
    URL.canParse(location, from.url.href) && mayLead(from.url, new URL(location, from.url));
  if (!allowed) {
    const shown = JSON.stringify(location.slice(0, 200));
    throw failed(`expected ${from.url.href} to lead on by https, found a redirect to ${shown}`);
  }
  const { url } = parseWebAddress(location, from.url);
  const isSameHost = url.origin === from.url.origin;
  return { url, authorization: isSameHost ? from.authorization : undefined };
}

/** Size of the body that the server announces; undefined when it packs it, since what comes out is another number. */
function announcedBytes({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  const isPacked = !['', 'identity'].includes(headers.get('content-encoding') ?? '');
  return isPacked || length === null || !/^\d{1,15}$/.test(length) ? undefined : Number(length);
}

async function readBody(
  { url, response }: { url: URL; response: Response },
  watch: Watch,
  options: DownloadOptions,
): Promise<Buffer> {
  const { maxBytes = MAX_DOWNLOAD_BYTES, idleTimeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const announced = announcedBytes(response);
  const tooLarge = (): AppError =>
    failed(`expected at most ${maxBytes} bytes from ${url.href}, found more`);
  if (announced !== undefined && announced > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (;;) {
    watch.restart(idleTimeoutMs, () =>
      failed(
        `expected more of ${url.href} after ${received} bytes, found nothing for ${seconds(idleTimeoutMs)}`,
      ),
    );
    const piece = await reader?.read();
    if (piece === undefined || piece.done) break;
    received += piece.value.byteLength;
    if (received > maxBytes) throw tooLarge();
    chunks.push(piece.value);
    options.onBytes?.(received, announced);
  }
  if (announced === undefined || announced === received) return Buffer.concat(chunks, received);
  throw failed(`expected ${announced} bytes from ${url.href}, found ${received}`);
}

/** The error to show for whatever ended a request. */
function toAppError(error: unknown, { url, begun, options }: Failure): AppError {
  if (error instanceof AppError) return error;
  if (options.signal?.aborted === true) return failed('the download was stopped', error);
  if (!begun) return unreachable(url, error);
  const reason = reasonOf(error, 'the connection was cut');
  return failed(`expected all of ${url.href}, found the start of it (${reason})`, error);
}

interface Failure {
  readonly url: URL;
  /** Whether the answer has begun. */
  readonly begun: boolean;
  readonly options: DownloadOptions;
}

/**
 * Fetches a file over http or https into memory, following redirects that do not leave https.
 *
 * @param address may hold a user and password.
 * @throws AppError `USAGE` for another kind of URL, `DOWNLOAD_FAILED` for everything that can go wrong on the way:
 *   one line that says what, and that nothing changed.
 */
export async function download(address: string, options: DownloadOptions): Promise<Download> {
  let at = parseWebAddress(address);
  let begun = false;
  const watch = startWatch(options.signal);
  try {
    options.signal?.throwIfAborted();
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      begun = false;
      const response = await request(at, watch, options);
      begun = true;
      if (REDIRECTS.has(response.status)) {
        await response.body?.cancel();
        at = nextAddress(at, response);
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw statusProblem(at.url, response);
      }
      const bytes = await readBody({ url: at.url, response }, watch, options);
      return { bytes, url: at.url, headers: response.headers };
    }
    throw failed(
      `expected ${at.url.href} to lead to a file, found more than ${MAX_REDIRECTS} redirects`,
    );
  } catch (error) {
    throw toAppError(error, { url: at.url, begun, options });
  } finally {
    watch.stop();
  }
}

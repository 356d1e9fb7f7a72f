import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { Caching } from '../api-route.js';

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);
// Less is sent in one packet either way.
const MIN_BYTES = 1_400;

/** Bytes of an answer, plain and compressed; the latter are made when first asked for. */
export interface EncodedAnswer {
  readonly body: Buffer;
  readonly mediaType: string;
  readonly etag: string;
  readonly compressed: Map<'br' | 'gzip', Promise<Buffer>>;
}

/** @param value JSON, or bytes with their media type. */
export function encodeAnswer(
  value: unknown,
  bytes?: { readonly content: Buffer; readonly mediaType: string },
): EncodedAnswer {
  const body = bytes?.content ?? Buffer.from(JSON.stringify(value));
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const mediaType = bytes?.mediaType ?? 'application/json';
  return { body, mediaType, etag, compressed: new Map() };
}

/** How an answer is sent. `immutable`: its address changes with its content. */
export interface Sending {
  readonly status: number;
  readonly caching: Caching | 'immutable' | undefined;
}

/** The answer in the encoding that the client takes; 304 when it has the same already. */
export async function sendAnswer(
  c: Context,
  encoded: EncodedAnswer,
  { status, caching }: Sending,
): Promise<Response> {
  const headers = new Headers({
    'Content-Type': encoded.mediaType,
    'Cache-Control':
      caching === 'immutable'
        ? 'private, max-age=31536000, immutable'
        : caching === undefined
          ? 'no-store'
          : 'private, no-cache',
  });
  if (caching !== undefined) {
    headers.set('ETag', encoded.etag);
    headers.set('Vary', 'Accept-Encoding, Cookie, Authorization');
    if (isKnown(c.req.header('If-None-Match'), encoded.etag))
      return c.newResponse(null, { status: 304, headers });
  }
  const encoding = encodingFor(c.req.header('Accept-Encoding') ?? '', encoded);
  if (encoding === undefined)
    return c.newResponse(encoded.body as Uint8Array<ArrayBuffer>, {
      status: status as 200,
      headers,
    });
  headers.set('Content-Encoding', encoding);
  const body = await compress(encoded, encoding, caching === undefined);
  return c.newResponse(body as Uint8Array<ArrayBuffer>, { status: status as 200, headers });
}

function isKnown(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((each) => each.trim() === etag || each.trim() === '*') === true;
}

function encodingFor(accepted: string, { body }: EncodedAnswer): 'br' | 'gzip' | undefined {
  if (body.byteLength < MIN_BYTES) return undefined;
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted) ? 'gzip' : undefined;
}

/** What is sent once is compressed quickly, what is sent often well. */
function compress(
  { body, compressed }: EncodedAnswer,
  encoding: 'br' | 'gzip',
  isOnce: boolean,
): Promise<Buffer> {
  let bytes = compressed.get(encoding);
  if (bytes === undefined) {
    const quality = { [constants.BROTLI_PARAM_QUALITY]: isOnce ? 3 : 6 };
    bytes =
      encoding === 'br'
        ? toBrotli(body, { params: quality })
        : toGzip(body, { level: isOnce ? 4 : 6 });
    compressed.set(encoding, bytes);
  }
  return bytes;
}

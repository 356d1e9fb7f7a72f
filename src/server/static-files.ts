import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import type { Context } from 'hono';
import type { AnswerCache } from './answers/answer-cache.js';
import { encodeAnswer, sendAnswer } from './answers/encode-answer.js';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

const FILE_ADDRESS = /^\/assets\/|^\/[^/]+\.(?!html$)[a-z0-9]{1,11}$/i;

interface Sent {
  readonly folder: string;
  readonly path: string;
  readonly cache: AnswerCache;
  readonly modified: number;
}

/**
 * Serves the built web interface. Files under `assets/` have a hash in their name and never change. Every other address is
 * the page, which finds its way itself.
 *
 * @returns undefined when there is no such file and the address looks like one.
 */
export async function serveStatic(
  c: Context,
  folder: string,
  cache: AnswerCache,
): Promise<Response | undefined> {
  const path = safePath(folder, new URL(c.req.url).pathname);
  const modified = path === undefined ? undefined : await modifiedMs(path);
  if (path !== undefined && modified !== undefined && extname(path) !== '.html')
    return sendFile(c, { folder, path, cache, modified });
  // A missing script must not be answered with the page: the browser would cache that as the script. Pages lie deeper
  // and may have dots: /techniques/T1059.001.
  if (FILE_ADDRESS.test(c.req.path)) return undefined;
  return sendPage(folder);
}

/** The file that a path of a URL names; undefined when it leads out of the folder. */
export function safePath(folder: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const root = resolve(folder);
  const path = resolve(root, `.${decoded}`);
  return path.startsWith(root + sep) ? path : undefined;
}

async function modifiedMs(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.mtimeMs : undefined;
  } catch {
    return undefined;
  }
}

/** A file of the interface is read and packed once, and again when it is built anew. */
async function sendFile(c: Context, { folder, path, cache, modified }: Sent): Promise<Response> {
  const mediaType = MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const encoded = await cache.get(`file ${path}`, modified, async () =>
    encodeAnswer(undefined, { content: await readFile(path), mediaType }),
  );
  const isHashed = path.startsWith(resolve(folder, 'assets') + sep);
  return sendAnswer(c, encoded, { status: 200, caching: isHashed ? 'immutable' : 'release' });
}

async function sendPage(folder: string): Promise<Response | undefined> {
  try {
    const page = await readFile(join(folder, 'index.html'));
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' };
    return new Response(page, { headers });
  } catch {
    return undefined;
  }
}

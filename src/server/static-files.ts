import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';

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

/**
 * Serves the built web interface. Files under `assets/` have a hash in their name and never change; `X.br` and `X.gz`
 * beside a file are sent instead of it. Every other address is the page, which finds its way itself.
 *
 * @returns undefined when there is no such file and the address looks like one.
 */
export async function serveStatic(c: Context, folder: string): Promise<Response | undefined> {
  const path = safePath(folder, new URL(c.req.url).pathname);
  const found = path === undefined ? undefined : await sizeOf(path);
  if (path !== undefined && found !== undefined && extname(path) !== '.html')
    return sendFile(c, folder, path);
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

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

async function sendFile(c: Context, folder: string, path: string): Promise<Response> {
  const accepted = c.req.header('Accept-Encoding') ?? '';
  const isHashed = path.startsWith(resolve(folder, 'assets') + sep);
  const headers = new Headers({
    'Content-Type': MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
  });
  let file = path;
  for (const [encoding, ending] of [
    ['br', '.br'],
    ['gzip', '.gz'],
  ] as const) {
    if (!accepted.includes(encoding) || (await sizeOf(path + ending)) === undefined) continue;
    headers.set('Content-Encoding', encoding);
    file = path + ending;
    break;
  }
  headers.set('Content-Length', String((await sizeOf(file)) ?? 0));
  if (c.req.method === 'HEAD') return new Response(null, { headers });
  return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>, {
    headers,
  });
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

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchReport } from './fetch-report.js';
import { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.js';

const PAGE = '<!doctype html><title>A report</title><p>The actor used PowerShell.</p>';
const seen: string[] = [];

const listener: RequestListener = (request, response) => {
  const path = request.url ?? '';
  seen.push(`${request.headers.host?.replace(/:\d+$/, '')}${path}`);
  const answers: Readonly<Record<string, () => void>> = {
    '/page': () => response.setHeader('content-type', 'text/html; charset=UTF-8').end(PAGE),
    '/latin': () =>
      response
        .setHeader('content-type', 'text/html; charset=windows-1251')
        .end(Buffer.from('<p>\xcf\xf0\xe8\xe2\xe5\xf2</p>', 'latin1')),
    '/gzip': () => response.setHeader('content-encoding', 'gzip').end(gzipSync(PAGE)),
    '/bomb': () =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(5_000_000))),
    '/damaged': () =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(PAGE).subarray(0, 30)),
    '/image': () => response.setHeader('content-type', 'image/png').end('x'),
    '/to-page': () => response.writeHead(302, { location: '/page' }).end(),
    '/to-inside': () => response.writeHead(302, { location: 'http://inside.test/secret' }).end(),
    '/to-metadata': () =>
      response.writeHead(301, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    '/to-file': () => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/to-itself': () => response.writeHead(307, { location: '/to-itself' }).end(),
    '/cut': () => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      response.destroy();
    },
    '/silent': () => undefined,
    '/slow': () => {
      response.write('a');
    },
  };
  (answers[path] ?? (() => response.writeHead(404).end()))();
};

let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const LOCAL = { address: '127.0.0.1', family: 4 };

/** A world in which `outside.test` is public and 127.0.0.1 its address, and `inside.test` is private. */
const WORLD: GuardedFetchOptions = {
  lookup: async (host) => [host === 'inside.test' ? { address: '127.0.0.2', family: 4 } : LOCAL],
  isAllowed: (address) => address === '127.0.0.1',
};

const at = (path: string, host = 'outside.test'): string => `http://${host}:${port}${path}`;

describe('guardedFetch', () => {
  it('fetches, unpacks and follows', async () => {
    for (const path of ['/page', '/gzip', '/to-page']) {
      const { bytes } = await guardedFetch(at(path), WORLD);
      expect(Buffer.from(bytes).toString()).toBe(PAGE);
    }
    const { url, mediaType, charset } = await guardedFetch(at('/to-page'), WORLD);
    expect({ url, mediaType, charset }).toEqual({
      url: at('/page'),
      mediaType: 'text/html',
      charset: 'utf-8',
    });
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.0.0.1/',
    'http://127.0.0.1./',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[0:0:0:0:0:ffff:169.254.169.254]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://2852039166/',
    'http://10.0.0.1/',
    'http://192.168.0.1:8080/',
    'http://localhost/',
    'https://[fd00:ec2::254]/',
    'http://１２７.0.0.1/',
  ])('does not ask %s', async (url) => {
    await expect(guardedFetch(url)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('private network'),
    });
  });

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/x',
    'javascript:alert(1)',
    'gopher://x',
    'nothing',
    '',
  ])('takes %s for no address to fetch', async (url) => {
    await expect(guardedFetch(url, WORLD)).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('sends no user and password', async () => {
    await expect(guardedFetch('http://a:b@outside.test/', WORLD)).rejects.toMatchObject({
      code: 'USAGE',
    });
  });

  it.each(['/to-inside', '/to-metadata', '/to-file'])(
    'does not follow to where it may not ask: %s',
    async (path) => {
      seen.length = 0;
      await expect(guardedFetch(at(path), WORLD)).rejects.toMatchObject({ code: 'USAGE' });
      expect(seen).toEqual([`outside.test${path}`]);
    },
  );

  it('refuses a name when any of its addresses is private', async () => {
    const lookup = async () => [LOCAL, { address: '10.0.0.1', family: 4 }];
    await expect(guardedFetch(at('/page'), { ...WORLD, lookup })).rejects.toMatchObject({
      code: 'USAGE',
    });
  });

  it('asks the address that it checked, though the name stands for another one a moment later', async () => {
    let asked = 0;
    const lookup = async () => {
      asked += 1;
      return [asked === 1 ? LOCAL : { address: '127.0.0.2', family: 4 }];
    };
    await guardedFetch(at('/page'), { ...WORLD, lookup });
    expect(asked).toBe(1);
    await expect(guardedFetch(at('/page'), { ...WORLD, lookup })).rejects.toMatchObject({
      code: 'USAGE',
    });
  });

  it('asks private addresses when it may', async () => {
    const { bytes } = await guardedFetch(`http://127.0.0.1:${port}/page`, { allowsPrivate: true });
    expect(Buffer.from(bytes).toString()).toBe(PAGE);
  });

  it.each([
    ['/bomb', { maxBytes: 100_000 }, /larger than 100000 bytes/],
    ['/page', { maxBytes: 10 }, /larger than 10 bytes/],
    ['/damaged', {}, /cut off or damaged/],
    ['/cut', {}, /cut/],
    ['/to-itself', {}, /more than 5 times/],
    ['/nowhere', {}, /answers 404/],
    ['/silent', { idleTimeoutMs: 50 }, /nothing came/],
    ['/silent', { timeoutMs: 50 }, /no whole answer/],
    ['/slow', { timeoutMs: 100 }, /no whole answer/],
  ])('says why %s cannot be fetched', async (path, options, message) => {
    await expect(guardedFetch(at(path), { ...WORLD, ...options })).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringMatching(message),
    });
  });

  it('says that nobody answers, and that a name is not known', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => {
      closed.listen(0, '127.0.0.1', resolve);
    });
    const { port: free } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await expect(guardedFetch(`http://outside.test:${free}/`, WORLD)).rejects.toThrow(
      'the connection was refused',
    );
    const lookup = async () => {
      throw Object.assign(new Error('x'), { code: 'ENOTFOUND' });
    };
    await expect(guardedFetch(at('/page'), { ...WORLD, lookup })).rejects.toThrow(
      'its name is not known here',
    );
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const fetched = guardedFetch(at('/silent'), { ...WORLD, signal: controller.signal });
    controller.abort(new Error('stopped'));
    await expect(fetched).rejects.toThrow('stopped');
  });
});

describe('fetchReport', () => {
  it('reads a page by its address', async () => {
    const { documents, issues } = await fetchReport(at('/to-page'), WORLD);
    expect(documents).toMatchObject([
      { source: at('/to-page'), format: 'html', title: 'A report' },
    ]);
    expect(issues).toEqual([]);
  });

  it('decodes as the server says', async () => {
    const { documents } = await fetchReport(at('/latin'), WORLD);
    expect(documents.map(({ text }) => text)).toEqual(['Привет']);
  });

  it.each([
    ['http://169.254.169.254/', 'ADDRESS_REFUSED'],
    ['file:///etc/passwd', 'ADDRESS_REFUSED'],
  ])('makes an Issue of %s', async (url, code) => {
    expect(await fetchReport(url, WORLD)).toMatchObject({
      documents: [],
      issues: [{ code, at: { source: url } }],
    });
  });

  it.each(['/nowhere', '/image'])('makes an Issue of %s', async (path) => {
    expect(await fetchReport(at(path), WORLD)).toMatchObject({
      documents: [],
      issues: [{ code: 'FETCH_FAILED' }],
    });
  });
});

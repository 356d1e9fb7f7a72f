import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { serve, type TestServer } from '../../../test/attack/serve.js';
import { openTaxii } from './taxii-client.js';

const TYPE = 'application/taxii+json;version=2.1';
const ROOT = { title: 'root', versions: [TYPE], max_content_length: 1000 };
let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

interface Page {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Serves what is listed by path and query; anything else is 404. Only TAXII 2.1 is answered. */
async function serveTaxii(pages: Readonly<Record<string, Page | unknown>>): Promise<TestServer> {
  server = await serve((request: IncomingMessage, response: ServerResponse) => {
    const found = pages[request.url ?? ''];
    if (request.headers.accept !== TYPE) return void response.writeHead(406).end();
    if (found === undefined) return void response.writeHead(404).end('{}');
    const { status = 200, headers = {}, body } = found as Page;
    response.writeHead(status, { 'content-type': TYPE, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return server;
}

const open = async (pages: Readonly<Record<string, unknown>>, path = '/api/') =>
  await openTaxii(`${(await serveTaxii(pages)).url}${path}`, { fetch });

const failure = (message: string) =>
  expect.objectContaining({ code: 'DOWNLOAD_FAILED', message: expect.stringContaining(message) });

describe('openTaxii', () => {
  it('finds the API root from discovery, whose URL may be relative', async () => {
    const discovery = { title: 'x', default: '/api/', api_roots: ['/other/', '/api/'] };
    const { root } = await open({ '/taxii2/': { body: discovery } }, '/taxii2/');
    expect(root.pathname).toBe('/api/');
  });

  it('takes the first root where discovery names no default, and a root without its slash', async () => {
    const discovery = { title: 'x', api_roots: ['/other'] };
    expect((await open({ '/taxii2/': { body: discovery } }, '/taxii2/')).root.pathname).toBe(
      '/other/',
    );
    expect((await open({ '/api': { body: ROOT } }, '/api')).root.pathname).toBe('/api/');
  });

  it('lists collections and what can be read of them', async () => {
    const client = await open({
      '/api/': { body: ROOT },
      '/api/collections/': {
        body: {
          collections: [
            { id: '1', title: 'One', can_read: true },
            { id: '2', can_read: false },
            { title: 'no id' },
            7,
          ],
        },
      },
    });
    expect(await client.collections()).toEqual([
      { id: '1', title: 'One', canRead: true },
      { id: '2', title: '', canRead: false },
    ]);
  });

  it('reads all pages by next, or by the date of the last object', async () => {
    const objects = '/api/collections/a%2Fb/objects/';
    const client = await open({
      '/api/': { body: ROOT },
      [objects]: { body: { more: true, next: 'two', objects: [1, 2] } },
      [`${objects}?next=two`]: {
        body: { more: true, objects: [3] },
        headers: { 'x-taxii-date-added-last': '2026-01-01T00:00:00.000001Z' },
      },
      [`${objects}?added_after=2026-01-01T00%3A00%3A00.000001Z`]: {
        body: { more: false, objects: [4] },
      },
      [`${objects}?match%5Btype%5D=tool`]: { body: {} },
    });
    expect(await client.objects('a/b')).toEqual([1, 2, 3, 4]);
    expect(await client.objects('a/b', 'tool')).toEqual([]);
  });

  it('keeps a login for the same host', async () => {
    const logins: (string | undefined)[] = [];
    server = await serve((request, response) => {
      logins.push(request.headers.authorization);
      response.setHeader('content-type', TYPE);
      response.end(JSON.stringify({ ...ROOT, objects: [], collections: [{ id: '1' }] }));
    });
    const client = await openTaxii(`${server.url.replace('//', '//ann:pw@')}/api/`, { fetch });
    await client.collections();
    await client.objects('1');
    expect(logins).toEqual(Array(3).fill('Basic YW5uOnB3'));
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'a page that leads to itself',
      { body: { more: true, next: 'a', objects: [] } },
      'found the same page again',
    ],
    [
      'more without a way to it',
      { body: { more: true, objects: [] } },
      'expected a way to the next page',
    ],
    ['a login', { status: 401, body: {} }, 'HTTP 401 (it wants a login)'],
    ['no permission', { status: 403, body: {} }, 'HTTP 403'],
    [
      'another media type',
      { status: 406, body: {} },
      'HTTP 406 (it cannot answer in the form asked for)',
    ],
    ['nothing', { status: 404, body: {} }, 'HTTP 404'],
    [
      'a web page',
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      'found a web page',
    ],
    ['a list', { body: [] }, 'found something else'],
  ])('says what is wrong with %s', async (_, page, message) => {
    const objects = '/api/collections/1/objects/';
    const client = await open({
      '/api/': { body: ROOT },
      [objects]: page,
      [`${objects}?next=a`]: page,
    });
    await expect(client.objects('1')).rejects.toThrow(failure(message));
  });

  it.each<[string, unknown, string]>([
    [
      'TAXII 2.0',
      { headers: { 'content-type': 'application/vnd.oasis.taxii+json; version=2.0' }, body: {} },
      'found TAXII 2.0',
    ],
    ['other JSON', { body: { a: 1 } }, 'found other JSON'],
    ['a discovery without roots', { body: { api_roots: [] } }, 'expected an API root'],
    [
      'a root on another host',
      { body: { api_roots: ['http://192.0.2.1/'] } },
      'to lead on by https',
    ],
    ['a root in a file', { body: { api_roots: ['file:///etc/'] } }, 'to lead on by https'],
  ])('refuses %s', async (_, page, message) => {
    await expect(open({ '/api/': page })).rejects.toThrow(failure(message));
  });

  it('limits all pages together', async () => {
    const objects = '/api/collections/1/objects/';
    await serveTaxii({
      '/api/': { body: ROOT },
      [objects]: { body: { more: true, next: '2', objects: ['x'.repeat(600)] } },
      [`${objects}?next=2`]: { body: { objects: ['x'.repeat(600)] } },
    });
    const client = await openTaxii(`${server?.url}/api/`, { fetch, maxBytes: 1000 });
    await expect(client.objects('1')).rejects.toThrow(failure('bytes'));
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/app/public-address.js';
import { fetchAddress } from '../../src/app/serve-fetch.js';
import { safePath } from '../../src/server/static-files.js';
import { problemCode, startServer, type TestClient, type TestServer } from './harness.js';

let server: TestServer;
let admin: TestClient;
let web: string;
beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'portolan-web-'));
  mkdirSync(join(web, 'assets'));
  writeFileSync(
    join(web, 'index.html'),
    '<!doctype html><html><head></head><body>page</body></html>',
  );
  writeFileSync(join(web, 'assets', 'app-1a2b.js'), 'console.log(1);'.repeat(1_000));
  writeFileSync(join(web, '..', 'portolan-secret.txt'), 'secret');
  server = await startServer({ webFolder: web, frameAncestors: [] });
  admin = await server.signIn('admin');
});
afterAll(async () => {
  await server.close();
  rmSync(web, { recursive: true, force: true });
  rmSync(join(tmpdir(), 'portolan-secret.txt'), { force: true });
});

const EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e=cmd|calc';

describe('paths', () => {
  it.each([
    '/../portolan-secret.txt',
    '/%2e%2e/portolan-secret.txt',
    '/..%2fportolan-secret.txt',
    '/assets/..%2f..%2fportolan-secret.txt',
    '/..%5cportolan-secret.txt',
    '/%00/portolan-secret.txt',
    '//etc/passwd',
    '/assets/%252e%252e/%252e%252e/portolan-secret.txt',
  ])('%s leads nowhere', async (path) => {
    const answer = await server.anonymous.request(path);
    expect(await answer.text()).not.toContain('secret\n');
    const found = safePath(web, path);
    expect(found === undefined || found.startsWith(web)).toBe(true);
  });

  it('of links that lead out of the folder are the operator’s own; names of uploads never are paths', () => {
    symlinkSync('/etc/hostname', join(web, 'link.txt'));
    expect(safePath(web, '/link.txt')).toBe(join(web, 'link.txt'));
    rmSync(join(web, 'link.txt'));
  });
});

describe('the web interface', () => {
  it('is served at every address that is no file, with a policy that allows no inline script', async () => {
    for (const path of ['/', '/techniques/T1059.001', '/layers/3?x=1']) {
      const answer = await server.anonymous.request(path);
      expect(await answer.text()).toContain('page');
      const policy = answer.headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    }
  });

  it('keeps hashed files for a year, packed where the browser takes it', async () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    const answer = await server.anonymous.request('/assets/app-1a2b.js', { headers });
    expect(answer.headers.get('Content-Encoding')).toBe('gzip');
    expect(answer.headers.get('Cache-Control')).toContain('immutable');
    expect(answer.headers.get('Content-Type')).toMatch(/javascript/);
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(1_000);
    expect((await server.anonymous.request('/assets/gone-1.js')).status).toBe(404);
    const known = { 'If-None-Match': answer.headers.get('ETag') ?? '' };
    const again = await server.anonymous.request('/assets/app-1a2b.js', { headers: known });
    expect(again.status).toBe(304);
  });

  it('may be shown in frames of sites that the operator names', async () => {
    const open = await startServer({
      webFolder: web,
      frameAncestors: ['https://wiki.example.com'],
    });
    const answer = await open.anonymous.request('/');
    expect(answer.headers.get('Content-Security-Policy')).toContain(
      'frame-ancestors https://wiki.example.com',
    );
    expect(answer.headers.has('X-Frame-Options')).toBe(false);
    await open.close();
  });
});

describe('hostile words', () => {
  it('in a layer come back as JSON, and every format of export disarms them', async () => {
    const layer = {
      name: EVIL,
      description: EVIL,
      domain: 'enterprise-attack',
      versions: { attack: '19', navigator: '5.1.0', layer: '4.5' },
      techniques: [
        {
          techniqueID: 'T1059.001',
          score: 5,
          comment: EVIL,
          links: [{ label: EVIL, url: 'javascript:alert(1)' }],
        },
      ],
    };
    const made = await admin.request('/api/layers', { method: 'POST', json: { layer } });
    expect(made.headers.get('Content-Type')).toBe('application/json');
    const { id, name } = (await made.json()) as { id: string; name: string };
    expect(name).toBe(EVIL);
    for (const format of ['svg', 'csv', 'md', 'json', 'xlsx', 'png']) {
      const file = await admin.request(`/api/layers/${id}/export?format=${format}`);
      expect([format, file.status]).toEqual([format, 200]);
      expect(file.headers.get('Content-Disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
      expect(file.headers.get('Content-Security-Policy')).toContain('sandbox');
      const text = await file.text();
      if (format === 'svg') expect(text).not.toMatch(/<script|onerror=alert\(1\)>|javascript:/);
      if (format === 'csv') expect(text).not.toMatch(/^=|,=|"=cmd/m);
    }
  });

  it('in events, names of files and names of hosts come back as JSON, marked as text by the header', async () => {
    const event = {
      '@timestamp': '2026-03-03T08:00:00Z',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Computer: EVIL,
      Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      CommandLine: `powershell -NoP -W Hidden -Enc SQBFAFgAIAAoAE4AZQB3AC0A ${EVIL}`,
    };
    const headers = { 'Content-Type': 'application/octet-stream' };
    const name = encodeURIComponent(`${EVIL}.ndjson`);
    await admin.request(`/api/imports?name=${name}`, {
      method: 'POST',
      body: `${JSON.stringify(event)}\n`,
      headers,
    });
    await server.server.queue.idle();
    const evidence = await admin.request('/api/evidence');
    expect(evidence.headers.get('Content-Type')).toBe('application/json');
    expect(evidence.headers.get('X-Content-Type-Options')).toBe('nosniff');
    const { items } = (await evidence.json()) as { items: { subject: string }[] };
    expect(items.length).toBeGreaterThan(0);
  });

  it('in the address of a question are not said back as HTML', async () => {
    for (const path of [
      `/api/search?q=${encodeURIComponent(EVIL)}`,
      `/api/${encodeURIComponent(EVIL)}`,
      `/api/techniques/${encodeURIComponent(EVIL.slice(0, 60))}`,
    ]) {
      const answer = await admin.request(path);
      expect(answer.headers.get('Content-Type')).toMatch(/^application\/(problem\+)?json/);
    }
  });

  it('cannot change what objects are made of', async () => {
    const json = JSON.parse(
      '{"layer":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"name":"x","domain":"enterprise-attack","techniques":[]}}',
    ) as unknown;
    await admin.request('/api/layers', { method: 'POST', json });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('bodies', () => {
  it.each([
    ['not JSON', '{', 'application/json', 400],
    ['deep JSON', '['.repeat(100_000), 'application/json', 400],
    ['a form', 'layer=1', 'application/x-www-form-urlencoded', 400],
    ['text that other sites may send', '{"layer":{}}', 'text/plain', 400],
    ['the wrong shape', '{"layer":7}', 'application/json', 400],
    ['more than is read', `{"x":"${'x'.repeat(33 * 1024 * 1024)}"}`, 'application/json', 413],
  ])('%s is refused', async (_what, body, type, status) => {
    const headers = { 'Content-Type': type };
    const answer = await admin.request('/api/layers', { method: 'POST', body, headers });
    expect(answer.status).toBe(status);
    expect(await problemCode(answer)).toMatch(/^BODY_/);
  });

  it('of a layer that unpacks to gigabytes is refused', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20)));
    const answer = await admin.request('/api/layers/upload', { method: 'POST', body: bomb });
    expect(answer.status).toBe(422);
  });

  it('errors tell no stack and no path of the server', async () => {
    const answers = await Promise.all([
      admin.request('/api/layers/upload', { method: 'POST', body: 'no layer' }),
      admin.request('/api/rules/check', { method: 'POST', json: { text: ': : :' } }),
      admin.request('/api/rules/explain', { method: 'POST', json: { rule: 'x', events: 'y' } }),
      admin.request('/api/techniques/T9999'),
      admin.request('/api/matrix?since=never'),
      admin.request('/api/mappings?cursor=%00'),
    ]);
    for (const answer of answers) {
      const text = await answer.text();
      expect(text).not.toMatch(/\bat \w+ \(|node_modules|\/tmp\/|\.ts:/);
    }
  });
});

describe('addresses that the server is asked to fetch', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://017700000001/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'http://user:word@example.com/',
    'not an address',
  ])('%s is refused', async (url) => {
    for (const path of ['/api/layers/from-url', '/api/imports/url']) {
      const answer = await admin.request(path, { method: 'POST', json: { url } });
      expect([url, answer.status]).toEqual([url, 400]);
    }
  });

  it('are told apart by the tables of IANA', () => {
    for (const address of ['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
    for (const address of ['', 'x', '224.0.0.1', '255.255.255.255', '::', 'ff02::1', '2001:db8::1'])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });

  it('of private networks are asked where the operator allows it; redirects, size and packing are bounded', async () => {
    const { gzipSync } = await import('node:zlib');
    const answers: Record<
      string,
      () => { status: number; headers?: Record<string, string>; body?: Buffer }
    > = {
      '/ok': () => ({ status: 200, body: Buffer.from('fine') }),
      '/hop': () => ({ status: 302, headers: { Location: '/ok' } }),
      '/loop': () => ({ status: 302, headers: { Location: '/loop' } }),
      '/file': () => ({ status: 302, headers: { Location: 'file:///etc/passwd' } }),
      '/big': () => ({ status: 200, body: Buffer.alloc(2_000) }),
      '/bomb': () => ({
        status: 200,
        headers: { 'Content-Encoding': 'gzip' },
        body: gzipSync(Buffer.alloc(10_000_000)),
      }),
      '/damaged': () => ({
        status: 200,
        headers: { 'Content-Encoding': 'gzip' },
        body: Buffer.from('no gzip'),
      }),
    };
    const http = createHttp((request, response) => {
      const { status, headers, body } = answers[request.url ?? '']?.() ?? { status: 404 };
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => {
      http.listen(0, '127.0.0.1', resolve);
    });
    const base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const ask = (path: string) =>
      fetchAddress(base + path, { maxBytes: 1_000, allowsPrivate: true });
    for (const path of ['/ok', '/hop'])
      expect(Buffer.from(await ask(path)).toString()).toBe('fine');
    for (const path of ['/loop', '/big', '/bomb', '/damaged', '/gone'])
      await expect(ask(path)).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
    await expect(ask('/file')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(
      fetchAddress(`${base}/ok`, { maxBytes: 1_000, allowsPrivate: false }),
    ).rejects.toMatchObject({ code: 'USAGE' });
    await new Promise((resolve) => {
      http.close(resolve);
    });
  });
});

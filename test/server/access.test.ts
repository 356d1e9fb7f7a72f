import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineRoute } from '../../src/server/api-route.js';
import { createApiToken } from './api-token.js';
import { problemCode, startServer, type TestClient, type TestServer } from './harness.js';
import { REQUESTS, type RouteRequest } from './route-requests.js';

// The table is made from the routes themselves: a new one without a request here fails.

const RANK = { public: -1, viewer: 0, analyst: 1, admin: 2 } as const;
const ROLES = ['viewer', 'analyst', 'admin'] as const;
const REFUSED = /^(UNAUTHENTICATED|FORBIDDEN|CSRF|ORIGIN_FOREIGN|HOST_UNKNOWN)$/;

let server: TestServer;
const clients = new Map<string, TestClient>();

beforeAll(async () => {
  server = await startServer();
  for (const role of ROLES) clients.set(role, await server.signIn(role));
});
afterAll(() => server.close());

function clientOf(role: string): TestClient {
  const client = clients.get(role);
  if (client === undefined) throw new Error(`no client ${role}`);
  return client;
}

function requestOf(name: string): RouteRequest {
  const request = REQUESTS[name];
  if (request === undefined) throw new Error(`route ${name} has no request in route-requests.ts`);
  return request;
}

async function askRoute(
  client: TestClient,
  name: string,
  headers: Record<string, string | undefined> = {},
): Promise<{ status: number; code: string | undefined }> {
  const { method, path, ...rest } = requestOf(name);
  const answer = await client.request(path, { ...rest, method, headers });
  const code = await problemCode(answer);
  if (code === undefined) await answer.body?.cancel();
  return { status: answer.status, code };
}

describe('every route', () => {
  it('has a request in the table, and every request a route', () => {
    const names = server.server.routes.map(({ name }) => name);
    expect(Object.keys(REQUESTS).sort()).toEqual([...names].sort());
  });

  it('refuses whoever has no session, but for public ones', async () => {
    for (const { name, access } of server.server.routes) {
      const { status, code } = await askRoute(server.anonymous, name);
      if (access !== 'public') expect([name, status, code]).toEqual([name, 401, 'UNAUTHENTICATED']);
    }
  });

  it('refuses lower roles and lets the others through', async () => {
    for (const { name, access } of server.server.routes)
      for (const role of ROLES) {
        if (access === 'public') continue;
        const { status, code } = await askRoute(clientOf(role), name);
        if (RANK[role] < RANK[access])
          expect([name, role, status, code]).toEqual([name, role, 403, 'FORBIDDEN']);
        // Refusals that come after the role: of oneself, or of what a person alone may do.
        else expect([name, role, status]).not.toEqual([name, role, 401]);
      }
  });

  it('refuses forged, expired and revoked tokens, whatever session comes along', async () => {
    const owner = await server.signIn('admin');
    const tokens = [
      'plt_forged',
      `plt_${'A'.repeat(43)}`,
      await createApiToken(server, owner.userId, { expiresMs: Date.now() - 1 }),
      await createApiToken(server, owner.userId, { isRevoked: true }),
    ];
    for (const { name, access } of server.server.routes)
      for (const token of tokens) {
        const headers = { ...owner.headers, Authorization: `Bearer ${token}` };
        const { status, code } = await askRoute(server.client(headers), name);
        // Whoever brings a token is refused on public routes too: they mean to be someone.
        expect([name, access, status, code]).toEqual([name, access, 401, 'UNAUTHENTICATED']);
      }
  });

  it('gives a token no more than its scope, and no more than its owner has', async () => {
    const admin = await server.signIn('admin');
    const viewer = await server.signIn('viewer');
    const cases = [
      [await createApiToken(server, admin.userId, { scope: 'read' }), 'viewer'],
      [await createApiToken(server, admin.userId, { scope: 'write' }), 'analyst'],
      [await createApiToken(server, viewer.userId, { scope: 'admin' }), 'viewer'],
    ] as const;
    for (const { name, access } of server.server.routes)
      for (const [token, role] of cases) {
        if (access === 'public' || RANK[role] >= RANK[access]) continue;
        const client = server.client({ Authorization: `Bearer ${token}` });
        const { status, code } = await askRoute(client, name);
        expect([name, role, status, code]).toEqual([name, role, 403, 'FORBIDDEN']);
      }
  });

  it('refuses writes without the token of the session, or with one of another session', async () => {
    const other = await server.signIn('admin');
    const foreign = other.headers['X-CSRF-Token'];
    for (const { name, method } of server.server.routes) {
      if (method === 'get') continue;
      for (const token of [undefined, '', 'wrong', foreign]) {
        const { status, code } = await askRoute(clientOf('admin'), name, { 'X-CSRF-Token': token });
        expect([name, token, status, code]).toEqual([name, token, 403, 'CSRF']);
      }
    }
  });

  it('refuses what pages of other sites ask for', async () => {
    const headers = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: 'http://localhost:9999' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ];
    for (const { name } of server.server.routes)
      for (const header of headers) {
        const { status, code } = await askRoute(clientOf('admin'), name, header);
        expect([name, header, status, code]).toEqual([name, header, 403, 'ORIGIN_FOREIGN']);
      }
  });

  it('refuses names that are not ours, which stand for our address at a stranger’s word', async () => {
    for (const { name } of server.server.routes)
      for (const host of ['evil.example', 'localhost.evil.example:7447', '']) {
        const { status, code } = await askRoute(clientOf('admin'), name, { Host: host });
        expect([name, host, status, code]).toEqual([name, host, 421, 'HOST_UNKNOWN']);
      }
  });

  it('answers its owner without a refusal', async () => {
    for (const { name } of server.server.routes) {
      if (name.startsWith('session.')) continue;
      const admin = await server.signIn('admin');
      const { code = '' } = await askRoute(admin, name);
      expect([name, REFUSED.test(code) ? code : '']).toEqual([name, '']);
    }
  });

  it('is told apart: a route without an access rule cannot be written', () => {
    // @ts-expect-error access is missing
    defineRoute({ name: 'x', method: 'get', path: '/api/x', summary: 'x' }, () => ({}));
  });
});

describe('what belongs to someone', () => {
  it('is not there for others, and is for its owner and admins', async () => {
    const owned = server.server.routes.filter(({ isOwned }) => isOwned === true);
    expect(owned.map(({ name }) => name).sort()).toEqual([
      'import.cancel',
      'review.undo',
      'token.remove',
    ]);
  });

  it('token: another person cannot revoke it, its owner can', async () => {
    const owner = await server.signIn('viewer');
    const other = await server.signIn('analyst');
    const made = await owner.request('/api/tokens', {
      method: 'POST',
      json: { name: 'mine', scope: 'read' },
    });
    const { id, token } = (await made.json()) as { id: string; token: string };
    const refused = await other.request(`/api/tokens/${id}`, { method: 'DELETE' });
    expect([refused.status, await problemCode(refused)]).toEqual([404, 'NOT_FOUND']);
    const program = server.client({ Authorization: `Bearer ${token}` });
    expect((await program.request('/api/workspace')).status).toBe(200);
    expect((await other.request('/api/tokens')).status).toBe(200);
    const list = (await (await other.request('/api/tokens')).json()) as { items: unknown[] };
    expect(list.items).toEqual([]);
    expect((await owner.request(`/api/tokens/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await program.request('/api/workspace')).status).toBe(401);
  });

  it('import: another analyst cannot stop it, an admin can', async () => {
    const owner = await server.signIn('analyst');
    const other = await server.signIn('analyst');
    const { id } = (await (
      await owner.request('/api/imports/example', { method: 'POST' })
    ).json()) as { id: string };
    const refused = await other.request(`/api/imports/${id}/cancel`, { method: 'POST' });
    expect([refused.status, await problemCode(refused)]).toEqual([404, 'NOT_FOUND']);
    const stopped = await clientOf('admin').request(`/api/imports/${id}/cancel`, {
      method: 'POST',
    });
    expect(stopped.status).toBe(200);
    await server.server.queue.idle();
  });

  it('review: another analyst cannot take it back, its author can', async () => {
    const owner = await server.signIn('analyst');
    const other = await server.signIn('analyst');
    await owner.request('/api/imports/example', { method: 'POST' });
    await server.server.queue.idle();
    const list = await owner.request('/api/mappings?limit=1');
    const { items } = (await list.json()) as { items: { id: string }[] };
    const made = await owner.request('/api/reviews', {
      method: 'POST',
      json: { mappingIds: [items[0]?.id], decision: 'reject' },
    });
    const { review } = (await made.json()) as { review: { id: string } };
    const undo = { method: 'POST', json: { id: review.id } };
    const refused = await other.request('/api/reviews/undo', undo);
    expect([refused.status, await problemCode(refused)]).toEqual([404, 'NOT_FOUND']);
    expect((await owner.request('/api/reviews/undo', undo)).status).toBe(200);
  });
});

describe('the audit log', () => {
  it('has every write, who did it, and what was refused', async () => {
    const viewer = await server.signIn('viewer');
    const layer = { name: 'x', domain: 'enterprise-attack', techniques: [] };
    await viewer.request('/api/layers', { method: 'POST', json: { layer } });
    const answer = await clientOf('admin').request('/api/audit?limit=5');
    const { items } = (await answer.json()) as {
      items: { action: string; by: string; outcome: string }[];
    };
    const entry = items.find(({ action }) => action === 'layer.add');
    expect(entry).toMatchObject({ outcome: '403 FORBIDDEN' });
    expect(entry?.by).toMatch(/^viewer-/);
  });
});

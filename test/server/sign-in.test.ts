import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, problemCode, startServer, type TestServer } from './harness.js';

interface SessionAnswer {
  readonly user: { readonly name: string; readonly role: string } | null;
  readonly csrfToken: string;
  readonly signInRequired: boolean;
  readonly setupRequired: boolean;
}

async function sessionOf(
  server: TestServer,
  headers: Readonly<Record<string, string>> = {},
): Promise<SessionAnswer> {
  return (await (await server.client(headers).request('/api/session')).json()) as SessionAnswer;
}

async function trySignIn(server: TestServer, name: string, password: string): Promise<Response> {
  const { csrfToken } = await sessionOf(server);
  const headers = { 'X-CSRF-Token': csrfToken };
  return server.anonymous.request('/api/session', {
    method: 'POST',
    json: { name, password },
    headers,
  });
}

describe('where sign-in is asked for', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  it('lets the first admin be made once, with the token of the terminal', async () => {
    expect(await sessionOf(server)).toMatchObject({ user: null, setupRequired: true });
    const { csrfToken } = await sessionOf(server);
    const setup = (token: string, name: string) =>
      server.anonymous.request('/api/session/setup', {
        method: 'POST',
        json: { token, name, password: PASSWORD },
        headers: { 'X-CSRF-Token': csrfToken },
      });
    expect((await setup('guess', 'first')).status).toBe(403);
    const made = await setup('setup-token-of-the-test', 'first');
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({ user: { name: 'first', role: 'admin' } });
    expect((await setup('setup-token-of-the-test', 'second')).status).toBe(403);
  });

  it('says the same of a wrong name and a wrong password', async () => {
    const [name, password] = await Promise.all([
      trySignIn(server, 'nobody', PASSWORD),
      trySignIn(server, 'first', 'wrong password'),
    ]);
    expect([name.status, password.status]).toEqual([401, 401]);
    expect(await name.json()).toEqual(await password.json());
  });

  it('keeps the cookie from scripts and other sites, and makes a new one at each sign-in', async () => {
    const one = (await trySignIn(server, 'first', PASSWORD)).headers.get('Set-Cookie') ?? '';
    const two = (await trySignIn(server, 'first', PASSWORD)).headers.get('Set-Cookie') ?? '';
    expect(one).toMatch(/HttpOnly/);
    expect(one).toMatch(/SameSite=Strict/);
    expect(one.split(';')[0]).not.toBe(two.split(';')[0]);
  });

  it('ends the session that a browser brought when it signs in again', async () => {
    const person = await server.signIn('viewer');
    const { csrfToken } = await sessionOf(server, person.headers);
    const again = await server.client(person.headers).request('/api/session', {
      method: 'POST',
      json: { name: 'first', password: PASSWORD },
      headers: { 'X-CSRF-Token': csrfToken },
    });
    expect(again.status).toBe(200);
    expect((await person.request('/api/workspace')).status).toBe(401);
  });

  it('signs out', async () => {
    const person = await server.signIn('viewer');
    expect((await person.request('/api/session', { method: 'DELETE' })).status).toBe(200);
    expect((await person.request('/api/workspace')).status).toBe(401);
  });

  it('keeps out who was disabled, with session and tokens', async () => {
    const admin = await server.signIn('admin');
    const person = await server.signIn('viewer');
    await admin.request(`/api/users/${person.userId}`, {
      method: 'PATCH',
      json: { isDisabled: true },
    });
    expect((await person.request('/api/workspace')).status).toBe(401);
  });

  it('does not let an admin shut themselves out', async () => {
    const admin = await server.signIn('admin');
    const path = `/api/users/${admin.userId}`;
    const down = await admin.request(path, { method: 'PATCH', json: { role: 'viewer' } });
    expect([down.status, await problemCode(down)]).toEqual([403, 'FORBIDDEN']);
    expect((await admin.request(path, { method: 'DELETE' })).status).toBe(403);
  });

  it('changes a password, which ends all other sessions', async () => {
    const person = await server.signIn('analyst');
    const changed = await person.request('/api/session/password', {
      method: 'POST',
      json: { current: PASSWORD, next: 'another long password' },
    });
    expect(changed.status).toBe(200);
    expect((await person.request('/api/workspace')).status).toBe(401);
  });

  it('keeps nothing of a secret in the store', async () => {
    const person = await server.signIn('viewer');
    const secret = person.cookie.split('=')[1] ?? '';
    const sessions = await server.workspace.store.accounts.listSessions(person.userId);
    expect(sessions).toHaveLength(1);
    expect(JSON.stringify(sessions)).not.toContain(secret);
    const user = await server.workspace.store.accounts.findUser(person.userId);
    expect(user.passwordHash).not.toContain(PASSWORD);
  });
});

describe('time', () => {
  it('ends a session that is not used for eight hours, and any after five days', async () => {
    let nowMs = Date.now();
    const server = await startServer({ now: () => new Date(nowMs) });
    const idle = await server.signIn('viewer');
    nowMs += 7 * 3_600_000;
    expect((await idle.request('/api/workspace')).status).toBe(200);
    nowMs += 9 * 3_600_000;
    expect((await idle.request('/api/workspace')).status).toBe(401);
    const busy = await server.signIn('viewer');
    for (let hours = 0; hours < 5 * 24; hours += 6) {
      expect((await busy.request('/api/workspace')).status).toBe(200);
      nowMs += 6 * 3_600_000;
    }
    expect((await busy.request('/api/workspace')).status).toBe(401);
    await server.close();
  });
});

describe('guesses', () => {
  it('are slowed down by address, and by name from wherever they come', async () => {
    const server = await startServer({ rates: { 'sign-in': { burst: 3, perSecond: 0.001 } } });
    const statuses: number[] = [];
    for (let guess = 0; guess < 5; guess += 1)
      statuses.push((await trySignIn(server, 'admin', `guess ${guess}`)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    await server.close();
  });
});

describe('on this machine alone', () => {
  it('asks for no sign-in, and still for the token with every write', async () => {
    const server = await startServer({ requiresSignIn: false });
    const { user, csrfToken } = await sessionOf(server);
    expect(user).toMatchObject({ name: 'local', role: 'admin' });
    const example = { method: 'POST', json: { name: 'x', scope: 'read' } };
    expect((await server.anonymous.request('/api/tokens', example)).status).toBe(403);
    const layer = { name: 'x', domain: 'enterprise-attack', techniques: [] };
    const headers = { 'X-CSRF-Token': csrfToken };
    const made = await server.anonymous.request('/api/layers', {
      method: 'POST',
      json: { layer },
      headers,
    });
    expect(made.status).toBe(201);
    await server.close();
  });

  it('demands sign-in as soon as others can reach it', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.7']) {
      const server = await startServer({ requiresSignIn: false, host });
      expect((await server.anonymous.request('/api/workspace')).status).toBe(401);
      await server.close();
    }
  });
});

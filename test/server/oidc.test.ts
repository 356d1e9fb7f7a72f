import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './harness.js';
import { startProvider, type TestProvider } from './oidc-provider.js';

let provider: TestProvider;
let server: TestServer;

beforeAll(async () => {
  provider = await startProvider('portolan', 'clientsecret1');
  server = await startServer({
    // What the provider did wrong is told to the operator.
    onFault: () => undefined,
    oidc: {
      issuer: provider.issuer,
      clientId: 'portolan',
      clientSecret: 'clientsecret1',
      label: 'Company',
      roles: { 'soc-admins': 'admin', 'soc-analysts': 'analyst', everyone: 'viewer' },
      allowsHttp: true,
    },
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});
beforeEach(() => {
  provider.behaviour.fault = undefined;
  provider.behaviour.claims = {
    sub: 'u-17',
    preferred_username: 'm.weber',
    groups: ['everyone', 'soc-analysts'],
  };
});

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .filter((cookie) => !cookie.endsWith('='))
    .join('; ');

async function begin(): Promise<{ back: URL; cookies: string; to: URL }> {
  const started = await server.anonymous.request('/api/session/oidc');
  const to = started.headers.get('Location') ?? '';
  return {
    to: new URL(to),
    back: new URL(await provider.authorize(to)),
    cookies: cookiesOf(started),
  };
}

async function finish(back: URL, cookies: string) {
  const answer = await server
    .client({ Cookie: cookies, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' })
    .request(back.pathname + back.search);
  const own = cookiesOf(answer);
  const session = await server.client({ Cookie: own }).request('/api/session');
  return {
    location: answer.headers.get('Location'),
    session: (await session.json()) as { user: { name: string; role: string } | null },
  };
}

describe('sign-in with OpenID Connect', () => {
  it('asks with PKCE, state and nonce', async () => {
    const { to } = await begin();
    expect(to.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(to.searchParams.get(name)?.length).toBeGreaterThan(20);
  });

  it('signs a person in with the highest role of their groups, and knows them again', async () => {
    const first = await begin();
    expect(await finish(first.back, first.cookies)).toMatchObject({
      location: '/',
      session: { user: { name: 'm.weber', role: 'analyst' } },
    });
    provider.behaviour.claims['groups'] = ['soc-admins'];
    const second = await begin();
    expect(await finish(second.back, second.cookies)).toMatchObject({
      session: { user: { name: 'm.weber', role: 'admin' } },
    });
    expect(await server.workspace.store.accounts.countUsers()).toBe(1);
  });

  it('does not take a name for a person: another subject of the same name is someone else', async () => {
    const { passwords } = server.server;
    await server.workspace.store.accounts.addUser({
      name: 'root',
      displayName: 'root',
      role: 'admin',
      passwordHash: await passwords.hash('a password of root'),
    });
    provider.behaviour.claims = { sub: 'u-99', preferred_username: 'root', groups: ['everyone'] };
    const { back, cookies } = await begin();
    const { session } = await finish(back, cookies);
    expect(session.user).toMatchObject({ role: 'viewer' });
    expect(session.user?.name).not.toBe('root');
  });

  it('refuses people in no group that has a role', async () => {
    provider.behaviour.claims = { sub: 'u-5', groups: ['sales', '__proto__', 'constructor'] };
    const { back, cookies } = await begin();
    expect(await finish(back, cookies)).toMatchObject({
      location: '/?sign-in=refused',
      session: { user: null },
    });
  });

  it.each(['nonce', 'audience', 'signature', 'expired'] as const)(
    'refuses a token with a wrong %s',
    async (fault) => {
      provider.behaviour.fault = fault;
      const { back, cookies } = await begin();
      expect(await finish(back, cookies)).toMatchObject({ session: { user: null } });
    },
  );

  it('refuses an answer that another browser began, that came before, or whose state differs', async () => {
    const mine = await begin();
    const other = await begin();
    expect(await finish(mine.back, other.cookies)).toMatchObject({ session: { user: null } });
    expect(await finish(other.back, '')).toMatchObject({ session: { user: null } });
    const third = await begin();
    const changed = new URL(third.back);
    changed.searchParams.set('state', 'another');
    expect(await finish(changed, third.cookies)).toMatchObject({ session: { user: null } });
    const fourth = await begin();
    expect((await finish(fourth.back, fourth.cookies)).session.user).not.toBeNull();
    expect(await finish(fourth.back, fourth.cookies)).toMatchObject({ session: { user: null } });
  });

  it('keeps out a person who was disabled here', async () => {
    const found = await server.workspace.store.accounts.findUserByExternalId(
      `${provider.issuer} u-17`,
    );
    await server.workspace.store.accounts.changeUser(found?.userId ?? 0, { isDisabled: true });
    const { back, cookies } = await begin();
    expect(await finish(back, cookies)).toMatchObject({
      location: '/?sign-in=refused',
      session: { user: null },
    });
  });
});

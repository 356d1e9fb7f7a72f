import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initWorkspace } from '../../src/app/init-workspace.js';
import { openWorkspace, type Workspace } from '../../src/app/open-workspace.js';
import {
  createPasswordHasher,
  createServer,
  type PortolanServer,
  type ServerSettings,
} from '../../src/server/index.js';

export type TestRole = 'viewer' | 'analyst' | 'admin';

/** Whoever asks a server in a test, with what a browser or program would send along. */
export interface TestClient {
  readonly headers: Readonly<Record<string, string>>;
  request(path: string, init?: TestRequest): Promise<Response>;
}

export interface TestRequest {
  readonly method?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface TestServer {
  readonly server: PortolanServer;
  readonly workspace: Workspace;
  /** Without session or token. */
  readonly anonymous: TestClient;
  /** A person of a role, signed in; another one each time. */
  signIn(
    role: TestRole,
  ): Promise<TestClient & { readonly userId: number; readonly cookie: string }>;
  /** A client that knows only these headers. */
  client(headers: Readonly<Record<string, string>>): TestClient;
  close(): Promise<void>;
}

export const PASSWORD = 'correct horse battery';

/** Weak, so that a test of sign-in takes no second. */
const WEAK = { N: 2 ** 4, r: 8, p: 1 };

/** Nobody is slowed down in tests but where that is what is tested. */
const FAST = { burst: 1e6, perSecond: 1e6 };
const FAST_RATES = { read: FAST, write: FAST, costly: FAST, 'sign-in': FAST, events: FAST };

/** A server over a real store in a new folder, every answer compared with its schema. */
export async function startServer(settings: Partial<ServerSettings> = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-server-'));
  await initWorkspace({ folder });
  const workspace = await openWorkspace({ folder, environment: {} });
  const faults: unknown[] = [];
  const passwords = createPasswordHasher(WEAK);
  const server = createServer(
    workspace,
    {
      host: '127.0.0.1',
      requiresSignIn: true,
      jobs: 'inline',
      checksAnswers: true,
      rates: FAST_RATES,
      exampleFolder: 'examples/investigation',
      setupToken: 'setup-token-of-the-test',
      portolanVersion: '0.0.0-test',
      onFault: (error) => faults.push(error),
      ...settings,
    },
    { passwords },
  );
  server.start();
  const client = (own: Readonly<Record<string, string>>): TestClient => ({
    headers: own,
    request: (path, { method = 'GET', json, body, headers = {} } = {}) => {
      const all: Record<string, string> = { Host: 'localhost:7447', ...own };
      if (json !== undefined) all['Content-Type'] = 'application/json';
      for (const [name, value] of Object.entries(headers))
        if (value === undefined) delete all[name];
        else all[name] = value;
      const content = json === undefined ? body : JSON.stringify(json);
      const init = content === undefined ? {} : { body: content };
      return Promise.resolve(
        server.app.request(`http://localhost:7447${path}`, { method, headers: all, ...init }),
      );
    },
  });
  let people = 0;
  return {
    server,
    workspace,
    client,
    anonymous: client({}),
    async signIn(role) {
      people += 1;
      const name = `${role}-${people}`;
      const passwordHash = await passwords.hash(PASSWORD);
      const user = await workspace.store.accounts.addUser({
        name,
        displayName: name,
        role,
        passwordHash,
      });
      const anonymous = client({});
      const { csrfToken } = (await (await anonymous.request('/api/session')).json()) as {
        csrfToken: string;
      };
      const answer = await anonymous.request('/api/session', {
        method: 'POST',
        json: { name, password: PASSWORD },
        headers: { 'X-CSRF-Token': csrfToken },
      });
      const cookie = (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
      const session = (await answer.json()) as { csrfToken: string };
      const own = { Cookie: cookie, 'X-CSRF-Token': session.csrfToken };
      return { ...client(own), userId: user.userId, cookie };
    },
    async close() {
      await server.stop();
      await workspace.close();
      rmSync(folder, { recursive: true, force: true });
      if (faults.length > 0) throw faults[0];
    },
  };
}

/** The code of a problem; undefined when the answer is none. */
export async function problemCode(answer: Response): Promise<string | undefined> {
  if (!answer.headers.get('Content-Type')?.startsWith('application/problem+json')) return undefined;
  return ((await answer.json()) as { code: string }).code;
}

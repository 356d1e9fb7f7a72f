import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

// The command as a process of its own, over real sockets.

const folder = mkdtempSync(join(tmpdir(), 'portolan-serve-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Served['child'] {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'serve', ...args], {
    env: { ...process.env, PORTOLAN_HOME: join(folder, 'home'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  return child;
}

async function serve(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const child = start(['--port', '0', ...args], env);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /Portolan is at (\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(stderr)));
  });
  return { child, url, stderr: () => stderr, ended };
}

async function waitFor<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 600; turn += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error('it did not come');
}

describe('portolan serve', () => {
  it('makes a workspace, loads the example once, answers, and ends at a signal with what it began', async () => {
    const workspace = join(folder, 'new');
    const { child, url, stderr, ended } = await serve([workspace, '--example']);
    expect(stderr()).toContain('made just now');
    const done = await waitFor(async () => {
      const list = (await (await fetch(`${url}/api/imports`)).json()) as {
        items: { state: string }[];
      };
      return list.items.find(({ state }) => state === 'done');
    });
    expect(done).toBeDefined();
    // A stream that stays open must not keep the server from ending.
    const stream = await fetch(`${url}/api/events`);
    const rest = stream.text();
    const slow = fetch(`${url}/api/techniques?limit=1000`);
    child.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    expect(await rest).toContain('event: change');
    expect(await ended).toBe(0);

    const again = await serve([workspace, '--example']);
    const list = (await (await fetch(`${again.url}/api/imports`)).json()) as { items: unknown[] };
    expect(list.items).toHaveLength(1);
    again.child.kill('SIGINT');
    expect(await again.ended).toBe(0);
  });

  it('says in one line that a port is taken', async () => {
    const { child, url, ended } = await serve([join(folder, 'taken')]);
    const other = start([join(folder, 'taken'), '--port', new URL(url).port]);
    let said = '';
    other.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const code = await new Promise((resolve) => {
      other.on('exit', resolve);
    });
    expect(code).toBe(2);
    expect(said.trim()).toMatch(
      /^portolan: 127\.0\.0\.1 port \d+ is taken; choose another with --port$/,
    );
    child.kill('SIGTERM');
    await ended;
  });

  it('makes an admin from the command line, who then signs in', async () => {
    const { child, url, ended } = await serve(
      [join(folder, 'people'), '--sign-in', '--create-admin', 'root'],
      { PORTOLAN_ADMIN_PASSWORD: 'a long enough password' },
    );
    expect((await fetch(`${url}/api/workspace`)).status).toBe(401);
    const { csrfToken } = (await (await fetch(`${url}/api/session`)).json()) as {
      csrfToken: string;
    };
    const signedIn = await fetch(`${url}/api/session`, {
      method: 'POST',
      body: JSON.stringify({ name: 'root', password: 'a long enough password' }),
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken },
    });
    expect(await signedIn.json()).toMatchObject({ user: { name: 'root', role: 'admin' } });
    child.kill('SIGTERM');
    await ended;
  });

  it('outlives clients that send half a request, nonsense, or leave', async () => {
    const { child, url, ended } = await serve([join(folder, 'nonsense')]);
    const { port, hostname } = new URL(url);
    const halves = [
      'GET /api/matrix HTTP/1.1\r\nHost: loc',
      'POST /api/imports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
      'GET //evil.example/%2e%2e HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ];
    for (const half of halves)
      await new Promise<void>((resolve) => {
        const socket = createConnection({ port: Number(port), host: hostname }, () => {
          socket.write(half, 'latin1', () => setTimeout(() => socket.destroy(), 20));
        });
        socket.on('close', () => resolve());
        socket.on('error', () => undefined);
      });
    expect((await fetch(`${url}/api/session`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

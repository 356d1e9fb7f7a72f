// A thousand concurrent readers of a real server over real sockets, while an import runs beside them.
// `npm run bench:server [-- --readers 1000 --seconds 20 --command dist/cli/main.js]`; needs a build.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { environmentLine } from './environment.js';
import { writeSection } from './write-section.js';

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    command: { type: 'string', default: 'dist/cli/main.js' },
    write: { type: 'boolean', default: false },
  },
});
const readers = Number(values.readers);
const seconds = Number(values.seconds);

/** What a page of the web interface asks for, each reader in another order. */
const PATHS = [
  '/api/matrix',
  '/api/matrix/timeline',
  '/api/workspace',
  '/api/techniques?limit=1000',
  '/api/techniques/T1059.001',
  '/api/groups/G0016',
  '/api/evidence?technique=T1059.001&limit=50',
  '/api/mappings?limit=100',
  '/api/search?q=credential+dumping',
  '/api/session',
];

interface Tally {
  readonly latencies: number[];
  readonly statuses: Map<number | string, number>;
  bytes: number;
}

async function startServer(folder: string): Promise<{ child: ChildProcess; port: number }> {
  if (!existsSync(values.command)) throw new Error(`expected ${values.command}; run npm run build`);
  const args = [values.command, 'serve', join(folder, 'workspace'), '--port', '0', '--example'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, PORTOLAN_HOME: join(folder, 'home') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const port = /:(\d+)\s/.exec(text)?.[1];
    if (port !== undefined) return { child, port: Number(port) };
  }
  throw new Error('the server ended before it listened');
}

interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly etag: string | undefined;
}

function ask(
  agent: Agent,
  port: number,
  { path, etag }: { path: string; etag?: string | undefined },
) {
  const headers: Record<string, string> = { 'Accept-Encoding': 'gzip' };
  if (etag !== undefined) headers['If-None-Match'] = etag;
  return new Promise<Answer>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, bytes, etag: response.headers.etag }),
      );
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** One person with one connection, who asks for one thing after the other; half of the time for what it has already. */
async function read(
  port: number,
  index: number,
  { tally, untilMs }: { tally: Tally; untilMs: number },
) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const etags = new Map<string, string>();
  for (let turn = index; performance.now() < untilMs; turn += 1) {
    const path = PATHS[turn % PATHS.length] ?? '/';
    const startMs = performance.now();
    try {
      const etag = turn % 2 === 0 ? etags.get(path) : undefined;
      const answer = await ask(agent, port, { path, etag });
      if (answer.etag !== undefined) etags.set(path, answer.etag);
      tally.bytes += answer.bytes;
      tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1);
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code ?? error);
      tally.statuses.set(code, (tally.statuses.get(code) ?? 0) + 1);
    }
    tally.latencies.push(performance.now() - startMs);
  }
  agent.destroy();
}

function postExample(port: number, csrfToken: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'X-CSRF-Token': csrfToken };
    const options = {
      host: '127.0.0.1',
      port,
      path: '/api/imports/example',
      method: 'POST',
      headers,
    };
    request(options, (response) => {
      response.resume().on('end', resolve);
    })
      .on('error', reject)
      .end();
  });
}

async function json(port: number, path: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`http://127.0.0.1:${port}${path}`)).json()) as Record<string, unknown>;
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}

const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-server-'));
const { child, port } = await startServer(folder);
try {
  for (let wait = 0; wait < 120; wait += 1) {
    const { items } = (await json(port, '/api/imports')) as { items: { state: string }[] };
    if (items[0]?.state === 'done') break;
    await sleep(500);
  }
  const { csrfToken } = (await json(port, '/api/session')) as { csrfToken: string };
  const tally: Tally = { latencies: [], statuses: new Map(), bytes: 0 };
  const startMs = performance.now();
  const untilMs = startMs + seconds * 1_000;
  const reading = Array.from({ length: readers }, (_, index) =>
    read(port, index, { tally, untilMs }),
  );
  await sleep((seconds * 1_000) / 3);
  // Changes the workspace, so that answers are made anew while everybody reads.
  await postExample(port, csrfToken);
  await Promise.all(reading);
  const elapsed = (performance.now() - startMs) / 1_000;
  const sorted = [...tally.latencies].sort((a, b) => a - b);
  const good = [200, 304].reduce((sum, status) => sum + (tally.statuses.get(status) ?? 0), 0);
  const errors = sorted.length - good;
  const statuses = [...tally.statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
  const section = `| concurrent readers | requests | errors | requests/s | p50 ms | p95 ms | p99 ms | max ms | MB sent |
|---|---|---|---|---|---|---|---|---|
| ${readers} | ${sorted.length} | ${errors} | ${(sorted.length / elapsed).toFixed(0)} | ${percentile(sorted, 0.5)} | ${percentile(sorted, 0.95)} | ${percentile(sorted, 0.99)} | ${percentile(sorted, 1)} | ${(tally.bytes / 1e6).toFixed(1)} |

Answers by status: ${statuses}. One keep-alive connection a reader, gzip, every second question of a reader brings the ETag that it has; readers and server share the cores; an import of the example runs from the first third on.

${environmentLine('examples/investigation')}`;
  console.log(section);
  if (values.write) writeSection('server', section);
  if (errors > 0) process.exitCode = 1;
} finally {
  child.kill('SIGTERM');
  await new Promise((resolve) => {
    child.on('exit', resolve);
  });
  rmSync(folder, { recursive: true, force: true });
}

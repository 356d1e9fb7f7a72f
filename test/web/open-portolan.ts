import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { initWorkspace } from '../../src/app/init-workspace.js';
import { openWorkspace } from '../../src/app/open-workspace.js';
import { createServer, listen, type ServerSettings } from '../../src/server/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Debian's browser. */
export const CHROMIUM = '/usr/bin/chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Portolan as it is served, in a workspace of its own, and a browser. */
export interface OpenedPortolan {
  readonly url: string;
  /** Where the built interface lies. */
  readonly webFolder: string;
  /** What pages wrote to their console as errors, and what they threw. */
  readonly faults: string[];
  /** What pages asked of other origins. */
  readonly strangers: string[];
  /** A page of a browser that has kept nothing. */
  newPage(options?: PageOptions): Promise<Page>;
  /** Another page of the same browser, which keeps what the first did. */
  samePage(page: Page): Promise<Page>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce';
  readonly forcedColors?: 'active';
}

/** In a process of its own, as `npm run build` does it: a test runner's environment makes another, larger build. */
function buildWeb(folder: string): void {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const args = ['build', '--config', join(ROOT, 'web/vite.config.ts'), '--outDir', folder];
  const { status, stderr } = spawnSync(process.execPath, [vite, ...args, '--logLevel=error'], {
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the web interface was not built: ${stderr}`);
}

/** Sends what a browser without a session sends with a write, and waits for the example to be read. */
async function loadExample(url: string): Promise<void> {
  const session = (await (await fetch(`${url}/api/session`)).json()) as { csrfToken: string };
  const headers = { 'X-CSRF-Token': session.csrfToken, Origin: url };
  const started = await fetch(`${url}/api/imports/example`, { method: 'POST', headers });
  if (!started.ok) throw new Error(`the example was refused: ${await started.text()}`);
  const { id } = (await started.json()) as { id: string };
  for (;;) {
    const job = (await (await fetch(`${url}/api/imports/${id}`)).json()) as { state: string };
    if (job.state === 'done') return;
    if (job.state === 'failed' || job.state === 'cancelled') throw new Error(`import ${job.state}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

/**
 * Builds the web interface, serves it from a new workspace on a free port and starts a browser.
 *
 * @param options `example`: with the example investigation in it. `settings`: of the server.
 */
export async function openPortolan(
  options: { readonly example?: boolean; readonly settings?: Partial<ServerSettings> } = {},
): Promise<OpenedPortolan> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-web-'));
  const webFolder = join(folder, 'web');
  buildWeb(webFolder);
  await initWorkspace({ folder: join(folder, 'workspace') });
  const workspace = await openWorkspace({ folder: join(folder, 'workspace') });
  const settings: ServerSettings = {
    host: '127.0.0.1',
    webFolder,
    exampleFolder: join(ROOT, 'examples/investigation'),
    jobs: 'inline',
    ...options.settings,
  };
  const listening = await listen(createServer(workspace, settings), { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${listening.port}`;
  if (options.example === true) await loadExample(url);

  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
  const faults: string[] = [];
  const strangers: string[] = [];
  const watch = (page: Page): Page => {
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('request', (request) => {
      const asked = request.url();
      if (!asked.startsWith(url) && !/^(blob|data):/.test(asked)) strangers.push(asked);
    });
    return page;
  };
  return {
    url,
    webFolder,
    faults,
    strangers,
    async newPage({ width = 1440, ...rest }: PageOptions = {}) {
      const context: BrowserContext = await browser.newContext({
        viewport: { width, height: 900 },
        acceptDownloads: true,
        ...rest,
      });
      return watch(await context.newPage());
    },
    samePage: async (page) => watch(await page.context().newPage()),
    async close() {
      await browser.close();
      await listening.close();
      await workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { AppError } from '../model/index.js';
import type { PortolanServer, ServerSettings } from '../server/index.js';
import { safeText } from './safe-text.js';

interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly store?: string;
  readonly example?: boolean;
  readonly open?: boolean;
  readonly signIn?: boolean;
  readonly createAdmin?: string;
  readonly publicUrl?: string;
  readonly allowHost: readonly string[];
  readonly trustProxy?: boolean;
  readonly frameAncestor: readonly string[];
  readonly allowPrivateUrls?: boolean;
  readonly maxUploadMb?: number;
  readonly oidc?: string;
}

/** `portolan serve [DIR]` */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the matrix, its evidence and the API to a browser')
    .argument(
      '[dir]',
      'the workspace; made when it is not there (default: the nearest one at or above this folder, else one of your own in PORTOLAN_HOME)',
    )
    .option('--port <port>', 'port; 0 takes any that is free', parsePort, 7447)
    .option(
      '--host <address>',
      'address to listen at; any but this machine demands sign-in',
      '127.0.0.1',
    )
    .option('--store <url>', 'postgres://… instead of the database of the workspace')
    .option('--example', 'bring in the example investigation when the workspace is empty')
    .option('--open', 'open the browser')
    .option('--sign-in', 'demand sign-in on this machine too')
    .option(
      '--create-admin <name>',
      'make an admin first; the password comes from PORTOLAN_ADMIN_PASSWORD or standard input',
    )
    .option(
      '--public-url <url>',
      'where browsers reach it through a proxy: https://portolan.example.com',
    )
    .option('--allow-host <name>', 'another name that it may be asked by (repeatable)', append, [])
    .option('--trust-proxy', 'believe X-Forwarded-For and X-Forwarded-Proto of the proxy in front')
    .option(
      '--frame-ancestor <origin>',
      'a site that may show it in a frame (repeatable)',
      append,
      [],
    )
    .option('--allow-private-urls', 'let it fetch from private networks when asked to load a URL')
    .option('--max-upload-mb <n>', 'of one upload (default: 2048)', parseMegabytes)
    .option(
      '--oidc <file>',
      'sign-in with OpenID Connect: a JSON file of issuer, clientId, clientSecret, roles',
    )
    .action(runServe);
}

function append(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError('expected a port from 0 to 65535');
}

function parseMegabytes(text: string): number {
  if (/^\d{1,7}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('expected megabytes, 1 or more');
}

async function runServe(folder: string | undefined, flags: ServeFlags): Promise<void> {
  const [{ openServedWorkspace }, { createServer, listen, demandsSignIn }] = await Promise.all([
    import('../app/serve-workspace.js'),
    import('../server/index.js'),
  ]);
  const { workspace, isNew } = await openServedWorkspace({ folder, store: flags.store });
  try {
    const settings = await toSettings(flags);
    const server = createServer(workspace, settings);
    if (flags.createAdmin !== undefined) await createAdmin(workspace, server, flags.createAdmin);
    const listening = await listen(server, flags);
    const url = settings.publicUrl ?? `http://${urlHost(flags.host)}:${listening.port}`;
    say(`workspace ${workspace.folder}${isNew ? ' (made just now)' : ''}`);
    for (const issue of workspace.issues) say(`portolan.yaml: ${issue.message}`);
    if (settings.webFolder === undefined) say('no web interface is built: the API alone is served');
    if (demandsSignIn(settings) && (await workspace.store.accounts.countUsers()) === 0)
      say(`no user yet: make the first admin at ${url} with the setup token ${server.setupToken}`);
    process.stdout.write(`Portolan is at ${url}\n`);
    if (flags.example === true) await loadExample(workspace, server);
    if (flags.open === true) await openBrowser(url);
    await stopSignal();
    say('stopping: requests and the batch at hand are finished first');
    await listening.close();
  } finally {
    await workspace.close();
  }
}

type Workspace = Awaited<
  ReturnType<typeof import('../app/serve-workspace.js').openServedWorkspace>
>['workspace'];

function say(text: string): void {
  process.stderr.write(`${safeText(text)}\n`);
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

// From src/cli and dist/cli alike.
const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

async function toSettings(flags: ServeFlags): Promise<ServerSettings> {
  const [webFolder, exampleFolder] = [at('dist/web'), at('examples/investigation')];
  const { readFile } = await import('node:fs/promises');
  const manifest = JSON.parse(await readFile(at('package.json'), 'utf8')) as { version: string };
  return {
    host: flags.host,
    requiresSignIn: flags.signIn,
    publicUrl: flags.publicUrl === undefined ? undefined : parseOrigin(flags.publicUrl),
    allowedHosts: flags.allowHost,
    trustsProxy: flags.trustProxy,
    frameAncestors: flags.frameAncestor.map(parseOrigin),
    allowsPrivateUrls: flags.allowPrivateUrls,
    uploadBytes: flags.maxUploadMb === undefined ? undefined : flags.maxUploadMb * 1024 * 1024,
    oidc: flags.oidc === undefined ? undefined : await readOidc(flags.oidc),
    webFolder: existsSync(webFolder) ? webFolder : undefined,
    exampleFolder: existsSync(exampleFolder) ? exampleFolder : undefined,
    portolanVersion: manifest.version,
    onFault: (error) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const isLong = process.env['PORTOLAN_DEBUG'] === '1';
      say(`fault: ${isLong ? detail : (detail.split('\n')[0] ?? '').slice(0, 500)}`);
    },
  };
}

function parseOrigin(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new AppError(
    'USAGE',
    `expected an origin like https://portolan.example.com, found ${text}`,
  );
}

async function readOidc(path: string): Promise<ServerSettings['oidc']> {
  const [{ readFile }, { parseOidcSettings }] = await Promise.all([
    import('node:fs/promises'),
    import('../server/index.js'),
  ]);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new AppError('SOURCE_UNREADABLE', `cannot read ${path}`, { cause });
  }
  return parseOidcSettings(text, process.env['PORTOLAN_OIDC_SECRET']);
}

async function createAdmin(
  { store }: Workspace,
  { passwords }: PortolanServer,
  name: string,
): Promise<void> {
  const password = process.env['PORTOLAN_ADMIN_PASSWORD'] ?? (await readPassword());
  if (password.length < 12)
    throw new AppError('USAGE', 'expected a password of at least 12 characters');
  const known = await store.accounts.findUserByName(name);
  const passwordHash = await passwords.hash(password);
  if (known === undefined)
    await store.accounts.addUser({ name, displayName: name, role: 'admin', passwordHash });
  else
    await store.accounts.changeUser(known.userId, {
      passwordHash,
      role: 'admin',
      isDisabled: false,
    });
  await store.audit.add({
    userId: undefined,
    actor: 'cli',
    action: known === undefined ? 'user.add' : 'user.change',
    target: `user ${name}`,
  });
}

/** The first line of standard input; not shown while it is typed. */
async function readPassword(): Promise<string> {
  const { createInterface } = await import('node:readline');
  const { Writable } = await import('node:stream');
  if (process.stdin.isTTY) process.stderr.write('Password: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: silent,
    terminal: process.stdin.isTTY,
  });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (process.stdin.isTTY) process.stderr.write('\n');
  }
}

async function loadExample({ store }: Workspace, { queue }: PortolanServer): Promise<void> {
  const { imports, mappings } = await store.mappings.totals();
  const { items } = await store.jobs.list({ statuses: ['queued', 'running'], limit: 1 });
  if (imports > 0 || mappings > 0 || items.length > 0) return;
  const order = { kind: 'logs', name: 'Example investigation', folder: undefined };
  await queue.add(order, { userId: undefined, name: 'local' });
}

async function openBrowser(url: string): Promise<void> {
  const { spawn } = await import('node:child_process');
  const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', '', url],
  };
  const [command, ...rest] = commands[process.platform] ?? ['xdg-open', url];
  const child = spawn(command, rest, { stdio: 'ignore', detached: true });
  child.on('error', () => say(`no browser could be opened; go to ${url}`));
  child.unref();
}

/** Until someone stops us; a second signal ends at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (isStopping) process.exit(130);
        isStopping = true;
        resolve();
      });
  });
}

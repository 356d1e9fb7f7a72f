// A PostgreSQL of our own for tests and benchmarks: in a folder of its own, on a free port of the loopback, gone at the end.
// Run by itself it prints its URL and stays until it is stopped: node scripts/postgres.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = '/usr/lib/postgresql';

/** Folder of `initdb` and `pg_ctl`; undefined where PostgreSQL is not installed. */
export function findPostgres() {
  const found = existsSync(ROOT)
    ? readdirSync(ROOT)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(ROOT, version, 'bin'))
        .find((folder) => existsSync(join(folder, 'initdb')))
    : undefined;
  if (found !== undefined) return found;
  const which = spawnSync('sh', ['-c', 'dirname "$(command -v initdb)"'], { encoding: 'utf8' });
  return which.status === 0 && which.stdout.trim() !== '.' ? which.stdout.trim() : undefined;
}

/** Installs PostgreSQL where that is a matter of course: as root on Debian. */
export function installPostgres() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => execFileSync('apt-get', ['-qq', ...args], { env, stdio: 'ignore' });
  apt('update');
  // Its package would start a server of its own on the usual port.
  apt('install', '-y', '--no-install-recommends', 'postgresql-common');
  execFileSync('sed', [
    '-i',
    's/^#*create_main_cluster.*/create_main_cluster = false/',
    '/etc/postgresql-common/createcluster.conf',
  ]);
  apt('install', '-y', '--no-install-recommends', 'postgresql-15');
}

/**
 * Starts a server.
 *
 * @param isDurable whether it waits for the disk, as a server in use does. Tests need not.
 * @returns its URL, and what stops it and removes its folder; undefined where PostgreSQL is not installed.
 */
export async function startPostgres({ isDurable = false } = {}) {
  const bin = findPostgres();
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'portolan-postgres-'));
  const run = asOther(folder);
  const port = await freePort();
  const cluster = join(folder, 'cluster');
  run(join(bin, 'initdb'), [
    '--pgdata',
    cluster,
    '--username=portolan',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  // What a crash of the machine would lose of a test is of no use; kill -9 of a client loses nothing either way.
  const sync = isDurable ? 'on' : 'off';
  const options = `-p ${port} -k ${folder} -h 127.0.0.1 -c fsync=${sync} -c max_connections=60`;
  run(join(bin, 'pg_ctl'), [
    'start',
    '--wait',
    '--silent',
    '--pgdata',
    cluster,
    '--log',
    join(folder, 'log'),
    '--options',
    options,
  ]);
  return {
    url: `postgres://portolan@127.0.0.1:${port}/postgres`,
    folder,
    stop: () => stopPostgres(folder),
  };
}

/** Stops a server by the folder that `startPostgres` gave it, and removes the folder. */
export function stopPostgres(folder) {
  const args = ['stop', '--silent', '--mode=immediate', '--pgdata', join(folder, 'cluster')];
  asOther(folder)(join(findPostgres() ?? '', 'pg_ctl'), args);
  rmSync(folder, { recursive: true, force: true });
}

/** PostgreSQL refuses to run as root: then another user does it. */
function asOther(folder) {
  if (process.getuid?.() !== 0)
    return (program, args) => execFileSync(program, args, { stdio: 'ignore' });
  const known = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const user = known.status === 0 ? 'postgres' : 'nobody';
  const id = (flag) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  const [uid, gid] = [id('-u'), id('-g')];
  execFileSync('chown', [`${uid}:${gid}`, folder]);
  chmodSync(folder, 0o700);
  const cwd = folder;
  return (program, args) => execFileSync(program, args, { stdio: 'ignore', uid, gid, cwd });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (findPostgres() === undefined) installPostgres();
  const server = await startPostgres();
  if (server === undefined) throw new Error('PostgreSQL is not installed: apt install postgresql');
  console.log(server.url);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      server.stop();
      process.exit(0);
    });
  setInterval(() => undefined, 1 << 30);
}

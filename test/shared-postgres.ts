import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgres, startPostgres, stopPostgres } from '../scripts/postgres.mjs';

/** Why tests on PostgreSQL are skipped; undefined where they run. */
export const WITHOUT_POSTGRES =
  findPostgres() === undefined ? '(needs PostgreSQL: apt install postgresql-15)' : undefined;

const START_TIMEOUT_MS = 60_000;
let schemas = 0;

/**
 * URL of an empty schema on a PostgreSQL that all tests of a run share; the first test that asks starts it.
 */
export async function emptyPostgresPlace(): Promise<string> {
  const url = await sharedPostgres();
  schemas += 1;
  const name = `test_${process.pid}_${Math.floor(performance.timeOrigin + performance.now())}_${schemas}`;
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create schema ${name}`);
  await client.end();
  return `${url}?options=-csearch_path%3D${name}`;
}

interface Started {
  readonly url: string;
  readonly folder: string;
}

/** Several threads may ask at once: the one that makes the lock starts the server, the others wait for its address. */
async function sharedPostgres(): Promise<string> {
  const folder = process.env['PORTOLAN_TEST_POSTGRES'];
  if (folder === undefined) throw new Error('test/postgres.ts is not among the globalSetup files');
  const file = join(folder, 'started.json');
  if (!existsSync(file) && takeLock(join(folder, 'lock'))) {
    const server = await startPostgres();
    if (server === undefined) throw new Error('PostgreSQL is not installed');
    const started: Started = { url: server.url, folder: server.folder };
    writeFileSync(`${file}.part`, JSON.stringify(started));
    renameSync(`${file}.part`, file);
  }
  for (let waitedMs = 0; !existsSync(file); waitedMs += 50) {
    if (waitedMs > START_TIMEOUT_MS) throw new Error('PostgreSQL did not start');
    await sleep(50);
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as Started).url;
}

function takeLock(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Stops the server that tests of a run started, if any did. */
export function stopSharedPostgres(folder: string): void {
  const file = join(folder, 'started.json');
  if (!existsSync(file)) return;
  stopPostgres((JSON.parse(readFileSync(file, 'utf8')) as Started).folder);
}

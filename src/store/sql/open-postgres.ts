import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type pg from 'pg';
import { AppError } from '../../model/index.js';
import { type Connection, createConnection } from './connection.js';
import { CopyRows } from './copy-rows.js';
import { migrate } from './migrate.js';
import type { Tables } from './tables.js';

const INT8 = 20;
const NUMERIC = 1700;
const MAX_CLIENTS = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connects to PostgreSQL 13 or later, with the schema brought up to date. Tables go into the first schema of the search
 * path: `?options=-csearch_path%3Dportolan` gives another.
 *
 * @param url `postgres://user@host:port/database`; the password may come from `PGPASSWORD` or a password file instead.
 * @throws AppError `USAGE` for no such URL, `STORE_UNAVAILABLE`, `STORE_NEWER`; the password is in no message.
 */
export async function openPostgres(url: string, now: () => number): Promise<Connection> {
  const name = nameOf(url);
  const { default: postgres } = await import('pg');
  const pool = new postgres.Pool({
    connectionString: url,
    max: MAX_CLIENTS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'portolan',
    types: {
      // Ids, times and counts are all below 2^53.
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 || oid === NUMERIC
          ? Number
          : postgres.types.getTypeParser(oid, format)) as typeof postgres.types.getTypeParser,
    },
  });
  // A client that breaks while idle is replaced; the next query tells when there is none.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withCopy(pool) }) });
  const native = { engine: 'postgres' } as const;
  const connection = createConnection({ db, native, now, name: `the database ${name}` });
  try {
    await connection.read(() => migrate(db, 'postgres'));
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** A pool whose clients take `CopyRows` as the parameter of a `copy … from stdin`. */
function withCopy(pool: pg.Pool): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const query = async (text: string, values: readonly unknown[]) => {
        const [rows] = values;
        if (!(rows instanceof CopyRows)) return client.query(text, [...values]);
        const { from } = await import('pg-copy-streams');
        await pipeline(rows.chunks(), client.query(from(text)));
        return { command: 'COPY', rowCount: 0, rows: [] };
      };
      const wrapped: unknown = { query, release: () => client.release() };
      return wrapped as Awaited<ReturnType<PostgresPool['connect']>>;
    },
  };
}

/** Host and database, without user and password. */
function nameOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    throw new AppError('USAGE', 'expected postgres://user@host:port/database as the store');
  }
}

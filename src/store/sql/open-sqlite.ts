import { Kysely } from 'kysely';
import { type Connection, createConnection } from './connection.js';
import { migrate } from './migrate.js';
import { openSqliteFile, sqliteDialect } from './sqlite-driver.js';
import type { Tables } from './tables.js';

/**
 * Opens a database file, made when it is not there, with the schema brought up to date.
 *
 * @throws AppError `STORE_UNAVAILABLE`, `STORE_NEWER`.
 */
export async function openSqlite(path: string, now: () => number): Promise<Connection> {
  const database = openSqliteFile(path);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database) });
  const connection = createConnection({
    db,
    native: { engine: 'sqlite', database },
    now,
    name: `the database ${path}`,
  });
  try {
    await connection.read(() => migrate(db, 'sqlite'));
    return connection;
  } catch (error) {
    // Kysely closes only what it has used.
    await db.destroy();
    throw error;
  }
}

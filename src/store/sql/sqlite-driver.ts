import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { AppError } from '../../model/index.js';

/** A value that SQLite binds or gives back. */
export type SqliteValue = string | number | null;

/** What we use of a prepared statement of node:sqlite. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
  all(...values: SqliteValue[]): unknown[];
  iterate(...values: SqliteValue[]): IterableIterator<unknown>;
  columns(): readonly unknown[];
}

/** What we use of `DatabaseSync` of node:sqlite. */
export interface SqliteDatabase {
  exec(statements: string): void;
  prepare(statement: string): SqliteStatement;
  close(): void;
}

type SqliteModule = { readonly DatabaseSync: new (path: string) => SqliteDatabase };

/** Waiting for another writer's transaction: those of ours end within a second. */
const BUSY_TIMEOUT_MS = 10_000;
/** While SQLite itself waits nothing else runs: for a writer, which may wait for long, only so long at a time. */
const BLOCKING_MS = 20;
const MAX_PAUSE_MS = 30;

/**
 * Opens a database file, made when it is not there: with node:sqlite where Node has it (22.13 and later), else with the
 * native package of the same interface.
 *
 * @throws AppError `STORE_UNAVAILABLE`.
 */
export function openSqliteFile(path: string): SqliteDatabase {
  try {
    const database = new (loadModule().DatabaseSync)(path);
    database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.exec('pragma journal_mode = wal');
    // In WAL mode a crash of the machine may lose the last transactions and never damages the file; kill -9 loses none.
    database.exec('pragma synchronous = normal');
    database.exec('pragma foreign_keys = on');
    // In KiB: the indexes of a million matches.
    database.exec('pragma cache_size = -65536');
    // In pages of 4 KiB: an import writes the same pages again and again, and this writes them to their place less often.
    database.exec('pragma wal_autocheckpoint = 16000');
    database.exec('pragma temp_store = memory');
    return database;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('STORE_UNAVAILABLE', `cannot open the database ${path}: ${reason}`, {
      cause,
    });
  }
}

function loadModule(): SqliteModule {
  const require = createRequire(import.meta.url);
  try {
    return require('node:sqlite') as SqliteModule;
  } catch {
    return require('@photostructure/sqlite') as SqliteModule;
  }
}

/** Kysely on a database of node:sqlite; transactions take the write lock at once, so that none fails half-way. */
export function sqliteDialect(database: SqliteDatabase): Dialect {
  const adapted = {
    close: () => database.close(),
    prepare(text: string) {
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...(values as SqliteValue[])),
        run: (values: readonly unknown[]) => statement.run(...(values as SqliteValue[])),
        iterate: (values: readonly unknown[]) => statement.iterate(...(values as SqliteValue[])),
      };
    },
  };
  return {
    createDriver: () => new ImmediateDriver({ database: adapted }),
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class ImmediateDriver extends SqliteDriver {
  /** Waits for other writers without holding up the rest of this process. */
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    if (settings?.accessMode === 'read only') {
      await connection.executeQuery(CompiledQuery.raw('begin'));
      return;
    }
    await this.#setTimeout(connection, BLOCKING_MS);
    try {
      await this.#beginWriting(connection);
    } finally {
      await this.#setTimeout(connection, BUSY_TIMEOUT_MS);
    }
  }

  async #setTimeout(connection: DatabaseConnection, ms: number): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`pragma busy_timeout = ${ms}`));
  }

  async #beginWriting(connection: DatabaseConnection): Promise<void> {
    const begin = CompiledQuery.raw('begin immediate');
    for (const start = performance.now(); ; await sleep(1 + Math.random() * MAX_PAUSE_MS)) {
      try {
        await connection.executeQuery(begin);
        return;
      } catch (error) {
        const isLate = performance.now() - start > BUSY_TIMEOUT_MS;
        if (isLate || !(error instanceof Error) || !/database is locked/.test(error.message))
          throw error;
      }
    }
  }
}

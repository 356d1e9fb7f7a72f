import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { AppError } from '../../model/index.js';
import type { SqliteDatabase } from './sqlite-driver.js';
import type { Tables } from './tables.js';

export type Engine = 'sqlite' | 'postgres';

/** The driver under Kysely, for what has to be faster than it. */
export type NativeDriver =
  | { readonly engine: 'sqlite'; readonly database: SqliteDatabase }
  | { readonly engine: 'postgres' };

export interface WriteOptions {
  /** Changes of evidence and mappings go one after the other; others side by side. Default false. */
  readonly isSerial?: boolean | undefined;
  /** Not counted as a change: sign-ins, marks of use. Default false. */
  readonly isQuiet?: boolean | undefined;
}

/** An open database. */
export interface Connection {
  readonly engine: Engine;
  readonly native: NativeDriver;
  readonly now: () => number;
  read<T>(read: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** All that it reads is as it was at one moment, and nobody waits for it. */
  readAtOneMoment<T>(read: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Runs in one transaction: all or nothing. */
  write<T>(write: (trx: Transaction<Tables>) => Promise<T>, options?: WriteOptions): Promise<T>;
  watch(signal: AbortSignal): AsyncIterable<number>;
  changeCount(): Promise<number>;
  close(): Promise<void>;
}

const WRITE_LOCK = 7_447_002;
const POLL_MS = 500;

/** What both engines share of a connection. */
export function createConnection({
  db,
  native,
  now,
  name,
}: {
  readonly db: Kysely<Tables>;
  readonly native: NativeDriver;
  readonly now: () => number;
  /** For messages, without a password. */
  readonly name: string;
}): Connection {
  const woken = new Set<() => void>();
  const changeCount = async (): Promise<number> => {
    const row = await guard(name, () =>
      db.selectFrom('meta').select('value').where('name', '=', 'changes').executeTakeFirst(),
    );
    return row?.value ?? 0;
  };
  return {
    engine: native.engine,
    native,
    now,
    read: (read) => guard(name, () => read(db)),
    readAtOneMoment: (read) =>
      guard(name, () =>
        db
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute(read),
      ),
    async write(write, { isSerial = false, isQuiet = false } = {}) {
      const result = await guard(name, () =>
        db.transaction().execute(async (trx) => {
          if (isSerial && native.engine === 'postgres')
            await sql`select pg_advisory_xact_lock(${sql.lit(WRITE_LOCK)})`.execute(trx);
          const written = await write(trx);
          // Last, so that the row is locked for as short as can be.
          if (!isQuiet)
            await trx
              .updateTable('meta')
              .set((eb) => ({ value: eb('value', '+', 1) }))
              .where('name', '=', 'changes')
              .execute();
          return written;
        }),
      );
      if (!isQuiet) for (const wake of woken) wake();
      return result;
    },
    changeCount,
    watch: (signal) => watchChanges({ signal, changeCount, woken }),
    close: () => db.destroy(),
  };
}

async function* watchChanges({
  signal,
  changeCount,
  woken,
}: {
  readonly signal: AbortSignal;
  readonly changeCount: () => Promise<number>;
  readonly woken: Set<() => void>;
}): AsyncIterable<number> {
  let last = await changeCount();
  while (!signal.aborted) {
    await waitForChange(signal, woken);
    if (signal.aborted) return;
    const count = await changeCount();
    if (count === last) continue;
    last = count;
    yield count;
  }
}

/** Until this process writes, or time for a look at what others wrote. */
async function waitForChange(signal: AbortSignal, woken: Set<() => void>): Promise<void> {
  const controller = new AbortController();
  const wake = (): void => controller.abort();
  woken.add(wake);
  signal.addEventListener('abort', wake);
  try {
    await sleep(POLL_MS, undefined, { signal: controller.signal, ref: false });
  } catch {
    // Woken.
  } finally {
    woken.delete(wake);
    signal.removeEventListener('abort', wake);
  }
}

// Source: PostgreSQL documentation, "PostgreSQL Error Codes": connection, resources, operator intervention; and Node's.
const UNAVAILABLE_CODES =
  /^(08|28|3D|53|57|58|XX)...$|^(ECONN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|EAI_)|^40P01$|^55P03$/;
const UNAVAILABLE_TEXTS =
  /database is locked|database disk image is malformed|file is not a database|disk I\/O error|database or disk is full|readonly database|unable to open|Connection terminated|timeout exceeded when trying to connect|SASL|password/i;

/** Faults of the world become AppErrors; others are ours. */
async function guard<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const { code, message } = describe(cause);
    if (!UNAVAILABLE_CODES.test(code) && !UNAVAILABLE_TEXTS.test(message)) throw cause;
    throw new AppError('STORE_UNAVAILABLE', `cannot use ${name}: ${message}`, { cause });
  }
}

function describe(cause: unknown): { readonly code: string; readonly message: string } {
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = String((first as { code?: unknown } | undefined)?.code ?? '');
  const message = first instanceof Error ? first.message : String(first);
  return { code, message: message.split('\n')[0]?.slice(0, 300) ?? '' };
}

/** Whether a database refused a second row of the same key. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, message } = describe(error);
  return code === '23505' || /UNIQUE constraint failed/.test(message);
}

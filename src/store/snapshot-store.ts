import { type Kysely, sql, type Transaction } from 'kysely';
import { AppError } from '../model/index.js';
import { rebuildRollups } from './evidence/rebuild-rollups.js';
import { checkSnapshotRow } from './snapshot-row.js';
import { SNAPSHOT_SHAPES, type TableShape } from './snapshot-shapes.table.js';
import type { Connection } from './sql/connection.js';
import { insertRows } from './sql/insert-rows.js';
import { SCHEMA_VERSION } from './sql/migrate.js';
import type { Tables } from './sql/tables.js';
import type { SnapshotRow, SnapshotStore } from './store.js';

const ROWS = 2_000;

export function createSnapshotStore(connection: Connection): SnapshotStore {
  return {
    schemaVersion: SCHEMA_VERSION,
    tables: SNAPSHOT_SHAPES.map(({ name, isSecret }) => ({ name, isSecret })),
    read: ({ withUsers, onBatch }) =>
      connection.readAtOneMoment(async (db) => {
        for (const shape of SNAPSHOT_SHAPES)
          if (withUsers || !shape.isSecret) await readTable(db, shape, { withUsers, onBatch });
      }),
    write: (batches) =>
      connection.write((trx) => fillStore({ trx, connection }, batches), { isSerial: true }),
  };
}

async function fillStore(
  { trx, connection }: { readonly trx: Transaction<Tables>; readonly connection: Connection },
  batches: Parameters<SnapshotStore['write']>[0],
): Promise<void> {
  const { native, engine } = connection;
  await refuseFilled(trx);
  const undone = new Map<number, number>();
  let place = 0;
  for await (const { table, rows } of batches) {
    const next = SNAPSHOT_SHAPES.findIndex(({ name }) => name === table);
    const shape = SNAPSHOT_SHAPES[next];
    if (shape === undefined || next < place)
      throw new AppError('USAGE', `table ${JSON.stringify(table)} is out of its place`);
    place = next;
    const checked = rows.map((row) => checkSnapshotRow(shape, row));
    if (table === 'review') rememberUndone(checked, undone);
    await insertRows({ trx, native }, shape, checked.map(withoutUndone));
  }
  await refuseOrphans(trx);
  for (const [review, by] of undone)
    await trx.updateTable('review').set({ undone_by: by }).where('id', '=', review).execute();
  if (engine === 'postgres') await restartIdentities(trx);
  await rebuildRollups(trx);
}

interface ReadOptions {
  readonly withUsers: boolean;
  readonly onBatch: (table: string, rows: readonly SnapshotRow[]) => Promise<void>;
}

async function readTable(
  db: Kysely<Tables>,
  { name, key, columns }: TableShape,
  { withUsers, onBatch }: ReadOptions,
): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column.name)));
  const keys = sql.join(key.map((column) => sql.ref(column)));
  let after: SnapshotRow | undefined;
  for (;;) {
    const last = after;
    const condition =
      last === undefined
        ? sql`1 = 1`
        : sql`(${keys}) > (${sql.join(key.map((column) => sql`${last[column]}`))})`;
    const { rows } = await sql<SnapshotRow>`
      select ${names} from ${sql.table(name)} where ${condition} order by ${keys} limit ${sql.lit(ROWS)}`.execute(
      db,
    );
    if (rows.length > 0)
      await onBatch(
        name,
        rows.map((row) => toPortable(name, row, withUsers)),
      );
    after = rows.at(-1);
    if (rows.length < ROWS) return;
  }
}

/** A row as another store can take it: without users whom it does not know, and with nothing that is still running. */
function toPortable(table: string, row: SnapshotRow, withUsers: boolean): SnapshotRow {
  const user = !withUsers && 'user_id' in row ? { user_id: null } : {};
  const isRunning = table === 'import' && row['status'] === 'running';
  const end = isRunning ? { status: 'failed', failure: 'the backup was made while it ran' } : {};
  return { ...row, ...user, ...end };
}

async function refuseFilled(trx: Transaction<Tables>): Promise<void> {
  for (const { name } of SNAPSHOT_SHAPES) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(trx);
    if (rows.length > 0)
      throw new AppError('CONFLICT', `expected an empty store, found rows in table ${name}`);
  }
}

/** Evidence has no foreign keys, so what a backup says of it is checked here. */
async function refuseOrphans(trx: Transaction<Tables>): Promise<void> {
  for (const [column, table] of [
    ['claim_id', 'claim'],
    ['import_id', 'import'],
    ['source_id', 'source'],
  ] as const) {
    const { rows } = await sql<{ id: number }>`
      select id from evidence where not exists (
        select 1 from ${sql.table(table)} parent where parent.id = evidence.${sql.ref(column)}) limit 1`.execute(
      trx,
    );
    const [orphan] = rows;
    if (orphan !== undefined)
      throw new AppError('USAGE', `evidence ${orphan.id} points at no row of ${table}`);
  }
}

/** A review may point at a later one, which is not there yet. */
function rememberUndone(rows: readonly SnapshotRow[], undone: Map<number, number>): void {
  for (const { id, undone_by } of rows)
    if (typeof id === 'number' && typeof undone_by === 'number') undone.set(id, undone_by);
}

function withoutUndone(row: SnapshotRow): SnapshotRow {
  return 'undone_by' in row ? { ...row, undone_by: null } : row;
}

/** Ids given from now on come after those that were written. */
async function restartIdentities(trx: Transaction<Tables>): Promise<void> {
  for (const { name, key } of SNAPSHOT_SHAPES) {
    if (key.join() !== 'id') continue;
    await sql`select setval(pg_get_serial_sequence(${`"${name}"`}, 'id'), greatest(1, (select coalesce(max(id), 0) from ${sql.table(name)})), (select count(*) > 0 from ${sql.table(name)}))`.execute(
      trx,
    );
  }
}

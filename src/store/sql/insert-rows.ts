import { CompiledQuery, type Transaction } from 'kysely';
import type { SnapshotRow } from '../store.js';
import type { NativeDriver } from './connection.js';
import { CopyRows } from './copy-rows.js';
import type { Tables } from './tables.js';

/** Inserts rows of a table as they are, the fastest way that the engine has. */
export async function insertRows(
  { trx, native }: { readonly trx: Transaction<Tables>; readonly native: NativeDriver },
  { name, columns }: { readonly name: string; readonly columns: readonly { name: string }[] },
  rows: readonly SnapshotRow[],
): Promise<void> {
  const names = columns.map((column) => column.name);
  const list = names.map((column) => `"${column}"`).join(', ');
  const values = (row: SnapshotRow) => names.map((column) => row[column] ?? null);
  if (native.engine === 'postgres') {
    const copy = `copy "${name}" (${list}) from stdin`;
    await trx.executeQuery(CompiledQuery.raw(copy, [new CopyRows(rows.map(values))]));
    return;
  }
  const places = names.map(() => '?').join(', ');
  const insert = native.database.prepare(`insert into "${name}" (${list}) values (${places})`);
  for (const row of rows) insert.run(...values(row));
}

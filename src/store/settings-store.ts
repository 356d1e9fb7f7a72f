import { AppError } from '../model/index.js';
import type { Connection } from './sql/connection.js';
import { decodeText, encodeText } from './sql/encode-text.js';
import type { SettingsStore } from './store.js';

const MAX_NAME_LENGTH = 200;
const MAX_VALUE_LENGTH = 1024 * 1024;

export function createSettingsStore(connection: Connection): SettingsStore {
  return {
    read: (name) =>
      connection.read(async (db) => {
        const row = await db
          .selectFrom('setting')
          .select('value')
          .where('name', '=', encodeText(name))
          .executeTakeFirst();
        return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
      }),
    write: (name, value) =>
      connection.write(async (trx) => {
        const text = JSON.stringify(value ?? null);
        if (name === '' || name.length > MAX_NAME_LENGTH)
          throw new AppError('USAGE', `expected a name of 1 to ${MAX_NAME_LENGTH} characters`);
        if (text.length > MAX_VALUE_LENGTH)
          throw new AppError('USAGE', `expected at most ${MAX_VALUE_LENGTH} characters as JSON`);
        await trx
          .insertInto('setting')
          .values({ name: encodeText(name), value: text })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
          .execute();
      }),
    remove: (name) =>
      connection.write(async (trx) => {
        await trx.deleteFrom('setting').where('name', '=', encodeText(name)).execute();
      }),
    all: () =>
      connection.read(async (db) => {
        const rows = await db.selectFrom('setting').selectAll().orderBy('name').execute();
        return Object.fromEntries(
          rows.map(({ name, value }) => [decodeText(name), JSON.parse(value) as unknown]),
        );
      }),
  };
}

import type { Kysely, Transaction } from 'kysely';
import { AppError } from '../../model/index.js';
import type { Page, PageRequest } from '../page.js';
import { type Connection, isUniqueViolation } from '../sql/connection.js';
import { limitOf, parseCursor, toPage } from '../sql/cursor.js';
import { clip, decodeText, encodeText } from '../sql/encode-text.js';
import type { Row, Tables } from '../sql/tables.js';
import type { AccountStore } from '../store.js';
import type { UserChange, UserInput, UserRecord } from '../workspace-records.js';

const MAX_NAME_LENGTH = 200;

type UserAccounts = Pick<
  AccountStore,
  | 'addUser'
  | 'addFirstUser'
  | 'changeUser'
  | 'findUser'
  | 'findUserByName'
  | 'findUserByExternalId'
  | 'listUsers'
  | 'countUsers'
  | 'removeUser'
>;

export function createUserAccounts(connection: Connection): UserAccounts {
  const findBy = (column: 'id' | 'name_key' | 'external_id', value: string | number) =>
    connection.read(async (db) => {
      const row = await db
        .selectFrom('user')
        .selectAll()
        .where(column, '=', value)
        .executeTakeFirst();
      return row === undefined ? undefined : toUser(row);
    });
  const addTo = async (trx: Transaction<Tables>, user: UserInput) =>
    toUser(
      await trx
        .insertInto('user')
        .values(toRow(user, connection.now()))
        .returningAll()
        .executeTakeFirstOrThrow(),
    );
  return {
    addUser: (user) => refuseTaken(user, () => connection.write((trx) => addTo(trx, user))),
    addFirstUser: (user) =>
      connection.write(
        async (trx) => ((await countUsers(trx)) === 0 ? addTo(trx, user) : undefined),
        { isSerial: true },
      ),
    changeUser: (userId, change) =>
      connection.write(async (trx) => {
        const columns = changedColumns(change);
        const row =
          Object.keys(columns).length === 0
            ? await trx.selectFrom('user').selectAll().where('id', '=', userId).executeTakeFirst()
            : await trx
                .updateTable('user')
                .set(columns)
                .where('id', '=', userId)
                .returningAll()
                .executeTakeFirst();
        if (row === undefined) throw new AppError('NOT_FOUND', `no user ${userId}`);
        return toUser(row);
      }),
    async findUser(userId) {
      const user = await findBy('id', userId);
      if (user === undefined) throw new AppError('NOT_FOUND', `no user ${userId}`);
      return user;
    },
    findUserByName: (name) => findBy('name_key', nameKey(name)),
    findUserByExternalId: (externalId) => findBy('external_id', encodeText(externalId)),
    listUsers: (request) => connection.read((db) => listUsers(db, request)),
    countUsers: () => connection.read(countUsers),
    removeUser: (userId) =>
      connection.write(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('user')
          .where('id', '=', userId)
          .executeTakeFirst();
        if (numDeletedRows === 0n) throw new AppError('NOT_FOUND', `no user ${userId}`);
      }),
  };
}

function nameKey(name: string): string {
  return encodeText(clip(name.normalize('NFKC').toLowerCase(), MAX_NAME_LENGTH));
}

function toRow(user: UserInput, now: number) {
  const { name, displayName, role, passwordHash, externalId } = user;
  if (name.trim() === '' || name.length > MAX_NAME_LENGTH)
    throw new AppError('USAGE', `expected a name of 1 to ${MAX_NAME_LENGTH} characters`);
  return {
    name: encodeText(name),
    name_key: nameKey(name),
    display_name: encodeText(clip(displayName, MAX_NAME_LENGTH)),
    role,
    password_hash: passwordHash ?? null,
    external_id: externalId === undefined ? null : encodeText(externalId),
    disabled: 0,
    created: now,
    last_sign_in: null,
  };
}

/** A key that is there with the value undefined takes the value away. */
function changedColumns(change: UserChange): Partial<Row<'user'>> {
  const { displayName, role, isDisabled } = change;
  return {
    ...(displayName === undefined
      ? {}
      : { display_name: encodeText(clip(displayName, MAX_NAME_LENGTH)) }),
    ...(role === undefined ? {} : { role }),
    ...('passwordHash' in change ? { password_hash: change.passwordHash ?? null } : {}),
    ...(isDisabled === undefined ? {} : { disabled: isDisabled ? 1 : 0 }),
    ...('lastSignInMs' in change ? { last_sign_in: change.lastSignInMs ?? null } : {}),
  };
}

async function refuseTaken<T>({ name }: UserInput, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new AppError('CONFLICT', `a user named ${JSON.stringify(name)} is there already`, {
      cause,
    });
  }
}

async function countUsers(db: Pick<Kysely<Tables>, 'selectFrom'>): Promise<number> {
  const row = await db
    .selectFrom('user')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function listUsers(db: Kysely<Tables>, request: PageRequest): Promise<Page<UserRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['string']);
  const rows = await db
    .selectFrom('user')
    .selectAll()
    .$if(after !== undefined, (query) => query.where('name_key', '>', String(after?.[0])))
    .orderBy('name_key')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, { cursorOf: ({ name_key }) => [name_key], toItem: toUser });
}

export function toUser(row: Row<'user'>): UserRecord {
  return {
    userId: row.id,
    name: decodeText(row.name),
    displayName: decodeText(row.display_name),
    role: row.role,
    passwordHash: row.password_hash ?? undefined,
    externalId: row.external_id === null ? undefined : decodeText(row.external_id),
    isDisabled: row.disabled === 1,
    createdMs: row.created,
    lastSignInMs: row.last_sign_in ?? undefined,
  };
}

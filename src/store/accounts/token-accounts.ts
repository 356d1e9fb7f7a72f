import type { Kysely } from 'kysely';
import { AppError } from '../../model/index.js';
import type { Page } from '../page.js';
import type { Connection } from '../sql/connection.js';
import { limitOf, parseCursor, toPage } from '../sql/cursor.js';
import { clip, decodeText, encodeText } from '../sql/encode-text.js';
import type { Row, Tables } from '../sql/tables.js';
import type { AccountStore } from '../store.js';
import type { TokenRecord } from '../workspace-records.js';
import { toUser } from './user-accounts.js';

type TokenAccounts = Pick<
  AccountStore,
  'addToken' | 'findToken' | 'findTokenById' | 'touchToken' | 'listTokens' | 'revokeToken'
>;

export function createTokenAccounts(connection: Connection): TokenAccounts {
  return {
    addToken: (token) =>
      connection.write(async (trx) => {
        const row = await trx
          .insertInto('token')
          .values({
            user_id: token.userId,
            name: encodeText(clip(token.name, 200)),
            hash: token.tokenHash,
            prefix: encodeText(clip(token.prefix, 40)),
            scopes: JSON.stringify(token.scopes),
            created: connection.now(),
            expires: token.expiresMs,
            last_used: null,
            revoked: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return toToken(row);
      }),
    findToken: (tokenHash, nowMs) =>
      connection.read(async (db) => {
        const token = await db
          .selectFrom('token')
          .selectAll()
          .where('hash', '=', tokenHash)
          .where('expires', '>', nowMs)
          .where('revoked', 'is', null)
          .executeTakeFirst();
        if (token === undefined) return undefined;
        const user = await db
          .selectFrom('user')
          .selectAll()
          .where('id', '=', token.user_id)
          .where('disabled', '=', 0)
          .executeTakeFirst();
        return user === undefined ? undefined : { token: toToken(token), user: toUser(user) };
      }),
    findTokenById: (tokenId) =>
      connection.read(async (db) => {
        const row = await db
          .selectFrom('token')
          .selectAll()
          .where('id', '=', tokenId)
          .executeTakeFirst();
        if (row === undefined) throw new AppError('NOT_FOUND', `no token ${tokenId}`);
        return toToken(row);
      }),
    touchToken: (tokenId, lastUsedMs) =>
      connection.write(
        async (trx) => {
          await trx
            .updateTable('token')
            .set({ last_used: lastUsedMs })
            .where('id', '=', tokenId)
            .execute();
        },
        { isQuiet: true },
      ),
    listTokens: (request) => connection.read((db) => listTokens(db, request)),
    revokeToken: (tokenId) =>
      connection.write(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('token')
          .set((eb) => ({ revoked: eb.fn.coalesce('revoked', eb.val(connection.now())) }))
          .where('id', '=', tokenId)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw new AppError('NOT_FOUND', `no token ${tokenId}`);
      }),
  };
}

async function listTokens(
  db: Kysely<Tables>,
  request: Parameters<AccountStore['listTokens']>[0],
): Promise<Page<TokenRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['number']);
  const { userId } = request;
  const rows = await db
    .selectFrom('token')
    .selectAll()
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? 0))
    .$if(after !== undefined, (query) => query.where('id', '<', Number(after?.[0])))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, { cursorOf: ({ id }) => [id], toItem: toToken });
}

function toToken(row: Row<'token'>): TokenRecord {
  return {
    tokenId: row.id,
    userId: row.user_id,
    name: decodeText(row.name),
    tokenHash: row.hash,
    prefix: decodeText(row.prefix),
    scopes: JSON.parse(row.scopes) as string[],
    createdMs: row.created,
    expiresMs: row.expires,
    lastUsedMs: row.last_used ?? undefined,
    revokedMs: row.revoked ?? undefined,
  };
}

import type { Connection } from '../sql/connection.js';
import { clip, decodeText, encodeText } from '../sql/encode-text.js';
import type { Row } from '../sql/tables.js';
import type { AccountStore } from '../store.js';
import type { SessionRecord } from '../workspace-records.js';
import { toUser } from './user-accounts.js';

const MAX_LISTED = 100;

type SessionAccounts = Pick<
  AccountStore,
  | 'addSession'
  | 'findSession'
  | 'touchSession'
  | 'listSessions'
  | 'removeSession'
  | 'removeSessions'
  | 'removeExpiredSessions'
>;

export function createSessionAccounts(connection: Connection): SessionAccounts {
  return {
    addSession: (session) =>
      connection.write(
        async (trx) => {
          await trx
            .insertInto('session')
            .values({
              hash: session.sessionHash,
              user_id: session.userId,
              csrf_hash: session.csrfHash,
              created: session.createdMs,
              expires: session.expiresMs,
              last_used: session.lastUsedMs,
              user_agent: encodeText(clip(session.userAgent, 400)),
            })
            .execute();
        },
        { isQuiet: true },
      ),
    findSession: (sessionHash, nowMs) =>
      connection.read(async (db) => {
        const session = await db
          .selectFrom('session')
          .selectAll()
          .where('hash', '=', sessionHash)
          .where('expires', '>', nowMs)
          .executeTakeFirst();
        if (session === undefined) return undefined;
        const user = await db
          .selectFrom('user')
          .selectAll()
          .where('id', '=', session.user_id)
          .where('disabled', '=', 0)
          .executeTakeFirst();
        if (user === undefined) return undefined;
        return { session: toSession(session), user: toUser(user) };
      }),
    touchSession: (sessionHash, { lastUsedMs, expiresMs }) =>
      connection.write(
        async (trx) => {
          await trx
            .updateTable('session')
            .set({ last_used: lastUsedMs, expires: expiresMs })
            .where('hash', '=', sessionHash)
            .execute();
        },
        { isQuiet: true },
      ),
    listSessions: (userId) =>
      connection.read(async (db) => {
        const rows = await db
          .selectFrom('session')
          .selectAll()
          .where('user_id', '=', userId)
          .orderBy('last_used', 'desc')
          .orderBy('hash')
          .limit(MAX_LISTED)
          .execute();
        return rows.map(toSession);
      }),
    removeSession: (sessionHash) =>
      connection.write(
        async (trx) => {
          await trx.deleteFrom('session').where('hash', '=', sessionHash).execute();
        },
        { isQuiet: true },
      ),
    removeSessions: (userId, except) =>
      connection.write(
        async (trx) => {
          await trx
            .deleteFrom('session')
            .where('user_id', '=', userId)
            .$if(except !== undefined, (query) => query.where('hash', '<>', except ?? ''))
            .execute();
        },
        { isQuiet: true },
      ),
    removeExpiredSessions: (nowMs) =>
      connection.write(
        async (trx) => {
          const { numDeletedRows } = await trx
            .deleteFrom('session')
            .where('expires', '<=', nowMs)
            .executeTakeFirst();
          return Number(numDeletedRows);
        },
        { isQuiet: true },
      ),
  };
}

function toSession(row: Row<'session'>): SessionRecord {
  return {
    sessionHash: row.hash,
    userId: row.user_id,
    csrfHash: row.csrf_hash,
    createdMs: row.created,
    expiresMs: row.expires,
    lastUsedMs: row.last_used,
    userAgent: decodeText(row.user_agent),
  };
}

import { type Kysely, sql } from 'kysely';
import type { Page } from './page.js';
import type { Connection } from './sql/connection.js';
import { limitOf, parseCursor, toPage } from './sql/cursor.js';
import { clip, decodeText, encodeText } from './sql/encode-text.js';
import type { Row, Tables } from './sql/tables.js';
import type { AuditStore } from './store.js';
import type { AuditRecord } from './workspace-records.js';

const MAX_DETAIL_LENGTH = 65_536;

export function createAuditStore(connection: Connection): AuditStore {
  return {
    add: (entry) =>
      connection.write(
        async (trx) => {
          const detail = JSON.stringify(entry.detail ?? {});
          const row = await trx
            .insertInto('audit')
            .values({
              time: connection.now(),
              user_id: entry.userId ?? null,
              actor: encodeText(clip(entry.actor, 200)),
              action: encodeText(clip(entry.action, 100)),
              target: encodeText(clip(entry.target, 1_000)),
              address: entry.address === undefined ? null : encodeText(clip(entry.address, 100)),
              detail: detail.length > MAX_DETAIL_LENGTH ? '{"clipped":true}' : detail,
            })
            .returningAll()
            .executeTakeFirstOrThrow();
          return toRecord(row);
        },
        { isQuiet: true },
      ),
    list: (request) => connection.read((db) => listAudit(db, request)),
  };
}

async function listAudit(
  db: Kysely<Tables>,
  request: Parameters<AuditStore['list']>[0],
): Promise<Page<AuditRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['number']);
  const { userId, action, fromMs, toMs } = request;
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? 0))
    .$if(action !== undefined, (query) => query.where(actionCondition(action ?? '')))
    .$if(fromMs !== undefined, (query) => query.where('time', '>=', fromMs ?? 0))
    .$if(toMs !== undefined, (query) => query.where('time', '<', toMs ?? 0))
    .$if(after !== undefined, (query) => query.where('id', '<', Number(after?.[0])))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, { cursorOf: ({ id }) => [id], toItem: toRecord });
}

function actionCondition(action: string) {
  const encoded = encodeText(action);
  if (!action.endsWith('.')) return sql<boolean>`action = ${encoded}`;
  // In byte order `/` follows `.`: all that begin so lie between.
  return sql<boolean>`action >= ${encoded} and action < ${`${encoded.slice(0, -1)}/`}`;
}

function toRecord(row: Row<'audit'>): AuditRecord {
  return {
    auditId: row.id,
    timeMs: row.time,
    userId: row.user_id ?? undefined,
    actor: decodeText(row.actor),
    action: decodeText(row.action),
    target: decodeText(row.target),
    address: row.address === null ? undefined : decodeText(row.address),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  };
}

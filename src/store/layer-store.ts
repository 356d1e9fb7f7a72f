import type { Kysely } from 'kysely';
import { AppError } from '../model/index.js';
import type { Page } from './page.js';
import type { Connection } from './sql/connection.js';
import { limitOf, parseCursor, toPage } from './sql/cursor.js';
import { clip, decodeText, encodeText } from './sql/encode-text.js';
import type { Row, Tables } from './sql/tables.js';
import type { LayerStore } from './store.js';
import type { LayerInput, LayerRecord, LayerSummary } from './workspace-records.js';

const MAX_DOCUMENT_LENGTH = 32 * 1024 * 1024;
const SUMMARY = [
  'id',
  'name',
  'domain',
  'attack_version',
  'size',
  'user_id',
  'import_id',
  'revision',
  'created',
  'updated',
] as const;

export function createLayerStore(connection: Connection): LayerStore {
  return {
    add: (layer) =>
      connection.write(async (trx) => {
        const now = connection.now();
        const row = await trx
          .insertInto('layer')
          .values({
            ...columnsOf(layer),
            user_id: layer.userId ?? null,
            import_id: layer.importId ?? null,
            revision: 1,
            created: now,
            updated: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return toRecord(row);
      }),
    change: (layerId, { revision, ...change }) =>
      connection.write(async (trx) => {
        const row = await trx
          .updateTable('layer')
          .set((eb) => ({
            ...columnsOf(change),
            revision: eb('revision', '+', 1),
            updated: connection.now(),
          }))
          .where('id', '=', layerId)
          .where('revision', '=', revision)
          .returningAll()
          .executeTakeFirst();
        if (row !== undefined) return toRecord(row);
        const now = await findLayer(trx, layerId);
        throw new AppError(
          'CONFLICT',
          `layer ${layerId} is at revision ${now.revision}, expected ${revision}`,
        );
      }),
    find: (layerId) => connection.read((db) => findLayer(db, layerId)),
    list: (request) => connection.read((db) => listLayers(db, request)),
    remove: (layerId) =>
      connection.write(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('layer')
          .where('id', '=', layerId)
          .executeTakeFirst();
        if (numDeletedRows === 0n) throw new AppError('NOT_FOUND', `no layer ${layerId}`);
      }),
  };
}

function columnsOf({
  name,
  domain,
  attackVersion,
  document,
}: Pick<LayerInput, 'name' | 'domain' | 'attackVersion' | 'document'>) {
  if (document.length > MAX_DOCUMENT_LENGTH)
    throw new AppError('USAGE', `expected a layer of at most ${MAX_DOCUMENT_LENGTH} characters`);
  return {
    name: encodeText(clip(name, 1_000)),
    domain,
    attack_version: encodeText(clip(attackVersion, 40)),
    document: encodeText(document),
    size: Buffer.byteLength(document, 'utf8'),
  };
}

async function findLayer(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  layerId: number,
): Promise<LayerRecord> {
  const row = await db.selectFrom('layer').selectAll().where('id', '=', layerId).executeTakeFirst();
  if (row === undefined) throw new AppError('NOT_FOUND', `no layer ${layerId}`);
  return toRecord(row);
}

async function listLayers(
  db: Kysely<Tables>,
  request: Parameters<LayerStore['list']>[0],
): Promise<Page<LayerSummary>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['number', 'number']);
  const { userId } = request;
  const rows = await db
    .selectFrom('layer')
    .select(SUMMARY)
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? 0))
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('updated', '<', Number(after?.[0])),
          eb.and([eb('updated', '=', Number(after?.[0])), eb('id', '<', Number(after?.[1]))]),
        ]),
      ),
    )
    .orderBy('updated', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, {
    cursorOf: ({ updated, id }) => [updated, id],
    toItem: toSummary,
  });
}

function toSummary(row: Pick<Row<'layer'>, (typeof SUMMARY)[number]>): LayerSummary {
  return {
    layerId: row.id,
    name: decodeText(row.name),
    domain: row.domain,
    attackVersion: decodeText(row.attack_version),
    userId: row.user_id ?? undefined,
    importId: row.import_id ?? undefined,
    revision: row.revision,
    sizeBytes: row.size,
    createdMs: row.created,
    updatedMs: row.updated,
  };
}

function toRecord(row: Row<'layer'>): LayerRecord {
  return { ...toSummary(row), document: decodeText(row.document) };
}

import type { Kysely, Transaction } from 'kysely';
import { AppError } from '../model/index.js';
import type { Page } from './page.js';
import type { Connection } from './sql/connection.js';
import { limitOf, parseCursor, toPage } from './sql/cursor.js';
import { clip, decodeText, encodeText } from './sql/encode-text.js';
import { inList } from './sql/in-list.js';
import type { Row, Tables } from './sql/tables.js';
import type { JobStore } from './store.js';
import type { JobChange, JobRecord } from './workspace-records.js';

const MAX_JSON_LENGTH = 1024 * 1024;

// Work is not what the workspace holds; a beat every second would wake everyone who watches.
const QUIET = { isQuiet: true } as const;

export function createJobStore(connection: Connection): JobStore {
  return {
    add: ({ kind, userId, input }) =>
      connection.write(async (trx) => {
        const row = await trx
          .insertInto('job')
          .values({
            kind: encodeText(clip(kind, 100)),
            status: 'queued',
            user_id: userId ?? null,
            import_id: null,
            progress: null,
            message: '',
            input: toJson(input),
            outcome: '{}',
            created: connection.now(),
            started: null,
            finished: null,
            beat: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return toRecord(row);
      }),
    find: (jobId) =>
      connection.read(async (db) => {
        const row = await db
          .selectFrom('job')
          .selectAll()
          .where('id', '=', jobId)
          .executeTakeFirst();
        if (row === undefined) throw new AppError('NOT_FOUND', `no job ${jobId}`);
        return toRecord(row);
      }),
    change: (jobId, change) =>
      connection.write(async (trx) => {
        const row = await trx
          .updateTable('job')
          .set({ beat: connection.now(), ...changedColumns(change) })
          .where('id', '=', jobId)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw new AppError('NOT_FOUND', `no job ${jobId}`);
        return toRecord(row);
      }, QUIET),
    list: (request) => connection.read((db) => listJobs(db, request)),
    claim: (kinds) =>
      connection.write((trx) => claimJob(trx, kinds, connection.now()), {
        ...QUIET,
        isSerial: true,
      }),
    failStale: (beforeMs) =>
      connection.write(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('job')
          .set({
            status: 'failed',
            message: 'whoever ran it went away',
            finished: connection.now(),
          })
          .where('status', '=', 'running')
          .where('beat', '<', beforeMs)
          .executeTakeFirst();
        return Number(numUpdatedRows);
      }),
  };
}

async function claimJob(
  trx: Transaction<Tables>,
  kinds: readonly string[],
  now: number,
): Promise<JobRecord | undefined> {
  const waiting = await trx
    .selectFrom('job')
    .select('id')
    .where('status', '=', 'queued')
    .where('kind', 'in', inList(kinds))
    .orderBy('id')
    .executeTakeFirst();
  if (waiting === undefined) return undefined;
  const row = await trx
    .updateTable('job')
    .set({ status: 'running', started: now, beat: now })
    .where('id', '=', waiting.id)
    .where('status', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : toRecord(row);
}

function toJson(value: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(value);
  if (text.length <= MAX_JSON_LENGTH) return text;
  throw new AppError('USAGE', `expected at most ${MAX_JSON_LENGTH} characters as JSON`);
}

function changedColumns(change: JobChange): Partial<Row<'job'>> {
  const { status, message, outcome } = change;
  return {
    ...(status === undefined ? {} : { status }),
    ...(message === undefined ? {} : { message: encodeText(clip(message, 2_000)) }),
    ...(outcome === undefined ? {} : { outcome: toJson(outcome) }),
    ...('importId' in change ? { import_id: change.importId ?? null } : {}),
    ...('progress' in change ? { progress: change.progress ?? null } : {}),
    ...('startedMs' in change ? { started: change.startedMs ?? null } : {}),
    ...('finishedMs' in change ? { finished: change.finishedMs ?? null } : {}),
    ...('beatMs' in change ? { beat: change.beatMs ?? null } : {}),
  };
}

async function listJobs(
  db: Kysely<Tables>,
  request: Parameters<JobStore['list']>[0],
): Promise<Page<JobRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['number']);
  const { statuses, userId } = request;
  const rows = await db
    .selectFrom('job')
    .selectAll()
    .$if(statuses !== undefined, (query) => query.where('status', 'in', inList(statuses)))
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? 0))
    .$if(after !== undefined, (query) => query.where('id', '<', Number(after?.[0])))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, { cursorOf: ({ id }) => [id], toItem: toRecord });
}

function toRecord(row: Row<'job'>): JobRecord {
  return {
    jobId: row.id,
    kind: decodeText(row.kind),
    status: row.status,
    userId: row.user_id ?? undefined,
    importId: row.import_id ?? undefined,
    progress: row.progress ?? undefined,
    message: decodeText(row.message),
    input: JSON.parse(row.input) as Record<string, unknown>,
    outcome: JSON.parse(row.outcome) as Record<string, unknown>,
    createdMs: row.created,
    startedMs: row.started ?? undefined,
    finishedMs: row.finished ?? undefined,
    beatMs: row.beat ?? undefined,
  };
}

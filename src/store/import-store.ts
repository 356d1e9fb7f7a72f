import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { AppError, type Issue } from '../model/index.js';
import { appendEvidence } from './evidence/append-evidence.js';
import { refreshCells } from './evidence/change-mappings.js';
import { createIdCache, remember } from './evidence/id-cache.js';
import { removeImport } from './evidence/remove-import.js';
import { saveJointConfidences } from './evidence/save-joint-confidences.js';
import type { ImportFile, ImportInput, ImportRecord } from './import-records.js';
import type { Page } from './page.js';
import type { Connection } from './sql/connection.js';
import { limitOf, parseCursor, toPage } from './sql/cursor.js';
import { clip, decodeText, encodeText } from './sql/encode-text.js';
import { inList } from './sql/in-list.js';
import type { Row, Tables } from './sql/tables.js';
import type { ImportStore } from './store.js';

const MAX_BATCH = 20_000;
const MAX_FILES = 100_000;
const MAX_OPTIONS_LENGTH = 65_536;
const LISTED_ISSUES = 100;

export function createImportStore(connection: Connection): ImportStore {
  const cache = createIdCache();
  const { engine, native } = connection;
  return {
    begin: (input) => connection.write((trx) => beginImport(trx, input, connection.now())),
    async addBatch(importId, batch) {
      if (batch.length > MAX_BATCH)
        throw new AppError('USAGE', `expected at most ${MAX_BATCH} pieces, found ${batch.length}`);
      if (batch.length === 0) return { added: 0, duplicates: 0 };
      const { added, duplicates, fresh } = await connection.write(
        async (trx) => {
          const nowMs = connection.now();
          const context = { trx, engine, native, cache, importId, nowMs };
          await requireImport(trx, importId);
          const outcome = await appendEvidence(context, batch);
          await trx
            .updateTable('import')
            .set((eb) => ({
              added: eb('added', '+', outcome.added),
              duplicates: eb('duplicates', '+', outcome.duplicates),
            }))
            .where('id', '=', importId)
            .execute();
          return outcome;
        },
        { isSerial: true },
      );
      remember(cache, fresh);
      return { added, duplicates };
    },
    addJointConfidences: (importId, joint) =>
      connection.write(
        async (trx) => {
          await requireImport(trx, importId);
          await saveJointConfidences({ trx, engine }, joint);
        },
        { isSerial: true },
      ),
    end: (importId, { status, records, issueCount, issues, failure }) =>
      connection.write(
        async (trx) => {
          await requireImport(trx, importId);
          await trx
            .updateTable('import')
            .set({
              status,
              finished: connection.now(),
              records,
              issue_count: issueCount,
              issues: JSON.stringify(issues.slice(0, LISTED_ISSUES).map(clipIssue)),
              failure: failure === undefined ? null : encodeText(clip(failure, 1_000)),
            })
            .where('id', '=', importId)
            .execute();
          await refreshCells(trx);
          return findImport(trx, importId);
        },
        { isSerial: true },
      ),
    find: (importId) => connection.read((db) => findImport(db, importId)),
    findByFile: (sha256) =>
      connection.read(async (db) => {
        const row = await db
          .selectFrom('import_file')
          .select('import_id')
          .where('sha256', '=', sha256)
          .orderBy('import_id')
          .executeTakeFirst();
        return row === undefined ? undefined : findImport(db, row.import_id);
      }),
    list: (request) => connection.read((db) => listImports(db, request)),
    remove: (importId) =>
      connection.write((trx) => removeImport({ trx, engine }, importId), { isSerial: true }),
  };
}

type Db = Pick<Transaction<Tables>, 'selectFrom'>;

/** Same kind and same files, in any order: the same import. */
function fingerprintOf({ kind, files, name }: ImportInput): string {
  const hashes = files.map(({ sha256 }) => sha256).sort();
  return hash('sha256', JSON.stringify(files.length === 0 ? [kind, name] : [kind, ...hashes]));
}

async function beginImport(
  trx: Transaction<Tables>,
  input: ImportInput,
  nowMs: number,
): Promise<{ readonly import: ImportRecord; readonly isKnown: boolean }> {
  if (input.files.length > MAX_FILES)
    throw new AppError('USAGE', `expected at most ${MAX_FILES} files, found ${input.files.length}`);
  const options = JSON.stringify(input.options ?? {});
  if (options.length > MAX_OPTIONS_LENGTH)
    throw new AppError('USAGE', `expected options of at most ${MAX_OPTIONS_LENGTH} characters`);
  const row = await trx
    .insertInto('import')
    .values({
      kind: input.kind,
      name: encodeText(clip(input.name, 1_000)),
      status: 'running',
      fingerprint: fingerprintOf(input),
      attack_version: input.attackVersion,
      user_id: input.userId ?? null,
      options,
      runs: 1,
      started: nowMs,
      issues: '[]',
      records: 0,
      added: 0,
      duplicates: 0,
      issue_count: 0,
    })
    .onConflict((conflict) =>
      conflict.column('fingerprint').doUpdateSet((eb) => ({
        runs: eb('import.runs', '+', 1),
        status: 'running',
        started: nowMs,
        finished: null,
        failure: null,
        attack_version: eb.ref('excluded.attack_version'),
        options: eb.ref('excluded.options'),
        // What this run finds; evidence of earlier runs stays and shows as duplicates of this one.
        duplicates: 0,
      })),
    )
    .returning(['id', 'runs'])
    .executeTakeFirstOrThrow();
  const isKnown = row.runs > 1;
  if (!isKnown) await saveFiles(trx, row.id, input.files);
  return { import: await findImport(trx, row.id), isKnown };
}

async function saveFiles(
  trx: Transaction<Tables>,
  importId: number,
  files: readonly ImportFile[],
): Promise<void> {
  for (let at = 0; at < files.length; at += 1_000) {
    const part = files.slice(at, at + 1_000);
    await trx
      .insertInto('import_file')
      .values(
        part.map(({ source, sha256, sizeBytes }, place) => ({
          import_id: importId,
          place: at + place,
          source: encodeText(clip(source, 4_096)),
          sha256,
          size: sizeBytes,
        })),
      )
      .execute();
  }
}

async function requireImport(db: Db, importId: number): Promise<void> {
  const row = await db
    .selectFrom('import')
    .select('id')
    .where('id', '=', importId)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('NOT_FOUND', `no import ${importId}`);
}

async function findImport(db: Db, importId: number): Promise<ImportRecord> {
  const row = await db
    .selectFrom('import')
    .selectAll()
    .where('id', '=', importId)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('NOT_FOUND', `no import ${importId}`);
  const [record] = await withFiles(db, [row]);
  if (record === undefined) throw new AppError('INTERNAL', 'an import lost its row');
  return record;
}

/** Files that a list shows of an import; `find` shows as many: an import of more says so in its name. */
const SHOWN_FILES = 1_000;

async function withFiles(db: Db, rows: readonly Row<'import'>[]): Promise<readonly ImportRecord[]> {
  if (rows.length === 0) return [];
  const files = await db
    .selectFrom('import_file')
    .selectAll()
    .where(
      'import_id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('place', '<', SHOWN_FILES)
    .orderBy('import_id')
    .orderBy('place')
    .execute();
  return rows.map((row) =>
    toRecord(
      row,
      files.filter(({ import_id }) => import_id === row.id),
    ),
  );
}

function toRecord(row: Row<'import'>, files: readonly Row<'import_file'>[]): ImportRecord {
  return {
    importId: row.id,
    kind: row.kind,
    name: decodeText(row.name),
    status: row.status,
    files: files.map(({ source, sha256, size }) => ({
      source: decodeText(source),
      sha256,
      sizeBytes: size,
    })),
    attackVersion: row.attack_version,
    userId: row.user_id ?? undefined,
    options: JSON.parse(row.options) as Record<string, unknown>,
    runs: row.runs,
    startedMs: row.started,
    finishedMs: row.finished ?? undefined,
    records: row.records,
    added: row.added,
    duplicates: row.duplicates,
    issueCount: row.issue_count,
    issues: JSON.parse(row.issues) as Issue[],
    failure: row.failure === null ? undefined : decodeText(row.failure),
  };
}

function clipIssue(issue: Issue): Issue {
  return { ...issue, message: clip(issue.message, 2_000) };
}

async function listImports(
  db: Db,
  request: Parameters<ImportStore['list']>[0],
): Promise<Page<ImportRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['number']);
  const { kinds, statuses } = request;
  const rows = await db
    .selectFrom('import')
    .selectAll()
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', inList(kinds)))
    .$if(statuses !== undefined, (query) => query.where('status', 'in', inList(statuses)))
    .$if(after !== undefined, (query) => query.where('id', '<', Number(after?.[0])))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const records = await withFiles(db, rows);
  return toPage(records, limit, {
    cursorOf: ({ importId }) => [importId],
    toItem: (record) => record,
  });
}

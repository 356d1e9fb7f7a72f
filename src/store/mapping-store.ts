import { type Kysely, sql } from 'kysely';
import { AppError, type EvidenceKind, type TechniqueId } from '../model/index.js';
import { aggregateCells, countDays } from './evidence/aggregate-cells.js';
import { countFacets } from './evidence/count-facets.js';
import { listEvidence } from './evidence/list-evidence.js';
import { readEvidence } from './evidence/read-evidence.js';
import { findMapping, listMappings } from './evidence/read-mappings.js';
import type { ReferenceRecord, SubjectRecord } from './evidence-records.js';
import type { Page } from './page.js';
import type { Connection } from './sql/connection.js';
import { limitOf, parseCursor, toPage } from './sql/cursor.js';
import { decodeText } from './sql/encode-text.js';
import { inList, likePattern } from './sql/in-list.js';
import type { Tables } from './sql/tables.js';
import type { MappingStore, StoreTotals } from './store.js';

const DAY_MS = 86_400_000;

export function createMappingStore(connection: Connection): MappingStore {
  return {
    list: (request) => connection.read((db) => listMappings(db, request)),
    find: (mappingId) => connection.read((db) => findMapping(db, mappingId)),
    aggregate: (filter) => connection.read((db) => aggregateCells(db, filter)),
    days: (filter) =>
      connection.read(async (db) =>
        (await countDays(db, filter)).map(({ day, technique_id, kind, count }) => ({
          dayMs: day * DAY_MS,
          techniqueId: technique_id as TechniqueId,
          evidenceKind: kind as EvidenceKind,
          count,
        })),
      ),
    facets: (filter) => connection.read((db) => countFacets(db, filter)),
    evidence: (request) => connection.read((db) => listEvidence(db, request)),
    findEvidence: (evidenceId) =>
      connection.read(async (db) => {
        const [found] = await readEvidence(db, [{ id: evidenceId, time: 0 }]);
        if (found === undefined) throw new AppError('NOT_FOUND', `no evidence ${evidenceId}`);
        return found;
      }),
    subjects: (request) => connection.read((db) => listSubjects(db, request)),
    references: (request) => connection.read((db) => listReferences(db, request)),
    totals: () => connection.read(readTotals),
  };
}

async function listSubjects(
  db: Kysely<Tables>,
  request: Parameters<MappingStore['subjects']>[0],
): Promise<Page<SubjectRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['string', 'number']);
  const { text, kinds } = request;
  const rows = await db
    .selectFrom('subject')
    .selectAll()
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', inList(kinds)))
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`search like ${likePattern(text ?? '')} escape '!'`),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(search, id) > (${after?.[0]}, ${after?.[1]})`),
    )
    .orderBy('search')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, {
    cursorOf: ({ search, id }) => [search, id],
    toItem: ({ id, kind, name }) => ({ subjectId: id, kind, name: decodeText(name) }),
  });
}

async function listReferences(
  db: Kysely<Tables>,
  request: Parameters<MappingStore['references']>[0],
): Promise<Page<ReferenceRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['string', 'number']);
  const { text, kinds } = request;
  const rows = await db
    .selectFrom('reference')
    .selectAll()
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', inList(kinds)))
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`search like ${likePattern(text ?? '')} escape '!'`),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(search, id) > (${after?.[0]}, ${after?.[1]})`),
    )
    .orderBy('search')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return toPage(rows, limit, {
    cursorOf: ({ search, id }) => [search, id],
    toItem: ({ id, kind, key, title, level }) => ({
      referenceId: id,
      kind,
      key: decodeText(key),
      title: decodeText(title),
      level: level === null ? undefined : decodeText(level),
    }),
  });
}

async function readTotals(db: Kysely<Tables>): Promise<StoreTotals> {
  const { rows } = await sql<StoreTotals>`
    select (select coalesce(sum(evidence_count), 0) from claim) as evidence,
      (select count(*) from mapping) as mappings, (select count(*) from subject) as subjects,
      (select count(*) from reference) as "references", (select count(*) from import) as imports`.execute(
    db,
  );
  const [totals] = rows;
  if (totals === undefined) throw new AppError('INTERNAL', 'a count gave no row');
  return { ...totals };
}

import { type Kysely, type RawBuilder, sql } from 'kysely';
import { AppError } from '../../model/index.js';
import type { EvidenceFilter, MappingRecord } from '../evidence-records.js';
import type { Page, PageRequest } from '../page.js';
import { limitOf, parseCursor, toPage } from '../sql/cursor.js';
import { decodeText } from '../sql/encode-text.js';
import type { Row, Tables } from '../sql/tables.js';
import { allOf, mappingConditions, seenConditions, statusConditions } from './filter-claims.js';

/** A page of mappings, surest first. */
export async function listMappings(
  db: Kysely<Tables>,
  request: PageRequest & { readonly filter: EvidenceFilter },
): Promise<Page<MappingRecord>> {
  const limit = limitOf(request);
  const after = parseCursor(request, ['number', 'number']);
  const { filter } = request;
  const conditions = [
    ...mappingConditions(filter),
    ...statusConditions(filter),
    ...seenConditions(filter),
  ];
  if (after !== undefined) {
    const [confidence, id] = after;
    conditions.push(
      sql`(m.confidence < ${confidence} or (m.confidence = ${confidence} and m.id > ${id}))`,
      sql`m.confidence <= ${confidence}`,
    );
  }
  const rows = await selectMappings(db, allOf(conditions), limit + 1);
  return toPage(rows, limit, {
    cursorOf: ({ confidence, id }) => [confidence, id],
    toItem: toRecord,
  });
}

/** @throws AppError `NOT_FOUND`. */
export async function findMapping(db: Kysely<Tables>, mappingId: number): Promise<MappingRecord> {
  const [found] = await selectMappings(db, sql`m.id = ${mappingId}`, 1);
  if (found === undefined) throw new AppError('NOT_FOUND', `no mapping ${mappingId}`);
  return toRecord(found);
}

type MappingRow = Row<'mapping'> &
  Omit<Row<'claim'>, 'id'> & {
    readonly subject_kind: MappingRecord['subject']['kind'];
    readonly subject_name: string;
    readonly reference_kind: MappingRecord['reference']['kind'];
    readonly reference_key: string;
    readonly title: string;
    readonly level: string | null;
  };

/** Ids first, so that only the rows of the page are joined with all that describes them. */
async function selectMappings(
  db: Kysely<Tables>,
  condition: RawBuilder<unknown>,
  limit: number,
): Promise<readonly MappingRow[]> {
  const { rows } = await sql<MappingRow>`
    select m.*, c.reference_id, c.subject_id, c.kind, c.domain, c.evidence_count, c.accepted_count, c.rejected_count,
      c.first_seen, c.last_seen, s.kind as subject_kind, s.name as subject_name, r.kind as reference_kind,
      r.key as reference_key, r.title, r.level
    from (select m.id from mapping m join claim c on c.id = m.claim_id where ${condition}
        order by m.confidence desc, m.id limit ${sql.lit(limit)}) page
      join mapping m on m.id = page.id join claim c on c.id = m.claim_id join subject s on s.id = c.subject_id
      join reference r on r.id = c.reference_id
    order by m.confidence desc, m.id`.execute(db);
  return rows;
}

function toRecord(row: MappingRow): MappingRecord {
  return {
    mappingId: row.id,
    techniqueId: row.technique_id,
    domain: row.domain,
    attackVersion: row.attack_version,
    evidenceKind: row.kind,
    subject: {
      subjectId: row.subject_id,
      kind: row.subject_kind,
      name: decodeText(row.subject_name),
    },
    reference: {
      referenceId: row.reference_id,
      kind: row.reference_kind,
      key: decodeText(row.reference_key),
      title: decodeText(row.title),
      level: row.level === null ? undefined : decodeText(row.level),
    },
    status: row.status,
    confidence: row.confidence,
    ownConfidence: row.own_confidence,
    jointConfidence: row.joint_confidence ?? undefined,
    evidenceCount: row.evidence_count,
    rejectedCount: row.status === 'rejected' ? row.evidence_count : row.rejected_count,
    firstSeenMs: row.first_seen ?? undefined,
    lastSeenMs: row.last_seen ?? undefined,
    createdMs: row.created,
  };
}

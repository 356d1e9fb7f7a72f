import { type Kysely, sql } from 'kysely';
import type { EvidenceRecord } from '../evidence-records.js';
import { decodeText } from '../sql/encode-text.js';
import { NO_TIME, type Row, type Tables } from '../sql/tables.js';
import { readBody } from './evidence-body.js';

/** A piece of evidence, and what it is sorted by. */
export interface EvidenceKey {
  readonly id: number;
  readonly time: number;
}

type EvidenceRow = Row<'evidence'> & {
  readonly kind: EvidenceRecord['evidenceKind'];
  readonly domain: EvidenceRecord['mappings'][number]['domain'];
  readonly source: string;
  readonly subject_id: number;
  readonly subject_kind: EvidenceRecord['subject']['kind'];
  readonly subject_name: string;
  readonly reference_id: number;
  readonly reference_kind: EvidenceRecord['reference']['kind'];
  readonly reference_key: string;
  readonly title: string;
  readonly level: string | null;
};

/** Whole records in the order of the keys; those that are gone by now are left out. */
export async function readEvidence(
  db: Kysely<Tables>,
  keys: readonly EvidenceKey[],
): Promise<readonly EvidenceRecord[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<EvidenceRow>`
    select e.*, c.kind, c.domain, o.name as source, s.id as subject_id, s.kind as subject_kind, s.name as subject_name,
      r.id as reference_id, r.kind as reference_kind, r.key as reference_key, r.title, r.level
    from evidence e join claim c on c.id = e.claim_id join subject s on s.id = c.subject_id
      join reference r on r.id = c.reference_id join source o on o.id = e.source_id
    where e.id in (${sql.join(keys.map(({ id }) => id))})`.execute(db);
  const mappings = await readMappings(
    db,
    rows.map(({ claim_id }) => claim_id),
  );
  const records = new Map(rows.map((row) => [row.id, toRecord(row, mappings.get(row.claim_id))]));
  return keys.flatMap(({ id }) => records.get(id) ?? []);
}

async function readMappings(
  db: Kysely<Tables>,
  claimIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Row<'mapping'>[]>> {
  if (claimIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('mapping')
    .selectAll()
    .where('claim_id', 'in', [...new Set(claimIds)])
    .orderBy('technique_id')
    .execute();
  const byClaim = new Map<number, Row<'mapping'>[]>();
  for (const row of rows) {
    const known = byClaim.get(row.claim_id);
    if (known === undefined) byClaim.set(row.claim_id, [row]);
    else known.push(row);
  }
  return byClaim;
}

function toRecord(row: EvidenceRow, mappings: readonly Row<'mapping'>[] = []): EvidenceRecord {
  return {
    evidenceId: row.id,
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
    mappings: mappings.map((mapping) => ({
      mappingId: mapping.id,
      techniqueId: mapping.technique_id,
      domain: row.domain,
      attackVersion: mapping.attack_version,
      status: mapping.status,
      confidence: mapping.confidence,
    })),
    importId: row.import_id,
    timeMs: row.time === NO_TIME ? undefined : row.time,
    source: decodeText(row.source),
    record: decodeText(row.record),
    ...readBody(row.body),
    decision: row.decision ?? undefined,
  };
}

import { type Kysely, sql } from 'kysely';
import type { TechniqueId } from '../../model/index.js';
import type { EvidenceFilter, FacetCount, Facets, ReferenceRecord } from '../evidence-records.js';
import { decodeText } from '../sql/encode-text.js';
import { inList } from '../sql/in-list.js';
import type { Row, Tables } from '../sql/tables.js';
import { allOf, mappingConditions, seenConditions, statusConditions } from './filter-claims.js';

const MAX_VALUES = 200;

interface Count {
  readonly mappings: number;
  readonly evidence: number;
}

/** What a filter could be narrowed to. A time limit counts mappings seen in it, with all their evidence. */
export async function countFacets(db: Kysely<Tables>, filter: EvidenceFilter): Promise<Facets> {
  const condition = allOf([
    ...mappingConditions(filter),
    ...statusConditions(filter),
    ...seenConditions(filter),
  ]);
  // `value` is one of the columns below, never text from outside.
  const count = async <T>(value: string): Promise<readonly (Count & { readonly value: T })[]> => {
    const { rows } = await sql<Count & { readonly value: T }>`
      select ${sql.raw(value)} as value, count(*) as mappings, sum(c.evidence_count) as evidence
      from mapping m join claim c on c.id = m.claim_id join reference r on r.id = c.reference_id
      where ${condition} group by 1 order by 3 desc, 1 limit ${sql.lit(MAX_VALUES)}`.execute(db);
    return rows.map((row) => ({ ...row }));
  };
  return {
    subjects: await describeSubjects(db, await count<number>('c.subject_id')),
    references: await describeReferences(db, await count<number>('c.reference_id')),
    techniques: await count<TechniqueId>('m.technique_id'),
    evidenceKinds: await count<Facets['evidenceKinds'][number]['value']>('c.kind'),
    sources: await count<Facets['sources'][number]['value']>('r.kind'),
    statuses: await count<Facets['statuses'][number]['value']>('m.status'),
  };
}

async function describeSubjects(
  db: Kysely<Tables>,
  counts: readonly FacetCount<number>[],
): Promise<Facets['subjects']> {
  const ids = counts.map(({ value }) => value);
  const rows = await db.selectFrom('subject').selectAll().where('id', 'in', inList(ids)).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return counts.flatMap(({ value, mappings, evidence }) => {
    const row = byId.get(value);
    if (row === undefined) return [];
    const { id, kind, name } = row;
    return [{ value: { subjectId: id, kind, name: decodeText(name) }, mappings, evidence }];
  });
}

async function describeReferences(
  db: Kysely<Tables>,
  counts: readonly FacetCount<number>[],
): Promise<Facets['references']> {
  const ids = counts.map(({ value }) => value);
  const rows = await db
    .selectFrom('reference')
    .selectAll()
    .where('id', 'in', inList(ids))
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return counts.flatMap(({ value, mappings, evidence }) => {
    const row = byId.get(value);
    return row === undefined ? [] : [{ value: toReference(row), mappings, evidence }];
  });
}

function toReference({ id, kind, key, title, level }: Row<'reference'>): ReferenceRecord {
  return {
    referenceId: id,
    kind,
    key: decodeText(key),
    title: decodeText(title),
    level: level === null ? undefined : decodeText(level),
  };
}

import { type Kysely, sql } from 'kysely';
import type { EvidenceFilter, MatrixCell } from '../evidence-records.js';
import type { Row, Tables } from '../sql/tables.js';
import { CELL_SELECT } from './cell-select.js';
import { DAY_OF_TIME } from './change-mappings.js';
import {
  allOf,
  evidenceConditions,
  mappingConditions,
  seenConditions,
  statusConditions,
} from './filter-claims.js';

const DAY_MS = 86_400_000;

/** Cells of the matrix by technique id, domain, version, kind. */
export async function aggregateCells(
  db: Kysely<Tables>,
  filter: EvidenceFilter,
): Promise<readonly MatrixCell[]> {
  const days = wholeDays(filter);
  const rows = isKept(days) ? await keptCells(db, days) : await countedCells(db, days);
  const counts = hasTime(days) ? await evidenceInTime(db, days) : undefined;
  const cells = rows.map(toCell);
  if (counts === undefined) return cells;
  return cells.flatMap((cell) => {
    const evidence = counts.get(keyOf(cell));
    return evidence === undefined ? [] : [{ ...cell, evidence }];
  });
}

/** Time limits as whole UTC days: the day that `fromMs` is in to the day that the last millisecond before `toMs` is in. */
function wholeDays(filter: EvidenceFilter): EvidenceFilter {
  const { fromMs, toMs } = filter;
  return {
    ...filter,
    fromMs: fromMs === undefined ? undefined : Math.floor(fromMs / DAY_MS) * DAY_MS,
    toMs: toMs === undefined ? undefined : Math.ceil(toMs / DAY_MS) * DAY_MS,
  };
}

function hasTime({ fromMs, toMs }: EvidenceFilter): boolean {
  return fromMs !== undefined || toMs !== undefined;
}

type CellFilter = Pick<
  EvidenceFilter,
  'techniqueIds' | 'domains' | 'attackVersions' | 'evidenceKinds'
>;

/** Whether the rollup answers: it asks for nothing but the columns that cells are told apart by. */
function isKept(filter: EvidenceFilter): boolean {
  const { techniqueIds, domains, attackVersions, evidenceKinds, ...others } = filter;
  return Object.values(others).every((value) => value === undefined);
}

/** The rollup; stale cells are counted from their mappings. */
async function keptCells(db: Kysely<Tables>, filter: CellFilter): Promise<readonly Row<'cell'>[]> {
  const conditions = mappingConditions(filter);
  const { rows } = await sql<Row<'cell'>>`
    select m.* from cell m where m.stale = 0 and ${allOf(cellConditions(filter))}
    union all
    select * from (${CELL_SELECT}
      where m.technique_id in (select technique_id from cell where stale = 1) and ${allOf(conditions)}
      group by 1, 2, 3, 4) live
    where exists (select 1 from cell s where s.stale = 1 and s.technique_id = live.technique_id
      and s.domain = live.domain and s.attack_version = live.attack_version and s.kind = live.kind)
    order by 1, 2, 3, 4`.execute(db);
  return rows;
}

function cellConditions({ techniqueIds, domains, attackVersions, evidenceKinds }: CellFilter) {
  const list = (column: string, values: readonly string[] | undefined) => {
    if (values === undefined) return [];
    if (values.length === 0) return [sql`1 = 0`];
    return [sql`${sql.ref(column)} in (${sql.join([...values])})`];
  };
  return [
    ...list('m.technique_id', techniqueIds),
    ...list('m.domain', domains),
    ...list('m.attack_version', attackVersions),
    ...list('m.kind', evidenceKinds),
  ];
}

async function countedCells(
  db: Kysely<Tables>,
  filter: EvidenceFilter,
): Promise<readonly Row<'cell'>[]> {
  const conditions = [
    ...mappingConditions(filter),
    ...statusConditions(filter),
    ...seenConditions(filter),
  ];
  const { rows } = await sql<Row<'cell'>>`
    ${CELL_SELECT} where ${allOf(conditions)} group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db);
  return rows;
}

type Counts = Pick<Row<'cell_day'>, 'technique_id' | 'domain' | 'attack_version' | 'kind'> &
  MatrixCell['evidence'];

/** Evidence within whole days by cell: from the days' rollup, or counted where the filter asks for more than that has. */
async function evidenceInTime(
  db: Kysely<Tables>,
  filter: EvidenceFilter,
): Promise<ReadonlyMap<string, MatrixCell['evidence']>> {
  const { fromMs, toMs, ...others } = filter;
  const { rows } = isKept(others)
    ? await keptDays(db, filter)
    : await sql<Counts>`
      select m.technique_id, c.domain, m.attack_version, c.kind,
        ${COUNT_PROPOSED} as proposed, ${COUNT_ACCEPTED} as accepted, ${COUNT_REJECTED} as rejected
      from mapping m join claim c on c.id = m.claim_id join evidence e on e.claim_id = c.id
      where ${allOf([
        ...mappingConditions(others),
        ...statusConditions(others),
        ...seenConditions(filter),
        ...evidenceConditions(filter),
      ])}
      group by 1, 2, 3, 4`.execute(db);
  return new Map(
    rows.map(({ technique_id, domain, attack_version, kind, proposed, accepted, rejected }) => [
      `${technique_id} ${domain} ${attack_version} ${kind}`,
      { proposed, accepted, rejected },
    ]),
  );
}

const COUNT_PROPOSED = sql.raw(
  "sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'proposed' then 1 else 0 end)",
);
const COUNT_ACCEPTED = sql.raw(
  "sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'accepted' then 1 else 0 end)",
);
const COUNT_REJECTED = sql.raw(
  "sum(case when m.status = 'rejected' or e.decision = 'rejected' then 1 else 0 end)",
);

async function keptDays(db: Kysely<Tables>, { fromMs, toMs, ...filter }: EvidenceFilter) {
  const conditions = [
    ...cellConditions(filter),
    ...(fromMs === undefined ? [] : [sql`m.day >= ${fromMs / DAY_MS}`]),
    ...(toMs === undefined ? [] : [sql`m.day < ${toMs / DAY_MS}`]),
  ];
  return sql<Counts>`
    select m.technique_id, m.domain, m.attack_version, m.kind,
      sum(m.proposed) as proposed, sum(m.accepted) as accepted, sum(m.rejected) as rejected
    from cell_day m where ${allOf(conditions)} group by 1, 2, 3, 4`.execute(db);
}

/** Evidence not rejected by day, technique and kind. */
export async function countDays(
  db: Kysely<Tables>,
  filter: EvidenceFilter,
): Promise<readonly { day: number; technique_id: string; kind: string; count: number }[]> {
  const days = wholeDays(filter);
  const { fromMs, toMs, ...others } = days;
  const time = [
    ...(fromMs === undefined ? [] : [sql`m.day >= ${fromMs / DAY_MS}`]),
    ...(toMs === undefined ? [] : [sql`m.day < ${toMs / DAY_MS}`]),
  ];
  const query = isKept(others)
    ? sql<DayRow>`
      select m.day, m.technique_id, m.kind, sum(m.proposed + m.accepted) as count
      from cell_day m where ${allOf([...cellConditions(others), ...time])}
      group by 1, 2, 3 having sum(m.proposed + m.accepted) > 0 order by 1, 2, 3 limit ${sql.lit(MAX_DAYS)}`
    : sql<DayRow>`
      select ${DAY_OF_TIME} as day, m.technique_id, c.kind, count(*) as count
      from mapping m join claim c on c.id = m.claim_id join evidence e on e.claim_id = c.id
      where ${allOf([
        sql`e.time <> ${sql.lit(Number.MIN_SAFE_INTEGER)} and m.status <> 'rejected'
          and coalesce(e.decision, '') <> 'rejected'`,
        ...mappingConditions(others),
        ...statusConditions(others),
        ...seenConditions(days),
        ...evidenceConditions(days),
      ])}
      group by 1, 2, 3 order by 1, 2, 3 limit ${sql.lit(MAX_DAYS)}`;
  const { rows } = await query.execute(db);
  return rows;
}

const MAX_DAYS = 100_000;

interface DayRow {
  readonly day: number;
  readonly technique_id: string;
  readonly kind: string;
  readonly count: number;
}

function keyOf({ techniqueId, domain, attackVersion, evidenceKind }: MatrixCell): string {
  return `${techniqueId} ${domain} ${attackVersion} ${evidenceKind}`;
}

function toCell(row: Row<'cell'>): MatrixCell {
  return {
    techniqueId: row.technique_id,
    domain: row.domain,
    attackVersion: row.attack_version,
    evidenceKind: row.kind,
    evidence: {
      proposed: row.evidence_proposed,
      accepted: row.evidence_accepted,
      rejected: row.evidence_rejected,
    },
    mappings: {
      proposed: row.mappings_proposed,
      accepted: row.mappings_accepted,
      rejected: row.mappings_rejected,
    },
    confidence: row.confidence,
    firstSeenMs: row.first_seen ?? undefined,
    lastSeenMs: row.last_seen ?? undefined,
    references: row.reference_count,
    subjects: row.subject_count,
  };
}

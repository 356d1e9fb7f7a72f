import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { EvidenceFilter, EvidenceRecord } from '../evidence-records.js';
import type { Page, PageRequest } from '../page.js';
import { limitOf, parseCursor, toPage } from '../sql/cursor.js';
import { NO_TIME, type Tables } from '../sql/tables.js';
import type { TimeOrder } from '../store.js';
import {
  allOf,
  evidenceConditions,
  mappingConditions,
  seenConditions,
  statusConditions,
} from './filter-claims.js';
import { type EvidenceKey, readEvidence } from './read-evidence.js';

export type EvidenceRequest = PageRequest & {
  readonly filter: EvidenceFilter;
  readonly order?: TimeOrder | undefined;
};

/**
 * A page of evidence in the order of time.
 *
 * Evidence is found in the order of time within a claim, or over all. A filter that leaves few claims is answered from
 * those: only the claims that were seen last can hold the page. Many claims are a large share of all, and reading all
 * evidence in the order of time soon meets enough of them.
 */
export async function listEvidence(
  db: Kysely<Tables>,
  request: EvidenceRequest,
): Promise<Page<EvidenceRecord>> {
  const limit = limitOf(request);
  const cursor = parseCursor(request, ['number', 'number']);
  const { filter, order = 'newest' } = request;
  const walk: Walk = {
    filter,
    limit: limit + 1,
    direction: order,
    after: cursor === undefined ? undefined : [Number(cursor[0]), Number(cursor[1])],
  };
  const keys = await findKeys(db, walk);
  const items = await readEvidence(db, keys.slice(0, limit));
  return toPage([...items, ...keys.slice(limit)], limit, {
    cursorOf: (item) => [timeOf(item), idOf(item)],
    toItem: (item) => item as EvidenceRecord,
  });
}

type Item = EvidenceRecord | EvidenceKey;

function timeOf(item: Item): number {
  return 'evidenceId' in item ? (item.timeMs ?? NO_TIME) : item.time;
}

function idOf(item: Item): number {
  return 'evidenceId' in item ? item.evidenceId : item.id;
}

interface Walk {
  readonly filter: EvidenceFilter;
  readonly limit: number;
  readonly direction: TimeOrder;
  /** Time and id of the last row of the page before. */
  readonly after: readonly [number, number] | undefined;
}

/** Above, reading by time is faster than asking claim by claim. */
const MAX_CLAIMS = 2_000;

async function findKeys(db: Kysely<Tables>, walk: Walk): Promise<readonly EvidenceKey[]> {
  const { filter } = walk;
  const onMappings = [...mappingConditions(filter), ...statusNet(filter)];
  if (onMappings.length === 0) return keysByTime(db, walk, []);
  const onClaims = [...onMappings, ...seenConditions(filter)];
  const claims = await candidateClaims(db, onClaims);
  if (claims.length > MAX_CLAIMS) return keysByTime(db, walk, onMappings);
  return keysByClaim(db, walk, claims);
}

/** Mappings that may have evidence of the statuses asked for: those, and those with decisions on single pieces. */
function statusNet(filter: EvidenceFilter): readonly RawBuilder<unknown>[] {
  const [condition] = statusConditions(filter);
  return condition === undefined
    ? []
    : [sql`(${condition} or c.accepted_count > 0 or c.rejected_count > 0)`];
}

/** Conditions on a row `e` that its claim does not answer for all: decisions on single pieces, part of a time. */
function rowConditions({ filter, after, direction }: Walk): readonly RawBuilder<unknown>[] {
  const { statuses } = filter;
  const conditions = [...evidenceConditions(filter)];
  if (after !== undefined) {
    const [time, id] = after;
    conditions.push(
      direction === 'newest'
        ? sql`(e.time < ${time} or (e.time = ${time} and e.id < ${id}))`
        : sql`(e.time > ${time} or (e.time = ${time} and e.id > ${id}))`,
    );
    // The index is searched by one column; the other half of the condition is checked row by row.
    conditions.push(direction === 'newest' ? sql`e.time <= ${time}` : sql`e.time >= ${time}`);
  }
  if (statuses === undefined) return conditions;
  const wanted = statuses.length === 0 ? sql`''` : sql.join([...statuses]);
  const onMappings = allOf(mappingConditions(filter));
  conditions.push(sql`exists (select 1 from mapping m join claim c on c.id = m.claim_id
    where m.claim_id = e.claim_id and ${onMappings} and
      case when m.status = 'rejected' then 'rejected' else coalesce(e.decision, m.status) end in (${wanted}))`);
  return conditions;
}

function orderBy(direction: TimeOrder): RawBuilder<unknown> {
  return direction === 'newest' ? sql.raw('e.time desc, e.id desc') : sql.raw('e.time, e.id');
}

/** `+` holds SQLite to the index on time. */
async function keysByTime(
  db: Kysely<Tables>,
  walk: Walk,
  onMappings: readonly RawBuilder<unknown>[],
): Promise<readonly EvidenceKey[]> {
  const conditions = [...rowConditions(walk)];
  if (onMappings.length > 0)
    conditions.push(sql`+e.claim_id in (
      select m.claim_id from mapping m join claim c on c.id = m.claim_id where ${allOf(onMappings)})`);
  const { rows } = await sql<EvidenceKey>`
    select e.id, e.time from evidence e where ${allOf(conditions)}
    order by ${orderBy(walk.direction)} limit ${sql.lit(walk.limit)}`.execute(db);
  return rows;
}

/** Claims that may hold the page, at most one more than are asked one by one. */
async function candidateClaims(
  db: Kysely<Tables>,
  conditions: readonly RawBuilder<unknown>[],
): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct c.id from claim c join mapping m on m.claim_id = c.id
    where ${allOf(conditions)} limit ${sql.lit(MAX_CLAIMS + 1)}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Claims of one statement, which has a part for each. */
const CLAIMS_AT_ONCE = 200;

/**
 * Asks each claim when it was seen last before the cursor, and reads of the claims that were seen last, as many as the page
 * has rows, as many rows each: a claim beyond those cannot be on it.
 */
async function keysByClaim(
  db: Kysely<Tables>,
  walk: Walk,
  claims: readonly number[],
): Promise<readonly EvidenceKey[]> {
  if (claims.length === 0) return [];
  const { limit, direction } = walk;
  const conditions = allOf(rowConditions(walk));
  const best = sql.raw(direction === 'newest' ? 'max' : 'min');
  const { rows: seen } = await sql<{ claim_id: number; time: number | null }>`
    select k.id as claim_id, (select ${best}(e.time) from evidence e where e.claim_id = k.id and ${conditions}) as time
    from claim k where k.id in (${sql.join([...claims])})`.execute(db);
  const nearest = nearestClaims(seen, walk);
  const keys: EvidenceKey[] = [];
  for (let at = 0; at < nearest.length; at += CLAIMS_AT_ONCE) {
    const parts = nearest.slice(at, at + CLAIMS_AT_ONCE).map(
      (claimId) => sql`select * from (
        select e.id, e.time from evidence e where e.claim_id = ${claimId} and ${conditions}
        order by ${orderBy(direction)} limit ${sql.lit(limit)}) one`,
    );
    const { rows } = await sql<EvidenceKey>`${sql.join(parts, sql` union all `)}`.execute(db);
    keys.push(...rows);
  }
  const sign = signOf(walk);
  return keys.sort((a, b) => sign * (a.time - b.time || a.id - b.id)).slice(0, limit);
}

/** All that were seen as late as the last that the page may need: of equal times any may be on it. */
function nearestClaims(
  seen: readonly { readonly claim_id: number; readonly time: number | null }[],
  walk: Walk,
): readonly number[] {
  const sign = signOf(walk);
  const sorted = seen
    .flatMap(({ claim_id, time }) => (time === null ? [] : [{ claim_id, time }]))
    .sort((a, b) => sign * (a.time - b.time));
  const last = sorted[walk.limit - 1];
  return sorted
    .filter(({ time }) => last === undefined || sign * (time - last.time) <= 0)
    .map(({ claim_id }) => claim_id);
}

function signOf({ direction }: Walk): number {
  return direction === 'newest' ? -1 : 1;
}

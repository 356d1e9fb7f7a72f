import { CompiledQuery, sql } from 'kysely';
import { CopyRows } from '../sql/copy-rows.js';
import { NO_TIME } from '../sql/tables.js';
import { DAY_OF_TIME } from './change-mappings.js';
import type { AppendContext, ClaimDelta, Delta, NewEvidence } from './new-evidence.js';

/**
 * Copies rows into a table of this connection alone, and from there into the evidence.
 *
 * @returns what was new.
 */
export async function insertIntoPostgres(
  { trx, importId }: AppendContext,
  rows: readonly NewEvidence[],
): Promise<readonly Delta[]> {
  await sql`create temporary table if not exists staged (
    claim_id bigint, time bigint, key bigint, source_id bigint, record text, body text)
    on commit delete rows`.execute(trx);
  const copy = 'copy staged (claim_id, time, key, source_id, record, body) from stdin';
  await trx.executeQuery(CompiledQuery.raw(copy, [new CopyRows(columns(rows))]));
  const noTime = sql.lit(NO_TIME);
  const { rows: deltas } = await sql<{
    claim_id: number;
    day: number | null;
    added: number;
    first: number | null;
    last: number | null;
  }>`
    with e as (
      insert into evidence (claim_id, time, key, import_id, source_id, record, body)
      select claim_id, time, key, ${importId}, source_id, record, body from staged
      on conflict do nothing returning claim_id, time)
    select claim_id, case when e.time = ${noTime} then null else ${DAY_OF_TIME} end as day, count(*) as added,
      min(nullif(e.time, ${noTime})) as first, max(nullif(e.time, ${noTime})) as last
    from e group by 1, 2`.execute(trx);
  return deltas.map(({ claim_id, day, added, first, last }) => ({
    claimId: claim_id,
    day: day ?? undefined,
    added,
    first: first ?? undefined,
    last: last ?? undefined,
  }));
}

function* columns(rows: readonly NewEvidence[]): Generator<readonly (string | number)[]> {
  for (const { claimId, time, key, sourceId, record, body } of rows)
    yield [claimId, time, key, sourceId, record, body];
}

/** Adds what was new to the claims. */
export async function updateClaimsInPostgres(
  { trx }: AppendContext,
  deltas: readonly ClaimDelta[],
): Promise<void> {
  if (deltas.length === 0) return;
  const list = <T>(value: (delta: ClaimDelta) => T): T[] => deltas.map(value);
  await sql`
    update claim set evidence_count = evidence_count + d.added,
      first_seen = least(claim.first_seen, d.first), last_seen = greatest(claim.last_seen, d.last)
    from unnest(${list(({ claimId }) => claimId)}::bigint[], ${list(({ added }) => added)}::bigint[],
      ${list(({ first }) => first ?? null)}::bigint[], ${list(({ last }) => last ?? null)}::bigint[])
      as d (id, added, first, last)
    where claim.id = d.id`.execute(trx);
}

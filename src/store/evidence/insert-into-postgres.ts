import { CompiledQuery, sql } from 'kysely';
import { CopyRows } from '../sql/copy-rows.js';
import { NO_TIME } from '../sql/tables.js';
import type { AppendContext, NewEvidence } from './append-evidence.js';
import { DAY_OF_TIME } from './change-mappings.js';

/**
 * Copies rows into a table of this connection alone, from there into the evidence, and fills table `delta` with what was
 * new.
 *
 * @returns how many were new.
 */
export async function insertIntoPostgres(
  { trx, importId }: AppendContext,
  rows: readonly NewEvidence[],
): Promise<number> {
  await sql`create temporary table if not exists staged (
    claim_id bigint, time bigint, key bigint, source_id bigint, record text, body text)`.execute(
    trx,
  );
  await sql`delete from staged`.execute(trx);
  const copy = 'copy staged (claim_id, time, key, source_id, record, body) from stdin';
  await trx.executeQuery(CompiledQuery.raw(copy, [new CopyRows(columns(rows))]));
  await sql`
    with e as (
      insert into evidence (claim_id, time, key, import_id, source_id, record, body)
      select claim_id, time, key, ${importId}, source_id, record, body from staged
      on conflict do nothing returning claim_id, time)
    insert into delta (claim_id, day, added, first_seen, last_seen)
    select claim_id, case when e.time = ${sql.lit(NO_TIME)} then null else ${DAY_OF_TIME} end, count(*),
      min(nullif(e.time, ${sql.lit(NO_TIME)})), max(nullif(e.time, ${sql.lit(NO_TIME)}))
    from e group by 1, 2`.execute(trx);
  const { rows: sums } = await sql<{ added: number }>`
    select coalesce(sum(added), 0) as added from delta`.execute(trx);
  return sums[0]?.added ?? 0;
}

function* columns(rows: readonly NewEvidence[]): Generator<readonly (string | number)[]> {
  for (const { claimId, time, key, sourceId, record, body } of rows)
    yield [claimId, time, key, sourceId, record, body];
}

import { sql, type Transaction } from 'kysely';
import type { Engine } from '../sql/connection.js';
import { NO_TIME, type Tables } from '../sql/tables.js';
import { CELL_SELECT } from './cell-select.js';

/** A transaction and what it runs on. */
export interface WriteContext {
  readonly trx: Transaction<Tables>;
  readonly engine: Engine;
}

// `cross join` holds SQLite to the order in which joins are written: the few touched claims first, never all evidence.

/**
 * Changes mappings or evidence of claims and keeps everything that follows from them: status, confidence and both rollups.
 *
 * @param claimIds every claim that `apply` touches.
 */
export async function changeMappings(
  context: WriteContext,
  claimIds: readonly number[],
  apply: () => Promise<void>,
): Promise<void> {
  const { trx } = context;
  await fillTouched(context, claimIds);
  await rememberCells(trx);
  await addToDays(trx, -1);
  await apply();
  await settleStatuses(trx);
  await settleConfidences(trx);
  await rememberCells(trx);
  await addToDays(trx, 1);
  await refreshCells(trx);
  await renewGeneration(trx);
}

/** Tells every process that what it remembers of claims may have changed. */
async function renewGeneration(trx: Transaction<Tables>): Promise<void> {
  await trx
    .updateTable('meta')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', 'generation')
    .execute();
}

/** Grows with each change of mappings that were there already, and when ids vanish. */
export async function readGeneration(trx: Transaction<Tables>): Promise<number> {
  const row = await trx
    .selectFrom('meta')
    .select('value')
    .where('name', '=', 'generation')
    .executeTakeFirst();
  return row?.value ?? 0;
}

/** Marks the claims that a change is about, in a table of this connection alone. */
async function fillTouched(
  { trx, engine }: WriteContext,
  claimIds: readonly number[],
): Promise<void> {
  await sql`create temporary table if not exists touched (claim_id bigint primary key)`.execute(
    trx,
  );
  await sql`delete from touched`.execute(trx);
  const unique = [...new Set(claimIds)];
  for (let at = 0; at < unique.length; at += 5_000) {
    const rows = unique.slice(at, at + 5_000).map((id) => sql`(${id})`);
    await sql`insert into touched (claim_id) values ${sql.join(rows)}`.execute(trx);
  }
  // Without it PostgreSQL takes the table for a large one and reads all evidence.
  if (engine === 'postgres') await sql`analyze touched`.execute(trx);
}

/** Cells that touched mappings are in are counted anew at the end. */
async function rememberCells(trx: Transaction<Tables>): Promise<void> {
  await sql`
    insert into cell (technique_id, domain, attack_version, kind, stale)
    select distinct m.technique_id, c.domain, m.attack_version, c.kind, 1
    from touched t cross join claim c cross join mapping m where c.id = t.claim_id and m.claim_id = c.id
    on conflict (technique_id, domain, attack_version, kind) do update set stale = 1`.execute(trx);
}

/** SQL for the days since 1970 of a time, rounded down also before 1970. */
export const DAY_OF_TIME = sql.raw(
  '(e.time - ((e.time % 86400000) + 86400000) % 86400000) / 86400000',
);

/** Adds all evidence of touched claims to the days, or takes it away. */
async function addToDays(trx: Transaction<Tables>, sign: 1 | -1): Promise<void> {
  const one = sql.lit(sign);
  await sql`
    insert into cell_day (technique_id, domain, attack_version, kind, day, proposed, accepted, rejected)
    select m.technique_id, c.domain, m.attack_version, c.kind, ${DAY_OF_TIME},
      sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'proposed' then ${one} else 0 end),
      sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'accepted' then ${one} else 0 end),
      sum(case when m.status = 'rejected' or e.decision = 'rejected' then ${one} else 0 end)
    from touched t cross join claim c cross join mapping m cross join evidence e
    where c.id = t.claim_id and m.claim_id = c.id and e.claim_id = c.id and e.time <> ${sql.lit(NO_TIME)}
    group by 1, 2, 3, 4, 5
    on conflict (technique_id, domain, attack_version, kind, day) do update set
      proposed = cell_day.proposed + excluded.proposed,
      accepted = cell_day.accepted + excluded.accepted,
      rejected = cell_day.rejected + excluded.rejected`.execute(trx);
}

/** A person's word first; else rejected when all evidence is; else as it was imported. */
async function settleStatuses(trx: Transaction<Tables>): Promise<void> {
  await sql`
    update mapping set status = case
      when decided is not null then decided
      when exists (select 1 from claim c where c.id = mapping.claim_id
        and c.evidence_count > 0 and c.rejected_count = c.evidence_count) then 'rejected'
      else initial_status end
    where claim_id in (select claim_id from touched)`.execute(trx);
}

/**
 * Joint confidence stands for all claims about a subject together: when one of them is rejected it says too much, and the
 * lower of it and the mapping's own holds.
 */
async function settleConfidences(trx: Transaction<Tables>): Promise<void> {
  await sql`
    update mapping set confidence = case
      when joint_confidence is null then own_confidence
      when own_confidence < joint_confidence and exists (
        select 1 from claim c join claim pc on pc.subject_id = c.subject_id and pc.kind = c.kind and pc.domain = c.domain
          join mapping p on p.claim_id = pc.id
        where c.id = mapping.claim_id and p.technique_id = mapping.technique_id and p.status = 'rejected')
        then own_confidence
      else joint_confidence end
    where id in (
      select p.id from touched t cross join claim c cross join mapping m cross join claim pc cross join mapping p
      where c.id = t.claim_id and m.claim_id = c.id and pc.subject_id = c.subject_id and pc.kind = c.kind
        and pc.domain = c.domain and p.claim_id = pc.id and p.technique_id = m.technique_id)`.execute(
    trx,
  );
}

/** Counts stale cells anew; those that nothing is left of are removed. */
export async function refreshCells(trx: Transaction<Tables>): Promise<void> {
  const stale = await trx
    .selectFrom('cell')
    .select('technique_id')
    .distinct()
    .where('stale', '=', 1)
    .execute();
  if (stale.length === 0) return;
  const ids = sql.join(stale.map(({ technique_id }) => sql`${technique_id}`));
  await sql`delete from cell where technique_id in (${ids})`.execute(trx);
  await sql`
    insert into cell (technique_id, domain, attack_version, kind, stale, evidence_proposed, evidence_accepted,
      evidence_rejected, mappings_proposed, mappings_accepted, mappings_rejected, confidence, first_seen, last_seen,
      reference_count, subject_count)
    ${CELL_SELECT} where m.technique_id in (${ids}) group by 1, 2, 3, 4`.execute(trx);
  await sql`delete from cell_day where technique_id in (${ids}) and proposed = 0 and accepted = 0 and rejected = 0`.execute(
    trx,
  );
}

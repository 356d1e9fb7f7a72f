import { sql, type Transaction } from 'kysely';
import { NO_TIME, type Tables } from '../sql/tables.js';
import { CELL_SELECT } from './cell-select.js';
import { DAY_OF_TIME } from './change-mappings.js';

/** Counts of claims, cells and days from the evidence itself, whatever they were. */
export async function rebuildRollups(trx: Transaction<Tables>): Promise<void> {
  const noTime = sql.lit(NO_TIME);
  await sql`
    update claim set evidence_count = e.total, accepted_count = e.accepted, rejected_count = e.rejected,
      first_seen = e.first_seen, last_seen = e.last_seen
    from (select c.id, count(v.id) as total, sum(case v.decision when 'accepted' then 1 else 0 end) as accepted,
        sum(case v.decision when 'rejected' then 1 else 0 end) as rejected,
        min(nullif(v.time, ${noTime})) as first_seen, max(nullif(v.time, ${noTime})) as last_seen
      from claim c left join evidence v on v.claim_id = c.id group by c.id) e
    where claim.id = e.id`.execute(trx);
  await sql`delete from cell`.execute(trx);
  await sql`
    insert into cell (technique_id, domain, attack_version, kind, stale, evidence_proposed, evidence_accepted,
      evidence_rejected, mappings_proposed, mappings_accepted, mappings_rejected, confidence, first_seen, last_seen,
      reference_count, subject_count)
    ${CELL_SELECT} group by 1, 2, 3, 4`.execute(trx);
  await sql`delete from cell_day`.execute(trx);
  await sql`
    insert into cell_day (technique_id, domain, attack_version, kind, day, proposed, accepted, rejected)
    select m.technique_id, c.domain, m.attack_version, c.kind, ${DAY_OF_TIME},
      sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'proposed' then 1 else 0 end),
      sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'accepted' then 1 else 0 end),
      sum(case when m.status = 'rejected' or e.decision = 'rejected' then 1 else 0 end)
    from evidence e join claim c on c.id = e.claim_id join mapping m on m.claim_id = c.id
    where e.time <> ${noTime} group by 1, 2, 3, 4, 5`.execute(trx);
}

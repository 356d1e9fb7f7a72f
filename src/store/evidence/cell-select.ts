import { sql } from 'kysely';

/**
 * SQL that counts the cells of the matrix from mappings `m` and claims `c`, in the order of the columns of table `cell`:
 * to be followed by `where …` and `group by 1, 2, 3, 4`.
 */
export const CELL_SELECT = sql.raw(`
  select m.technique_id, c.domain, m.attack_version, c.kind, 0 as stale,
    sum(case m.status when 'proposed' then c.evidence_count - c.accepted_count - c.rejected_count else 0 end)
      as evidence_proposed,
    sum(case m.status when 'proposed' then c.accepted_count when 'accepted' then c.evidence_count - c.rejected_count
      else 0 end) as evidence_accepted,
    sum(case m.status when 'rejected' then c.evidence_count else c.rejected_count end) as evidence_rejected,
    sum(case m.status when 'proposed' then 1 else 0 end) as mappings_proposed,
    sum(case m.status when 'accepted' then 1 else 0 end) as mappings_accepted,
    sum(case m.status when 'rejected' then 1 else 0 end) as mappings_rejected,
    coalesce(max(case when m.status <> 'rejected' then m.confidence end), 0) as confidence,
    min(case when m.status <> 'rejected' then c.first_seen end) as first_seen,
    max(case when m.status <> 'rejected' then c.last_seen end) as last_seen,
    count(distinct case when m.status <> 'rejected' then c.reference_id end) as reference_count,
    count(distinct case when m.status <> 'rejected' then c.subject_id end) as subject_count
  from mapping m join claim c on c.id = m.claim_id`);

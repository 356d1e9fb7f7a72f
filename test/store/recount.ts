import pg from 'pg';
import { isPostgresUrl } from '../../src/store/index.js';
import { openSqliteFile } from '../../src/store/sql/sqlite-driver.js';

type Rows = readonly Readonly<Record<string, unknown>>[];

const STATUSES = `
  sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'proposed' then 1 else 0 end) as proposed,
  sum(case when m.status <> 'rejected' and coalesce(e.decision, m.status) = 'accepted' then 1 else 0 end) as accepted,
  sum(case when m.status = 'rejected' or e.decision = 'rejected' then 1 else 0 end) as rejected`;

/** All that the store keeps count of, beside the same counted from the evidence, in SQL of its own. */
export async function recount(place: string) {
  const { query, integrity, close } = isPostgresUrl(place) ? await postgres(place) : sqlite(place);
  const result = {
    integrity,
    batches: await query(
      'select record, count(*) as rows from evidence group by record order by record',
    ),
    claims: await query(
      'select id, evidence_count, rejected_count, first_seen, last_seen from claim order by id',
    ),
    recountedClaims: await query(`
      select c.id, count(e.id) as evidence_count, sum(case e.decision when 'rejected' then 1 else 0 end) as rejected_count,
        min(e.time) as first_seen, max(e.time) as last_seen
      from claim c left join evidence e on e.claim_id = c.id group by c.id order by c.id`),
    days: await query(`
      select technique_id, attack_version, kind, day, proposed, accepted, rejected from cell_day
      where proposed + accepted + rejected > 0 order by 1, 2, 3, 4`),
    recountedDays: await query(`
      select m.technique_id, m.attack_version, c.kind, e.time / 86400000 as day, ${STATUSES}
      from evidence e join claim c on c.id = e.claim_id join mapping m on m.claim_id = c.id
      group by 1, 2, 3, 4 order by 1, 2, 3, 4`),
  };
  await close();
  return result;
}

function sqlite(place: string) {
  const database = openSqliteFile(place);
  const all = (text: string): Rows =>
    (database.prepare(text).all() as Rows).map((row) => ({ ...row }));
  return {
    query: async (text: string) => all(text),
    integrity: all('pragma integrity_check')
      .map((row) => row['integrity_check'])
      .join() as string,
    close: async () => database.close(),
  };
}

async function postgres(place: string) {
  const client = new pg.Client({ connectionString: place, types: { getTypeParser: asNumber } });
  await client.connect();
  return {
    query: async (text: string): Promise<Rows> => (await client.query(text)).rows,
    integrity: 'ok',
    close: () => client.end(),
  };
}

const asNumber = ((oid: number, format?: 'text') =>
  [20, 1700].includes(oid)
    ? Number
    : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

import { NO_TIME, type Row } from '../sql/tables.js';
import type { AppendContext, ClaimDelta, Delta, NewEvidence } from './new-evidence.js';

const DAY_MS = 86_400_000;

/**
 * Inserts rows with a prepared statement.
 *
 * @returns what was new.
 */
export async function insertIntoSqlite(
  { native, importId }: AppendContext,
  rows: readonly NewEvidence[],
): Promise<readonly Delta[]> {
  if (native.engine !== 'sqlite') return [];
  const insert = native.database.prepare(
    `insert into evidence (claim_id, time, key, import_id, source_id, record, body) values (?, ?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
  );
  const deltas: Mutable<Delta>[] = [];
  for (const { claimId, time, key, sourceId, record, body } of rows) {
    if (Number(insert.run(claimId, time, key, importId, sourceId, record, body).changes) === 0)
      continue;
    const day = time === NO_TIME ? undefined : Math.floor(time / DAY_MS);
    const seen = day === undefined ? undefined : time;
    const last = deltas.at(-1);
    // Rows come claim by claim and by time.
    if (last?.claimId === claimId && last.day === day) {
      last.added += 1;
      last.last = seen;
    } else deltas.push({ claimId, day, added: 1, first: seen, last: seen });
  }
  return deltas;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Adds what was new to the claims. */
export async function updateClaimsInSqlite(
  { native }: AppendContext,
  deltas: readonly ClaimDelta[],
): Promise<void> {
  if (native.engine !== 'sqlite') return;
  const update = native.database.prepare(
    `update claim set evidence_count = evidence_count + ?1,
       first_seen = case when first_seen is null or ?2 < first_seen then ?2 else first_seen end,
       last_seen = case when last_seen is null or ?3 > last_seen then ?3 else last_seen end
     where id = ?4`,
  );
  for (const { claimId, added, first, last } of deltas)
    update.run(added, first ?? null, last ?? null, claimId);
}

/** Adds what was new to the days: a prepared statement, since one of a thousand rows takes longer to read than to run. */
export async function addDaysInSqlite(
  { native }: AppendContext,
  days: readonly Row<'cell_day'>[],
): Promise<void> {
  if (native.engine !== 'sqlite') return;
  const add = native.database.prepare(
    `insert into cell_day (technique_id, domain, attack_version, kind, day, proposed, accepted, rejected)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (technique_id, domain, attack_version, kind, day) do update set
       proposed = proposed + excluded.proposed, accepted = accepted + excluded.accepted,
       rejected = rejected + excluded.rejected`,
  );
  for (const row of days)
    add.run(
      row.technique_id,
      row.domain,
      row.attack_version,
      row.kind,
      row.day,
      row.proposed,
      row.accepted,
      row.rejected,
    );
}

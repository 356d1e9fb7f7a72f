import { NO_TIME } from '../sql/tables.js';
import type { AppendContext, NewEvidence } from './append-evidence.js';

const DAY_MS = 86_400_000;

interface Delta {
  readonly claimId: number;
  readonly day: number | null;
  added: number;
  first: number | null;
  last: number | null;
}

/**
 * Inserts rows with a prepared statement and fills table `delta` with what was new.
 *
 * @returns how many were new.
 */
export async function insertIntoSqlite(
  { native, importId }: AppendContext,
  rows: readonly NewEvidence[],
): Promise<number> {
  if (native.engine !== 'sqlite') return 0;
  const insert = native.database.prepare(
    `insert into evidence (claim_id, time, key, import_id, source_id, record, body) values (?, ?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
  );
  const deltas = new Map<number, Map<number, Delta>>();
  let added = 0;
  for (const { claimId, time, key, sourceId, record, body } of rows) {
    if (Number(insert.run(claimId, time, key, importId, sourceId, record, body).changes) === 0)
      continue;
    added += 1;
    count(deltas, claimId, time);
  }
  const addDelta = native.database.prepare('insert into delta values (?, ?, ?, ?, ?)');
  for (const byDay of deltas.values())
    for (const { claimId, day, added: sum, first, last } of byDay.values())
      addDelta.run(claimId, day, sum, first, last);
  return added;
}

function count(deltas: Map<number, Map<number, Delta>>, claimId: number, time: number): void {
  const hasTime = time !== NO_TIME;
  const day = hasTime ? Math.floor(time / DAY_MS) : null;
  let byDay = deltas.get(claimId);
  if (byDay === undefined) {
    byDay = new Map();
    deltas.set(claimId, byDay);
  }
  const known = byDay.get(day ?? NO_TIME);
  if (known === undefined) {
    const seen = hasTime ? time : null;
    byDay.set(day ?? NO_TIME, { claimId, day, added: 1, first: seen, last: seen });
    return;
  }
  known.added += 1;
  if (!hasTime) return;
  known.first = Math.min(known.first ?? time, time);
  known.last = Math.max(known.last ?? time, time);
}

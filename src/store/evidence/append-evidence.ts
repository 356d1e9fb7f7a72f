import { sql } from 'kysely';
import type { ClaimInput, EvidenceInput } from '../evidence-records.js';
import type { BatchOutcome } from '../import-records.js';
import type { NativeDriver } from '../sql/connection.js';
import { clip, encodeText } from '../sql/encode-text.js';
import { NO_TIME } from '../sql/tables.js';
import { changeMappings, type WriteContext } from './change-mappings.js';
import { writeBody } from './evidence-body.js';
import { eventKey } from './index-key.js';
import { insertIntoPostgres } from './insert-into-postgres.js';
import { insertIntoSqlite } from './insert-into-sqlite.js';
import {
  checkGeneration,
  contentOf,
  type FreshIds,
  type IdCache,
  resolveClaims,
  resolveSources,
} from './resolve-claims.js';

const MAX_RECORD_LENGTH = 400;

/** A row to insert. */
export interface NewEvidence {
  readonly claimId: number;
  readonly sourceId: number;
  readonly time: number;
  readonly key: number;
  readonly record: string;
  readonly body: string;
}

export interface AppendContext extends WriteContext {
  readonly native: NativeDriver;
  /** Read here, and written by the caller once the transaction has committed. */
  readonly cache: IdCache;
  readonly importId: number;
  readonly nowMs: number;
}

/** Inserts a batch with all that it counts towards, within a transaction. */
export async function appendEvidence(
  context: AppendContext,
  batch: readonly EvidenceInput[],
): Promise<BatchOutcome & { readonly fresh: FreshIds }> {
  await checkGeneration(context.trx, context.cache);
  const { claimIds, sourceIds, fresh } = await resolveAll(context, batch);
  const rows = batch.map((input): NewEvidence => {
    const body = writeBody(input);
    const record = encodeText(clip(input.record, MAX_RECORD_LENGTH));
    return {
      claimId: claimIds.get(input.claim) ?? 0,
      sourceId: sourceIds.get(input.source) ?? 0,
      time: input.timeMs === undefined ? NO_TIME : Math.trunc(input.timeMs),
      key: eventKey(input.identity ?? `${record}\n${body}`),
      record,
      body,
    };
  });
  await prepareDelta(context);
  const insert = context.native.engine === 'sqlite' ? insertIntoSqlite : insertIntoPostgres;
  const added = await insert(context, rows);
  await applyDelta(context);
  return { added, duplicates: batch.length - added, fresh };
}

interface Resolved {
  readonly claimIds: ReadonlyMap<ClaimInput, number>;
  readonly sourceIds: ReadonlyMap<string, number>;
  readonly fresh: FreshIds;
}

async function resolveAll(
  context: AppendContext,
  batch: readonly EvidenceInput[],
): Promise<Resolved> {
  const { cache, trx, nowMs } = context;
  const contents = new Map<ClaimInput, string>();
  const unknown = new Map<string, ClaimInput>();
  const sources = new Set<string>();
  for (const { claim, source } of batch) {
    sources.add(source);
    if (contents.has(claim)) continue;
    const content = contentOf(claim);
    contents.set(claim, content);
    if (!cache.claims.has(content)) unknown.set(content, claim);
  }
  const claims = await resolveClaims(context, unknown, nowMs);
  const unknownSources = [...sources].filter((name) => !cache.sources.has(name));
  const sourceRows = await resolveSources(trx, unknownSources);
  return {
    claimIds: new Map(
      [...contents].map(([claim, content]) => [
        claim,
        cache.claims.get(content) ?? claims.get(content) ?? 0,
      ]),
    ),
    sourceIds: new Map(
      [...sources].map((name) => [name, cache.sources.get(name) ?? sourceRows.get(name) ?? 0]),
    ),
    fresh: { claims, sources: sourceRows },
  };
}

/** What was inserted, by claim and day; of this connection alone. */
async function prepareDelta({ trx }: AppendContext): Promise<void> {
  await sql`create temporary table if not exists delta (
    claim_id bigint not null, day bigint, added bigint not null, first_seen bigint, last_seen bigint)`.execute(
    trx,
  );
  await sql`delete from delta`.execute(trx);
}

async function applyDelta(context: AppendContext): Promise<void> {
  const { trx, importId, engine } = context;
  if (engine === 'postgres') await sql`analyze delta`.execute(trx);
  const revived = await sql<{ claim_id: number }>`
    select distinct d.claim_id from delta d cross join claim c
    where c.id = d.claim_id and c.evidence_count > 0 and c.rejected_count = c.evidence_count`.execute(
    trx,
  );
  await sql`
    update claim set evidence_count = evidence_count + d.added,
      first_seen = case when claim.first_seen is null or d.first_seen < claim.first_seen
        then d.first_seen else claim.first_seen end,
      last_seen = case when claim.last_seen is null or d.last_seen > claim.last_seen
        then d.last_seen else claim.last_seen end
    from (select claim_id, sum(added) as added, min(first_seen) as first_seen, max(last_seen) as last_seen
      from delta group by claim_id) d
    where claim.id = d.claim_id`.execute(trx);
  await sql`
    insert into import_claim (import_id, claim_id)
    select distinct cast(${importId} as bigint), claim_id from delta where true on conflict do nothing`.execute(
    trx,
  );
  await sql`
    insert into cell (technique_id, domain, attack_version, kind, stale)
    select distinct m.technique_id, c.domain, m.attack_version, c.kind, 1
    from delta d cross join claim c cross join mapping m where c.id = d.claim_id and m.claim_id = c.id
    on conflict (technique_id, domain, attack_version, kind) do update set stale = 1
      where cell.stale = 0`.execute(trx);
  await sql`
    insert into cell_day (technique_id, domain, attack_version, kind, day, proposed, accepted, rejected)
    select m.technique_id, c.domain, m.attack_version, c.kind, d.day,
      sum(case m.status when 'proposed' then d.added else 0 end),
      sum(case m.status when 'accepted' then d.added else 0 end),
      sum(case m.status when 'rejected' then d.added else 0 end)
    from delta d cross join claim c cross join mapping m
    where c.id = d.claim_id and m.claim_id = c.id and d.day is not null
    group by 1, 2, 3, 4, 5
    on conflict (technique_id, domain, attack_version, kind, day) do update set
      proposed = cell_day.proposed + excluded.proposed,
      accepted = cell_day.accepted + excluded.accepted,
      rejected = cell_day.rejected + excluded.rejected`.execute(trx);
  // All that a claim had was rejected, so it counted as rejected; what came now was not.
  const claimIds = revived.rows.map(({ claim_id }) => claim_id);
  if (claimIds.length > 0) await changeMappings(context, claimIds, async () => undefined);
}

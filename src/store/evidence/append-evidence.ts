import { sql } from 'kysely';
import type { ClaimInput, EvidenceInput } from '../evidence-records.js';
import type { BatchOutcome } from '../import-records.js';
import { clip, encodeText } from '../sql/encode-text.js';
import { NO_TIME, type Row } from '../sql/tables.js';
import { changeMappings, readGeneration } from './change-mappings.js';
import { writeBody } from './evidence-body.js';
import { type FreshIds, type IdCache, type KnownClaim, renewCache } from './id-cache.js';
import { eventKey } from './index-key.js';
import { insertIntoPostgres, updateClaimsInPostgres } from './insert-into-postgres.js';
import { addDaysInSqlite, insertIntoSqlite, updateClaimsInSqlite } from './insert-into-sqlite.js';
import type { AppendContext, ClaimDelta, Delta, NewEvidence } from './new-evidence.js';
import { contentOf, resolveClaims, resolveSources } from './resolve-claims.js';

const MAX_RECORD_LENGTH = 400;
const ROWS = 1_000;

/** Inserts a batch with all that it counts towards, within a transaction. */
export async function appendEvidence(
  context: AppendContext,
  batch: readonly EvidenceInput[],
): Promise<BatchOutcome & { readonly fresh: FreshIds }> {
  const { trx, cache, importId } = context;
  renewCache(cache, await readGeneration(trx));
  const resolved = await resolveAll(context, batch);
  const deltas = await insertRows(context, toRows(batch, resolved));
  const claims = sumByClaim(deltas);
  const known = cache.importId === importId ? cache.importClaims : undefined;
  const importClaims = [...claims.keys()].filter((id) => known?.has(id) !== true);
  const revived = await allRejected(context, claims);
  await (context.engine === 'sqlite' ? updateClaimsInSqlite : updateClaimsInPostgres)(context, [
    ...claims.values(),
  ]);
  await saveImportClaims(context, importClaims);
  await countCells(context, deltas, resolved);
  // All that a claim had was rejected, so it counted as rejected; what came now was not.
  if (revived.length > 0) await changeMappings(context, revived, async () => undefined);
  const added = deltas.reduce((sum, delta) => sum + delta.added, 0);
  const fresh = {
    ...resolved.fresh,
    importId,
    importClaims,
    generation: await readGeneration(trx),
  };
  return { added, duplicates: batch.length - added, fresh };
}

function insertRows(
  context: AppendContext,
  rows: readonly NewEvidence[],
): Promise<readonly Delta[]> {
  return context.engine === 'sqlite'
    ? insertIntoSqlite(context, rows)
    : insertIntoPostgres(context, rows);
}

interface Resolved {
  readonly claims: ReadonlyMap<ClaimInput, KnownClaim>;
  readonly sources: ReadonlyMap<string, number>;
  readonly fresh: Pick<FreshIds, 'claims' | 'claimsByContent' | 'sources'>;
}

async function resolveAll(
  context: AppendContext,
  batch: readonly EvidenceInput[],
): Promise<Resolved> {
  const { trx, cache } = context;
  const { claims, contents, sources } = lookUp(cache, batch);
  const { fresh, claimsByContent } = await resolveContents(context, contents);
  for (const [claim, known] of fresh) claims.set(claim, known);
  const missing = [...sources].flatMap(([name, id]) => (id === undefined ? [name] : []));
  const newSources = await resolveSources(trx, missing);
  return {
    claims,
    sources: new Map([...sources].map(([name, id]) => [name, id ?? newSources.get(name) ?? 0])),
    fresh: { claims: fresh, claimsByContent, sources: newSources },
  };
}

/** What the cache knows of a batch, and the contents of the claims that it does not know as objects. */
function lookUp(cache: IdCache, batch: readonly EvidenceInput[]) {
  const claims = new Map<ClaimInput, KnownClaim>();
  const contents = new Map<ClaimInput, string>();
  const sources = new Map<string, number | undefined>();
  for (const { claim, source } of batch) {
    if (!sources.has(source)) sources.set(source, cache.sources.get(source));
    if (claims.has(claim) || contents.has(claim)) continue;
    const known = cache.claims.get(claim);
    if (known === undefined) contents.set(claim, contentOf(claim));
    else claims.set(claim, known);
  }
  return { claims, contents, sources };
}

async function resolveContents(
  context: AppendContext,
  contents: ReadonlyMap<ClaimInput, string>,
): Promise<Pick<FreshIds, 'claimsByContent'> & { readonly fresh: FreshIds['claims'] }> {
  const { cache, nowMs } = context;
  const unknown = new Map<string, ClaimInput>();
  for (const [claim, content] of contents)
    if (!cache.claimsByContent.has(content)) unknown.set(content, claim);
  const claimsByContent = await resolveClaims(context, unknown, nowMs);
  const fresh = new Map<ClaimInput, KnownClaim>();
  for (const [claim, content] of contents) {
    const known = cache.claimsByContent.get(content) ?? claimsByContent.get(content);
    if (known !== undefined) fresh.set(claim, known);
  }
  return { fresh, claimsByContent };
}

function toRows(
  batch: readonly EvidenceInput[],
  { claims, sources }: Resolved,
): readonly NewEvidence[] {
  const rows = batch.map((input): NewEvidence => {
    const body = writeBody(input);
    const record = encodeText(clip(input.record, MAX_RECORD_LENGTH));
    return {
      claimId: claims.get(input.claim)?.id ?? 0,
      sourceId: sources.get(input.source) ?? 0,
      time: input.timeMs === undefined ? NO_TIME : Math.trunc(input.timeMs),
      key: eventKey(input.identity ?? `${record}\n${body}`),
      record,
      body,
    };
  });
  // Claim by claim, so that neighbours in the index are written together.
  return rows.sort((a, b) => a.claimId - b.claimId || a.time - b.time);
}

function sumByClaim(deltas: readonly Delta[]): ReadonlyMap<number, ClaimDelta> {
  const sums = new Map<number, ClaimDelta>();
  for (const { claimId, added, first, last } of deltas) {
    const known = sums.get(claimId);
    sums.set(claimId, {
      claimId,
      added: added + (known?.added ?? 0),
      first: lowest(first, known?.first),
      last: highest(last, known?.last),
    });
  }
  return sums;
}

function lowest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

/** Claims of the batch of which all earlier evidence was rejected piece by piece. */
async function allRejected(
  { trx }: AppendContext,
  claims: ReadonlyMap<number, ClaimDelta>,
): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from claim where rejected_count > 0 and rejected_count = evidence_count`.execute(trx);
  return rows.map(({ id }) => id).filter((id) => claims.has(id));
}

async function saveImportClaims(
  { trx, importId }: AppendContext,
  claimIds: readonly number[],
): Promise<void> {
  for (let at = 0; at < claimIds.length; at += ROWS)
    await trx
      .insertInto('import_claim')
      .values(claimIds.slice(at, at + ROWS).map((id) => ({ import_id: importId, claim_id: id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Adds what was new to the days, and marks the cells that have to be counted anew. */
async function countCells(
  context: AppendContext,
  deltas: readonly Delta[],
  { claims }: Resolved,
): Promise<void> {
  const byId = new Map([...claims.values()].map((claim) => [claim.id, claim]));
  const cells = new Map<string, CellKey>();
  const days = new Map<string, Row<'cell_day'>>();
  for (const { claimId, day, added } of deltas) {
    const claim = byId.get(claimId);
    for (const { technique_id, attack_version, status } of claim?.mappings ?? []) {
      const { domain, kind } = claim ?? { domain: 'enterprise-attack', kind: 'observed' };
      const key = `${technique_id} ${domain} ${attack_version} ${kind}`;
      if (!cells.has(key)) cells.set(key, { technique_id, domain, attack_version, kind });
      if (day === undefined) continue;
      const dayKey = `${key} ${day}`;
      let sums = days.get(dayKey);
      if (sums === undefined) {
        const none = { proposed: 0, accepted: 0, rejected: 0 };
        sums = { technique_id, domain, attack_version, kind, day, ...none };
        days.set(dayKey, sums);
      }
      sums[status] += added;
    }
  }
  await markStale(context, [...cells.values()]);
  await addDays(context, [...days.values()]);
}

type CellKey = Pick<Row<'cell'>, 'technique_id' | 'domain' | 'attack_version' | 'kind'>;

async function markStale(
  { trx }: Pick<AppendContext, 'trx'>,
  cells: readonly CellKey[],
): Promise<void> {
  for (let at = 0; at < cells.length; at += ROWS)
    await trx
      .insertInto('cell')
      .values(cells.slice(at, at + ROWS).map((cell) => ({ ...cell, ...EMPTY_CELL })))
      .onConflict((conflict) =>
        conflict
          .columns(['technique_id', 'domain', 'attack_version', 'kind'])
          .doUpdateSet({ stale: 1 })
          .where('cell.stale', '=', 0),
      )
      .execute();
}

const EMPTY_CELL = {
  stale: 1,
  evidence_proposed: 0,
  evidence_accepted: 0,
  evidence_rejected: 0,
  mappings_proposed: 0,
  mappings_accepted: 0,
  mappings_rejected: 0,
  confidence: 0,
  first_seen: null,
  last_seen: null,
  reference_count: 0,
  subject_count: 0,
};

async function addDays(context: AppendContext, days: readonly Row<'cell_day'>[]): Promise<void> {
  const { trx, engine } = context;
  if (engine === 'sqlite') return addDaysInSqlite(context, days);
  for (let at = 0; at < days.length; at += ROWS)
    await trx
      .insertInto('cell_day')
      .values(days.slice(at, at + ROWS))
      .onConflict((conflict) =>
        conflict
          .columns(['technique_id', 'domain', 'attack_version', 'kind', 'day'])
          .doUpdateSet((eb) => ({
            proposed: eb('cell_day.proposed', '+', eb.ref('excluded.proposed')),
            accepted: eb('cell_day.accepted', '+', eb.ref('excluded.accepted')),
            rejected: eb('cell_day.rejected', '+', eb.ref('excluded.rejected')),
          })),
      )
      .execute();
}

import { sql } from 'kysely';
import { AppError } from '../../model/index.js';
import { changeMappings, type WriteContext } from './change-mappings.js';

/**
 * Removes an import with the evidence, layers and rules that it brought. Evidence that a later import had too stays counted
 * with the first, and goes with it; the later import forgets its files so that they can be imported again.
 *
 * @throws AppError `NOT_FOUND`.
 */
export async function removeImport(context: WriteContext, importId: number): Promise<void> {
  const { trx } = context;
  const claims = await trx
    .selectFrom('import_claim')
    .select('claim_id')
    .where('import_id', '=', importId)
    .execute();
  await changeMappings(
    context,
    claims.map(({ claim_id }) => claim_id),
    async () => {
      await sql`
        delete from evidence where import_id = ${importId}
          and claim_id in (select claim_id from touched)`.execute(trx);
      await sql`
        update claim set evidence_count = coalesce(e.total, 0), accepted_count = coalesce(e.accepted, 0),
          rejected_count = coalesce(e.rejected, 0), first_seen = e.first_seen, last_seen = e.last_seen
        from (select t.claim_id, count(v.id) as total,
            sum(case v.decision when 'accepted' then 1 else 0 end) as accepted,
            sum(case v.decision when 'rejected' then 1 else 0 end) as rejected,
            min(nullif(v.time, ${sql.lit(Number.MIN_SAFE_INTEGER)})) as first_seen,
            max(nullif(v.time, ${sql.lit(Number.MIN_SAFE_INTEGER)})) as last_seen
          from touched t left join evidence v on v.claim_id = t.claim_id group by t.claim_id) e
        where claim.id = e.claim_id`.execute(trx);
      await sql`
        delete from mapping where claim_id in (select t.claim_id from touched t join claim c on c.id = t.claim_id
          where c.evidence_count = 0)`.execute(trx);
      await sql`
        delete from claim where evidence_count = 0 and id in (select claim_id from touched)`.execute(
        trx,
      );
    },
  );
  await sql`delete from subject where not exists (select 1 from claim c where c.subject_id = subject.id)`.execute(
    trx,
  );
  await sql`delete from reference where not exists (select 1 from claim c where c.reference_id = reference.id)`.execute(
    trx,
  );
  await trx.deleteFrom('layer').where('import_id', '=', importId).execute();
  await trx.deleteFrom('rule').where('import_id', '=', importId).execute();
  const { numDeletedRows } = await trx
    .deleteFrom('import')
    .where('id', '=', importId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError('NOT_FOUND', `no import ${importId}`);
  await forgetDuplicates(context);
}

/** An import that brought less than it read may have lost its evidence with this one: its files are new again. */
async function forgetDuplicates({ trx }: WriteContext): Promise<void> {
  await sql`update import set fingerprint = 'forgotten ' || id where duplicates > 0`.execute(trx);
}

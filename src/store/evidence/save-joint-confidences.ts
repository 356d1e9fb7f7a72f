import { sql } from 'kysely';
import { AppError } from '../../model/index.js';
import type { JointConfidence } from '../evidence-records.js';
import { encodeText } from '../sql/encode-text.js';
import { changeMappings, type WriteContext } from './change-mappings.js';
import { indexKey } from './index-key.js';

const ROWS = 1_000;
// Source: SQLite, "Implementation Limits For SQLite", maximum number of terms in a compound SELECT: 500.
const TERMS = 500;

/** Raises the joint confidence of mappings; those that are surer already stay. */
export async function saveJointConfidences(
  context: WriteContext,
  joint: readonly JointConfidence[],
): Promise<void> {
  if (joint.some(({ confidence }) => !(confidence >= 0 && confidence <= 1)))
    throw new AppError('USAGE', 'expected confidences from 0 to 1');
  const { trx } = context;
  await sql`create temporary table if not exists joint (
    subject_kind text, name_key text, technique_id text, domain text, kind text, confidence double precision)`.execute(
    trx,
  );
  await sql`delete from joint`.execute(trx);
  for (let at = 0; at < joint.length; at += ROWS) {
    const rows = joint.slice(at, at + ROWS).map(
      ({ subject, techniqueId, domain, evidenceKind, confidence }) =>
        sql`(${subject.kind}, ${indexKey(encodeText(subject.name))}, ${techniqueId}, ${domain}, ${evidenceKind},
          cast(${confidence} as double precision))`,
    );
    await sql`insert into joint values ${sql.join(rows)}`.execute(trx);
  }
  if (context.engine === 'postgres') await sql`analyze joint`.execute(trx);
  const { rows: changes } = await sql<{ id: number; claim_id: number; confidence: number }>`
    select m.id, m.claim_id, max(j.confidence) as confidence
    from joint j cross join subject s cross join claim c cross join mapping m
    where s.kind = j.subject_kind and s.name_key = j.name_key and c.subject_id = s.id and c.kind = j.kind
      and c.domain = j.domain and m.claim_id = c.id and m.technique_id = j.technique_id
      and (m.joint_confidence is null or m.joint_confidence < j.confidence)
    group by m.id, m.claim_id`.execute(trx);
  if (changes.length === 0) return;
  const claimIds = changes.map(({ claim_id }) => claim_id);
  await changeMappings(context, claimIds, async () => {
    for (let at = 0; at < changes.length; at += TERMS) {
      const rows = changes
        .slice(at, at + TERMS)
        .map(
          ({ id, confidence }) =>
            sql`select cast(${id} as bigint) as id, cast(${confidence} as double precision) as confidence`,
        );
      await sql`
        update mapping set joint_confidence = j.confidence
        from (${sql.join(rows, sql` union all `)}) j where mapping.id = j.id`.execute(trx);
    }
  });
}

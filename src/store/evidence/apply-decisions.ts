import type { Transaction } from 'kysely';
import type { MappingStatus } from '../evidence-records.js';
import type { Row, Tables } from '../sql/tables.js';
import { changeMappings, type WriteContext } from './change-mappings.js';

/** A person's decision on one mapping or piece of evidence, and what it was before; null: none. */
export interface Decision {
  readonly id: number;
  readonly claimId: number;
  readonly before: MappingStatus | null;
  readonly after: MappingStatus | null;
}

export interface Decisions {
  readonly mappings: readonly Decision[];
  readonly evidence: readonly Decision[];
}

const ROWS = 5_000;

/** Writes decisions and what follows from them. */
export async function applyDecisions(context: WriteContext, decisions: Decisions): Promise<void> {
  const changes = {
    mappings: decisions.mappings.filter(isChange),
    evidence: decisions.evidence.filter(isChange),
  };
  const all = [...changes.mappings, ...changes.evidence];
  if (all.length === 0) return;
  const claimIds = all.map(({ claimId }) => claimId);
  await changeMappings(context, claimIds, async () => {
    const { trx } = context;
    for (const { after, ids } of byOutcome(changes.mappings))
      await trx.updateTable('mapping').set({ decided: after }).where('id', 'in', ids).execute();
    for (const { after, ids } of byOutcome(changes.evidence))
      await trx
        .updateTable('evidence')
        .set({ decision: after as Row<'evidence'>['decision'] })
        .where('id', 'in', ids)
        .execute();
    await countDecisions(trx, changes.evidence);
  });
}

function isChange({ before, after }: Decision): boolean {
  return before !== after;
}

/** Ids that come to the same, in parts that a statement takes. */
function* byOutcome(
  decisions: readonly Decision[],
): Generator<{ readonly after: MappingStatus | null; readonly ids: number[] }> {
  for (const after of new Set(decisions.map((decision) => decision.after))) {
    const ids = decisions.filter((decision) => decision.after === after).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += ROWS) yield { after, ids: ids.slice(at, at + ROWS) };
  }
}

async function countDecisions(
  trx: Transaction<Tables>,
  decisions: readonly Decision[],
): Promise<void> {
  const changes = new Map<number, { accepted: number; rejected: number }>();
  for (const { claimId, before, after } of decisions) {
    const sum = changes.get(claimId) ?? { accepted: 0, rejected: 0 };
    changes.set(claimId, sum);
    sum.accepted += Number(after === 'accepted') - Number(before === 'accepted');
    sum.rejected += Number(after === 'rejected') - Number(before === 'rejected');
  }
  for (const [claimId, { accepted, rejected }] of changes)
    await trx
      .updateTable('claim')
      .set((eb) => ({
        accepted_count: eb('accepted_count', '+', accepted),
        rejected_count: eb('rejected_count', '+', rejected),
      }))
      .where('id', '=', claimId)
      .execute();
}

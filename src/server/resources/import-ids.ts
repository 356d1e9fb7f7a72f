import { AppError } from '../../model/index.js';
import type { EvidenceRecord, ImportRecord } from '../../store/index.js';
import type { JobOutcome } from '../jobs/import-record.js';
import type { ServerContext } from '../server-context.js';
import { parseId, toInstant } from './parse-ids.js';

/**
 * Imports of the store that an id of the API stands for: `i7` is one of them, `j3` a job that became some.
 *
 * @throws AppError `NOT_FOUND`.
 */
export async function importIdsOf(
  { store }: ServerContext,
  id: string,
): Promise<readonly number[]> {
  if (id.startsWith('i')) return [parseId(id, 'i')];
  const { outcome } = await store.jobs.find(parseId(id, 'j'));
  return (outcome as JobOutcome).importIds ?? [];
}

/** Id, name and time of the imports that evidence came with. */
export async function importNames(
  { store }: ServerContext,
  records: readonly EvidenceRecord[],
): Promise<
  ReadonlyMap<number, { readonly id: string; readonly name: string; readonly at: string }>
> {
  const names = new Map<number, { id: string; name: string; at: string }>();
  for (const importId of new Set(records.map((record) => record.importId))) {
    const found = await findOrNothing(store, importId);
    if (found !== undefined)
      names.set(importId, { id: `i${importId}`, name: found.name, at: toInstant(found.startedMs) });
  }
  return names;
}

async function findOrNothing(
  { imports }: ServerContext['store'],
  importId: number,
): Promise<ImportRecord | undefined> {
  try {
    return await imports.find(importId);
  } catch (error) {
    // Removed since.
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

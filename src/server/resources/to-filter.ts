import type { z } from '@hono/zod-openapi';
import type { TechniqueId } from '../../model/index.js';
import type { EvidenceFilter, ReferenceRecord, SubjectRecord } from '../../store/index.js';
import type { mappingQuerySchema } from '../schemas/evidence.js';
import type { ServerContext } from '../server-context.js';
import { importIdsOf } from './import-ids.js';
import { parseId, parseInstant } from './parse-ids.js';

/** A query of mappings or evidence; names of subjects and rules stand for all that are called so. */
export type FilterQuery = Omit<z.output<typeof mappingQuerySchema>, 'cursor' | 'limit'> & {
  readonly mapping?: string | undefined;
};

/** What a query asks the store for. */
export async function toEvidenceFilter(
  context: ServerContext,
  query: FilterQuery,
): Promise<EvidenceFilter> {
  const { kinds, status, domain, minConfidence, mapping, subject, rule } = query;
  return {
    techniqueIds: techniquesOf(context, query),
    evidenceKinds: kinds.length === 0 ? undefined : kinds,
    statuses: status.length === 0 ? undefined : status,
    domains: domain === undefined ? undefined : [domain],
    minConfidence: minConfidence > 0 ? minConfidence : undefined,
    fromMs: parseInstant(query.since),
    toMs: parseInstant(query.until),
    mappingIds: mapping === undefined ? undefined : [parseId(mapping)],
    subjectIds: subject === undefined ? undefined : await subjectIds(context, subject),
    referenceIds: rule === undefined ? undefined : await referenceIds(context, rule),
    importIds: query.import === undefined ? undefined : await importIdsOf(context, query.import),
  };
}

function techniquesOf({ shelf }: ServerContext, query: FilterQuery) {
  const { technique, includeSubtechniques, tactic, domain = 'enterprise-attack' } = query;
  if (technique === undefined && tactic === undefined) return undefined;
  const wanted = technique?.toUpperCase();
  const all = shelf.open(domain).ofKind('technique');
  const chosen = all.filter(
    ({ attackId, parentId, tactics }) =>
      (tactic === undefined || tactics.includes(tactic)) &&
      (wanted === undefined ||
        attackId === wanted ||
        (includeSubtechniques && parentId === wanted)),
  );
  const ids = new Set(chosen.map(({ attackId }) => attackId));
  // An id of an earlier version is kept with the mappings that were made against it.
  if (wanted !== undefined && tactic === undefined) ids.add(wanted as TechniqueId);
  return [...ids];
}

async function subjectIds({ store }: ServerContext, name: string): Promise<readonly number[]> {
  const { items } = await store.mappings.subjects({ text: name, limit: 500 });
  return items.filter((one: SubjectRecord) => one.name === name).map((one) => one.subjectId);
}

async function referenceIds({ store }: ServerContext, name: string): Promise<readonly number[]> {
  const { items } = await store.mappings.references({ text: name, limit: 500 });
  return items
    .filter((one: ReferenceRecord) => one.key === name || one.title === name)
    .map((one) => one.referenceId);
}

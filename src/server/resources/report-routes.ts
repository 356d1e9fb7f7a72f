import { z } from '@hono/zod-openapi';
import { AppError } from '../../model/index.js';
import type { EvidenceRecord, ReferenceRecord } from '../../store/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import { pageQuerySchema } from '../schemas/common.js';
import { reportDetailSchema, reportPageSchema } from '../schemas/reports.js';
import type { ServerContext } from '../server-context.js';
import { storePage } from './paging.js';
import { parseId } from './parse-ids.js';

const MAX_SENTENCES = 2_000;

/** Threat reports that were read, with the sentences that name techniques. */
export function reportRoutes(context: ServerContext): readonly ApiRoute[] {
  const { store } = context;
  return [
    defineRoute(
      {
        name: 'report.list',
        method: 'get',
        path: '/api/reports',
        access: 'viewer',
        caching: 'workspace',
        summary: 'Lists reports by title',
        query: pageQuerySchema,
        answer: reportPageSchema,
      },
      async ({ query }) => {
        const page = await store.mappings.references({ ...storePage(query), kinds: ['report'] });
        const items = [];
        for (const reference of page.items) items.push(await toSummary(context, reference));
        return { items, next: page.next ?? null };
      },
    ),
    defineRoute(
      {
        name: 'report.show',
        method: 'get',
        path: '/api/reports/{id}',
        access: 'viewer',
        caching: 'workspace',
        summary: 'A report: the techniques it names and the sentences that say so',
        params: z.object({ id: z.string().max(40) }),
        answer: reportDetailSchema,
      },
      async ({ params }) => {
        const referenceId = parseId(params.id);
        const evidence = await sentencesOf(context, referenceId);
        const reference = evidence[0]?.reference;
        if (reference?.kind !== 'report')
          throw new AppError('NOT_FOUND', `no report has the id ${referenceId}`);
        return {
          ...(await toSummary(context, reference)),
          mentions: toMentions(context, evidence),
        };
      },
    ),
  ];
}

async function toSummary({ store }: ServerContext, reference: ReferenceRecord) {
  const referenceIds = [reference.referenceId];
  const { techniques, statuses } = await store.mappings.facets({ referenceIds });
  const { items } = await store.mappings.evidence({ filter: { referenceIds }, limit: 1 });
  return {
    id: String(reference.referenceId),
    title: reference.title,
    source: items[0]?.source ?? '',
    importId: items[0] === undefined ? undefined : `i${items[0].importId}`,
    techniques: techniques.length,
    mappings: statuses.reduce((sum, { mappings }) => sum + mappings, 0),
  };
}

async function sentencesOf(
  { store }: ServerContext,
  referenceId: number,
): Promise<readonly EvidenceRecord[]> {
  const evidence: EvidenceRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.mappings.evidence({
      filter: { referenceIds: [referenceId] },
      order: 'oldest',
      limit: 500,
      cursor,
    });
    evidence.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && evidence.length < MAX_SENTENCES);
  return evidence;
}

function toMentions({ shelf }: ServerContext, evidence: readonly EvidenceRecord[]) {
  const mentions = new Map<
    string,
    {
      confidence: number;
      domain: 'enterprise-attack' | 'mobile-attack' | 'ics-attack';
      sentences: Set<string>;
    }
  >();
  for (const { mappings, quote } of evidence)
    for (const { techniqueId, confidence, domain } of mappings) {
      const mention = mentions.get(techniqueId) ?? { confidence: 0, domain, sentences: new Set() };
      mention.confidence = Math.max(mention.confidence, confidence);
      if (quote !== '') mention.sentences.add(quote);
      mentions.set(techniqueId, mention);
    }
  return [...mentions]
    .sort(([, a], [, b]) => b.confidence - a.confidence)
    .map(([techniqueId, { confidence, domain, sentences }]) => ({
      techniqueId,
      techniqueName: shelf.open(domain).byAttackId.get(techniqueId)?.name,
      confidence,
      sentences: [...sentences],
    }));
}

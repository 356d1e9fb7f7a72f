import type { EvidenceRecord, Facets, MappingRecord } from '../../store/index.js';
import { type ApiRoute, defineRoute } from '../api-route.js';
import {
  evidencePageSchema,
  evidenceQuerySchema,
  mappingFacetsSchema,
  mappingPageSchema,
  mappingQuerySchema,
} from '../schemas/evidence.js';
import type { ServerContext } from '../server-context.js';
import { importNames } from './import-ids.js';
import { storePage, toPage } from './paging.js';
import { toInstantOrNothing } from './parse-ids.js';
import { toEvidenceFilter } from './to-filter.js';

/** Mappings, the evidence behind them, and how many there are of what. */
export function evidenceRoutes(context: ServerContext): readonly ApiRoute[] {
  const { store } = context;
  return [
    defineRoute(
      {
        name: 'evidence.list',
        method: 'get',
        path: '/api/evidence',
        access: 'viewer',
        caching: 'workspace',
        summary: 'Lists pieces of evidence, newest first',
        query: evidenceQuerySchema,
        answer: evidencePageSchema,
      },
      async ({ query }) => {
        const filter = await toEvidenceFilter(context, query);
        const page = await store.mappings.evidence({ ...storePage(query), filter });
        const asked = new Set<string>(filter.techniqueIds ?? []);
        const mappingId = filter.mappingIds?.[0];
        const names = await importNames(context, page.items);
        return toPage(page, (record) => ({
          ...toEvidence(context, record, { asked, mappingId }),
          import: names.get(record.importId),
        }));
      },
    ),
    defineRoute(
      {
        name: 'mapping.list',
        method: 'get',
        path: '/api/mappings',
        access: 'viewer',
        caching: 'workspace',
        summary: 'Lists mappings, highest confidence first',
        query: mappingQuerySchema,
        answer: mappingPageSchema,
      },
      async ({ query }) => {
        const filter = await toEvidenceFilter(context, query);
        const page = await store.mappings.list({ ...storePage(query), filter });
        return toPage(page, (record) => toMapping(context, record));
      },
    ),
    defineRoute(
      {
        name: 'mapping.facets',
        method: 'get',
        path: '/api/mappings/facets',
        access: 'viewer',
        caching: 'workspace',
        summary: 'How many mappings each value of a field would leave',
        query: mappingQuerySchema,
        answer: mappingFacetsSchema,
      },
      async ({ query }) => {
        const filter = await toEvidenceFilter(context, query);
        return toFacets(context, await store.mappings.facets(filter));
      },
    ),
  ];
}

/** Of the mappings that a piece speaks for, the one that was asked about; else the surest. */
function chooseMapping(
  { mappings }: EvidenceRecord,
  {
    asked,
    mappingId,
  }: { readonly asked: ReadonlySet<string>; readonly mappingId?: number | undefined },
) {
  return (
    mappings.find((mapping) => mapping.mappingId === mappingId) ??
    mappings.find((mapping) => asked.has(mapping.techniqueId)) ??
    [...mappings].sort((a, b) => b.confidence - a.confidence)[0]
  );
}

function toEvidence(
  { shelf }: ServerContext,
  record: EvidenceRecord,
  choice: Parameters<typeof chooseMapping>[1],
) {
  const { reference, subject, detail } = record;
  const mapping = chooseMapping(record, choice);
  const { domain = 'enterprise-attack', techniqueId = '', attackVersion = '' } = mapping ?? {};
  const matched = new Set(record.matched);
  const isEvent = Object.keys(record.fields).length > 0;
  const isSentence = reference.kind === 'report' && record.quote !== '';
  return {
    id: String(record.evidenceId),
    mappingId: String(mapping?.mappingId ?? ''),
    techniqueId,
    mappings: record.mappings.map((one) => ({
      id: String(one.mappingId),
      techniqueId: one.techniqueId,
      status: one.status,
    })),
    decision: record.decision,
    techniqueName: shelf.open(domain).byAttackId.get(techniqueId)?.name,
    domain,
    attackVersion,
    kind: record.evidenceKind,
    source: reference.kind,
    subject: subject.name,
    status: record.decision ?? mapping?.status ?? ('proposed' as const),
    confidence: mapping?.confidence ?? 0,
    time: toInstantOrNothing(record.timeMs),
    rule: { id: reference.key, title: reference.title, level: reference.level },
    event: isEvent
      ? {
          file: record.source,
          record: record.record,
          host: subject.kind === 'host' ? subject.name : undefined,
          user: subject.kind === 'user' ? subject.name : undefined,
          fields: Object.entries(record.fields).map(([name, value]) => ({
            name,
            value,
            matched: matched.has(name),
          })),
        }
      : undefined,
    sentence: isSentence
      ? {
          text: record.quote,
          ...markOf(detail),
          reportId: String(reference.referenceId),
          reportTitle: reference.title,
        }
      : undefined,
    quote: record.quote === '' ? undefined : record.quote,
    reference: `${record.source}${record.record === '' ? '' : `:${record.record}`}`,
    detail: Object.keys(detail).length === 0 ? undefined : detail,
  };
}

/** Where in the sentence the words stand that name the technique. */
function markOf(detail: EvidenceRecord['detail']) {
  const [start, end, page] = ['markStart', 'markEnd', 'page'].map((name) => {
    const value = Number(detail[name] ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 ? value : undefined;
  });
  return { start, end, page };
}

function toMapping({ shelf }: ServerContext, record: MappingRecord) {
  const technique = shelf.open(record.domain).byAttackId.get(record.techniqueId);
  return {
    id: String(record.mappingId),
    subject: record.subject.name,
    techniqueId: record.techniqueId,
    techniqueName: technique?.name,
    tactics: technique?.kind === 'technique' ? technique.tactics : [],
    domain: record.domain,
    attackVersion: record.attackVersion,
    kind: record.evidenceKind,
    confidence: record.confidence,
    status: record.status,
    firstSeen: toInstantOrNothing(record.firstSeenMs),
    lastSeen: toInstantOrNothing(record.lastSeenMs),
    evidenceCount: record.evidenceCount,
    rules: [record.reference.title],
    isStale: technique?.status !== 'active',
  };
}

function toFacets({ shelf }: ServerContext, facets: Facets) {
  const status = { proposed: 0, accepted: 0, rejected: 0 };
  for (const { value, mappings } of facets.statuses) status[value] = mappings;
  const tactics = new Map<string, number>();
  const { byAttackId } = shelf.open('enterprise-attack');
  for (const { value, mappings } of facets.techniques) {
    const technique = byAttackId.get(value);
    if (technique?.kind !== 'technique') continue;
    for (const tactic of technique.tactics)
      tactics.set(tactic, (tactics.get(tactic) ?? 0) + mappings);
  }
  const plain = (list: readonly { readonly value: string; readonly mappings: number }[]) =>
    list.map(({ value, mappings }) => ({ value, count: mappings }));
  return {
    total: status.proposed + status.accepted + status.rejected,
    status,
    kind: plain(facets.evidenceKinds),
    technique: plain(facets.techniques),
    tactic: [...tactics]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count),
    subject: facets.subjects.map(({ value, mappings }) => ({ value: value.name, count: mappings })),
    rule: facets.references.map(({ value, mappings }) => ({ value: value.title, count: mappings })),
  };
}

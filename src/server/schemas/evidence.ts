import { z } from '@hono/zod-openapi';
import {
  commaListOf,
  confidenceSchema,
  domainSchema,
  evidenceKindSchema,
  instantSchema,
  listOf,
  mappingStatusSchema,
  pageOf,
  pageQuerySchema,
  statusCountsSchema,
} from './common.js';

const filterFields = {
  technique: z.string().max(20).optional().openapi({ description: '`T1059` or `T1059.001`' }),
  includeSubtechniques: z
    .enum(['true', 'false'])
    .default('false')
    .transform((word) => word === 'true'),
  domain: domainSchema.optional(),
  kinds: commaListOf(evidenceKindSchema),
  status: commaListOf(mappingStatusSchema),
  since: instantSchema.max(40).optional(),
  until: instantSchema.max(40).optional(),
  minConfidence: z.coerce.number().min(0).max(1).default(0),
  subject: z.string().max(500).optional().openapi({ description: 'host, user or report' }),
  rule: z
    .string()
    .max(500)
    .optional()
    .openapi({ description: 'key or title of a rule, report, layer …' }),
  import: z.string().max(100).optional(),
};

/** Which pieces of evidence. */
export const evidenceQuerySchema = pageQuerySchema.extend({
  ...filterFields,
  mapping: z.string().max(100).optional(),
});

/** One piece of evidence: a rule fired on an event, a sentence said so, a layer or a test declared it. */
export const evidenceItemSchema = z
  .object({
    id: z.string(),
    mappingId: z.string().openapi({ description: 'the mapping that was asked about' }),
    techniqueId: z.string(),
    mappings: listOf(
      z.object({ id: z.string(), techniqueId: z.string(), status: mappingStatusSchema }),
    ).openapi({ description: 'every mapping that this piece speaks for' }),
    decision: z
      .enum(['accepted', 'rejected'])
      .optional()
      .openapi({ description: 'on this piece alone; absent: the status of the mapping holds' }),
    techniqueName: z.string().optional(),
    domain: domainSchema,
    attackVersion: z.string(),
    kind: evidenceKindSchema,
    source: z.string().openapi({ description: 'sigma, behavior, report, layer, test, declared …' }),
    subject: z.string(),
    status: mappingStatusSchema,
    confidence: confidenceSchema,
    time: instantSchema.optional(),
    rule: z.object({ id: z.string(), title: z.string(), level: z.string().optional() }).optional(),
    event: z
      .object({
        file: z.string(),
        record: z.string().optional(),
        host: z.string().optional(),
        user: z.string().optional(),
        fields: listOf(z.object({ name: z.string(), value: z.string(), matched: z.boolean() })),
      })
      .optional(),
    sentence: z
      .object({
        text: z.string(),
        start: z.number().int().optional().openapi({ description: 'marked part of `text`' }),
        end: z.number().int().optional(),
        reportId: z.string().optional(),
        reportTitle: z.string().optional(),
        page: z.number().int().optional(),
      })
      .optional(),
    quote: z.string().optional(),
    reference: z.string().optional(),
    import: z.object({ id: z.string(), name: z.string(), at: instantSchema }).optional(),
    detail: z.record(z.string(), z.string()).optional(),
  })
  .openapi('EvidenceItem');
export type EvidenceItem = z.infer<typeof evidenceItemSchema>;

export const evidencePageSchema = pageOf(evidenceItemSchema).openapi('EvidencePage');
export type EvidencePage = z.infer<typeof evidencePageSchema>;

/** Which mappings, in which order. */
export const mappingQuerySchema = pageQuerySchema.extend({
  ...filterFields,
  tactic: z.string().max(60).optional(),
});

/** Our claim that a subject shows a technique. */
export const mappingSchema = z
  .object({
    id: z.string(),
    subject: z.string(),
    techniqueId: z.string(),
    techniqueName: z.string().optional(),
    tactics: listOf(z.string()),
    domain: domainSchema,
    attackVersion: z.string(),
    kind: evidenceKindSchema,
    confidence: confidenceSchema,
    status: mappingStatusSchema,
    firstSeen: instantSchema.optional(),
    lastSeen: instantSchema.optional(),
    evidenceCount: z.number().int(),
    rules: listOf(z.string()).openapi({ description: 'titles, at most 10' }),
    isStale: z.boolean().openapi({
      description: 'its technique is not an active one of the version that is shown',
    }),
  })
  .openapi('Mapping');
export type ApiMapping = z.infer<typeof mappingSchema>;

export const mappingPageSchema = pageOf(mappingSchema).openapi('MappingPage');
export type MappingPage = z.infer<typeof mappingPageSchema>;

const facetSchema = listOf(z.object({ value: z.string(), count: z.number().int() }));

/** How many mappings each value of a field has, most first, at most 200 values. */
export const mappingFacetsSchema = z
  .object({
    total: z.number().int(),
    status: statusCountsSchema,
    kind: facetSchema,
    technique: facetSchema,
    tactic: facetSchema,
    subject: facetSchema,
    rule: facetSchema,
  })
  .openapi('MappingFacets');
export type MappingFacets = z.infer<typeof mappingFacetsSchema>;

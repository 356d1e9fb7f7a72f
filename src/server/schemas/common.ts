import { z } from '@hono/zod-openapi';
import { DOMAINS } from '../../model/index.js';

/** A list whose items nobody changes. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).readonly();
}

export const domainSchema = z.enum(DOMAINS).openapi('Domain');

export const evidenceKindSchema = z
  .enum(['observed', 'exposure', 'capability', 'intel'])
  .openapi('EvidenceKind', {
    description:
      'What a mapping claims: it happened, a weakness would allow it, we could detect or stop it, an adversary is said to do it.',
  });
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

export const mappingStatusSchema = z
  .enum(['proposed', 'accepted', 'rejected'])
  .openapi('MappingStatus');
export type MappingStatus = z.infer<typeof mappingStatusSchema>;

/** ISO 8601 UTC. */
export const instantSchema = z.string().openapi({ format: 'date-time' });

/** 0..1. */
export const confidenceSchema = z.number().min(0).max(1);

/** How many of each kind of evidence. */
export const kindCountsSchema = z
  .object({
    observed: z.number().int(),
    exposure: z.number().int(),
    capability: z.number().int(),
    intel: z.number().int(),
  })
  .openapi('KindCounts');

/** How many mappings of each status. */
export const statusCountsSchema = z
  .object({
    proposed: z.number().int(),
    accepted: z.number().int(),
    rejected: z.number().int(),
  })
  .openapi('StatusCounts');

/** Where in the input something is. */
const locationSchema = z.object({
  source: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  offset: z.number().optional(),
  path: z.string().optional(),
});

/** Something wrong with an input; reading went on after it. */
export const issueSchema = z
  .object({ code: z.string(), message: z.string(), at: locationSchema.optional() })
  .openapi('Issue');
export type ApiIssue = z.infer<typeof issueSchema>;

/** RFC 9457 problem details. `code` is stable; `detail` is for people. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    errors: listOf(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof problemSchema>;

/** Which stretch of a list. */
export const pageQuerySchema = z.object({
  cursor: z.string().max(2_000).optional().openapi({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** A stretch of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: listOf(item),
    next: z
      .string()
      .nullable()
      .openapi({ description: 'cursor of the next page; null at the end' }),
    total: z.number().int().optional(),
  });
}

/** Words of a query, separated by commas. */
export function commaListOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .max(4_000)
    .optional()
    .transform((text) => (text === undefined || text === '' ? [] : text.split(',')))
    .pipe(z.array(item).max(200));
}

/** `true`, `1` and the empty word (`?flag`) are true. */
export const flagSchema = z
  .enum(['true', 'false', '1', '0', ''])
  .optional()
  .transform((word) => word === 'true' || word === '1' || word === '');

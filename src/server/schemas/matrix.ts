import { z } from '@hono/zod-openapi';
import {
  commaListOf,
  confidenceSchema,
  domainSchema,
  evidenceKindSchema,
  instantSchema,
  kindCountsSchema,
  listOf,
  mappingStatusSchema,
  statusCountsSchema,
} from './common.js';

/** Which mappings count. */
export const matrixQuerySchema = z.object({
  domain: domainSchema.default('enterprise-attack'),
  version: z.string().max(20).optional(),
  kinds: commaListOf(evidenceKindSchema).openapi({ description: 'default: all four' }),
  status: commaListOf(mappingStatusSchema).openapi({
    description: 'default: proposed and accepted',
  }),
  since: instantSchema.max(40).optional(),
  until: instantSchema.max(40).optional().openapi({ description: 'exclusive' }),
  minConfidence: z.coerce.number().min(0).max(1).default(0),
});

/** What is known of one technique, itself alone: sub-techniques have cells of their own. */
export const matrixCellSchema = z
  .object({
    techniqueId: z.string(),
    counts: kindCountsSchema.openapi({ description: 'pieces of evidence of mappings that count' }),
    status: statusCountsSchema.openapi({ description: 'mappings, whatever `status` asks' }),
    maxConfidence: confidenceSchema,
    score: z.number().min(0).max(100).openapi({ description: 'what colours the cell' }),
    firstSeen: instantSchema.optional(),
    lastSeen: instantSchema.optional(),
    hosts: z.number().int(),
    rules: z.number().int(),
    why: z.string().openapi({ description: 'why this colour, in one sentence with the formula' }),
  })
  .openapi('MatrixCell');
export type MatrixCell = z.infer<typeof matrixCellSchema>;

export const matrixSchema = z
  .object({
    domain: domainSchema,
    attackVersion: z.string(),
    changeCounter: z.number().int(),
    formula: z.string(),
    cells: listOf(matrixCellSchema).openapi({
      description: 'only techniques with evidence, by id; everything else is an empty cell',
    }),
    totals: z.object({
      techniques: z.number().int(),
      mappings: z.number().int(),
      counts: kindCountsSchema,
      status: statusCountsSchema,
      otherVersions: z.number().int().openapi({
        description: 'mappings whose technique is not in this version; not in `cells`',
      }),
    }),
  })
  .openapi('MatrixAggregate');
export type MatrixAggregate = z.infer<typeof matrixSchema>;

/** Evidence day by day, for a time slider. */
export const timelineSchema = z
  .object({
    domain: domainSchema,
    changeCounter: z.number().int(),
    first: z.string().optional().openapi({ description: 'day, YYYY-MM-DD in UTC' }),
    last: z.string().optional(),
    undated: z.number().int(),
    days: listOf(
      z.object({
        day: z.string(),
        count: z.number().int(),
        techniques: listOf(
          z.object({
            techniqueId: z.string(),
            count: z.number().int(),
            maxConfidence: confidenceSchema,
          }),
        ),
      }),
    ),
  })
  .openapi('MatrixTimeline');
export type MatrixTimeline = z.infer<typeof timelineSchema>;

import { z } from '@hono/zod-openapi';
import { instantSchema, mappingStatusSchema, pageOf, pageQuerySchema } from './common.js';

const reviewDecisionSchema = z
  .enum(['accept', 'reject', 'reset', 'comment'])
  .openapi('ReviewDecision');
export type ReviewDecision = z.infer<typeof reviewDecisionSchema>;

/** What a person decided on one mapping or many at once. */
export const reviewInputSchema = z
  .object({
    mappingIds: z.array(z.string().max(100)).max(10_000).default([]),
    evidenceIds: z.array(z.string().max(100)).max(10_000).default([]),
    decision: reviewDecisionSchema,
    comment: z.string().max(4_000).optional(),
  })
  .openapi('ReviewInput');
export type ReviewInput = z.input<typeof reviewInputSchema>;

/** One decision of one person on one or many things; kept for ever. */
export const reviewSchema = z
  .object({
    id: z.string(),
    decision: reviewDecisionSchema,
    comment: z.string(),
    by: z.string(),
    at: instantSchema,
    mappings: z.number().int(),
    evidence: z.number().int(),
    undoneBy: z.string().optional(),
    undoes: z.string().optional(),
    before: mappingStatusSchema
      .optional()
      .openapi({ description: 'in the history of one mapping or piece of evidence' }),
    after: mappingStatusSchema.optional(),
  })
  .openapi('Review');
export type Review = z.infer<typeof reviewSchema>;

/** A review that was made; its `id` undoes it. */
export const reviewOutcomeSchema = z
  .object({ review: reviewSchema, changeCounter: z.number().int() })
  .openapi('ReviewOutcome');
export type ReviewOutcome = z.infer<typeof reviewOutcomeSchema>;

export const reviewUndoSchema = z.object({ id: z.string().max(100) }).openapi('ReviewUndo');

export const reviewQuerySchema = pageQuerySchema.extend({
  mapping: z.string().max(100).optional(),
  evidence: z.string().max(100).optional(),
});

export const reviewPageSchema = pageOf(reviewSchema).openapi('ReviewPage');
export type ReviewPage = z.infer<typeof reviewPageSchema>;

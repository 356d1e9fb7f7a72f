import { z } from '@hono/zod-openapi';
import { instantSchema, mappingStatusSchema, pageOf, pageQuerySchema } from './common.js';

export const reviewDecisionSchema = z
  .enum(['accept', 'reject', 'reset', 'comment'])
  .openapi('ReviewDecision');
export type ReviewDecision = z.infer<typeof reviewDecisionSchema>;

/** What a person decided on one mapping or many at once. */
export const reviewInputSchema = z
  .object({
    mappingIds: z.array(z.string().max(100)).min(1).max(10_000),
    decision: reviewDecisionSchema,
    comment: z.string().max(4_000).optional(),
  })
  .openapi('ReviewInput');
export type ReviewInput = z.infer<typeof reviewInputSchema>;

/** What a review changed; `batchId` undoes it. */
export const reviewOutcomeSchema = z
  .object({
    batchId: z.string(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    missing: z.number().int().openapi({ description: 'ids that are no mapping' }),
    changeCounter: z.number().int(),
  })
  .openapi('ReviewOutcome');
export type ReviewOutcome = z.infer<typeof reviewOutcomeSchema>;

export const reviewUndoSchema = z.object({ batchId: z.string().max(100) }).openapi('ReviewUndo');

export const reviewQuerySchema = pageQuerySchema.extend({
  mapping: z.string().max(100).optional(),
  technique: z.string().max(20).optional(),
});

/** One decision on one mapping, as it is kept for ever. */
export const reviewSchema = z
  .object({
    id: z.string(),
    batchId: z.string(),
    mappingId: z.string(),
    techniqueId: z.string(),
    subject: z.string(),
    decision: z.enum(['accept', 'reject', 'reset', 'comment', 'undo']),
    before: mappingStatusSchema,
    after: mappingStatusSchema,
    comment: z.string().optional(),
    by: z.string(),
    at: instantSchema,
  })
  .openapi('Review');
export type Review = z.infer<typeof reviewSchema>;

export const reviewPageSchema = pageOf(reviewSchema).openapi('ReviewPage');
export type ReviewPage = z.infer<typeof reviewPageSchema>;

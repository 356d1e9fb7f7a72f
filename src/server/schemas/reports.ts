import { z } from '@hono/zod-openapi';
import { confidenceSchema, listOf, pageOf } from './common.js';

/** A threat report that was read. */
const reportSummarySchema = z
  .object({
    id: z.string(),
    title: z.string(),
    source: z.string(),
    importId: z.string().optional(),
    techniques: z.number().int(),
    mappings: z.number().int(),
  })
  .openapi('ReportSummary');
export type ReportSummary = z.infer<typeof reportSummarySchema>;

export const reportPageSchema = pageOf(reportSummarySchema).openapi('ReportPage');
export type ReportPage = z.infer<typeof reportPageSchema>;

/** A report with the techniques that it names; the sentences are under `/api/evidence?subject=…`. */
export const reportDetailSchema = reportSummarySchema
  .extend({
    mentions: listOf(
      z.object({
        techniqueId: z.string(),
        techniqueName: z.string().optional(),
        confidence: confidenceSchema,
        sentences: listOf(z.string()),
      }),
    ),
  })
  .openapi('ReportDetail');
export type ReportDetail = z.infer<typeof reportDetailSchema>;

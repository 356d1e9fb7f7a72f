import { z } from '@hono/zod-openapi';
import { instantSchema, issueSchema, pageOf, pageQuerySchema } from './common.js';

export const importKindSchema = z
  .enum(['auto', 'logs', 'rules', 'layers', 'reports', 'findings'])
  .openapi('ImportKind', { description: '`auto`: each file is told apart by its content' });

/** What an upload may be taken for. */
const uploadKindSchema = importKindSchema.exclude(['findings']);
export type ImportKind = z.infer<typeof importKindSchema>;

const importStateSchema = z
  .enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'])
  .openapi('ImportState');
export type ImportState = z.infer<typeof importStateSchema>;

/** One thing that was brought in, or is on its way. */
export const importSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: importKindSchema,
    state: importStateSchema,
    by: z.string(),
    createdAt: instantSchema,
    startedAt: instantSchema.optional(),
    finishedAt: instantSchema.optional(),
    progress: z.object({
      files: z.number().int(),
      filesDone: z.number().int(),
      events: z.number().int(),
      bytes: z.number().int(),
      totalBytes: z.number().int(),
    }),
    result: z
      .object({
        events: z.number().int(),
        mappings: z.number().int().openapi({ description: 'new ones; the same file adds none' }),
        evidence: z.number().int(),
        techniques: z.number().int(),
        layers: z.number().int(),
        rules: z.number().int(),
        reports: z.number().int(),
      })
      .optional(),
    issueCount: z.number().int(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  })
  .openapi('Import');
export type ApiImport = z.infer<typeof importSchema>;

export const importPageSchema = pageOf(importSchema).openapi('ImportPage');
export type ImportPage = z.infer<typeof importPageSchema>;

export const importQuerySchema = pageQuerySchema.extend({
  state: importStateSchema.optional(),
});

export const importIssuePageSchema = pageOf(issueSchema).openapi('ImportIssuePage');

/** Options of an upload, as the query of the POST; the body is multipart with files under `files`. */
export const importUploadQuerySchema = z.object({
  kind: uploadKindSchema.default('auto'),
  name: z.string().max(200).optional(),
  since: instantSchema.max(40).optional(),
  until: instantSchema.max(40).optional(),
  minLevel: z.enum(['informational', 'low', 'medium', 'high', 'critical']).optional(),
});

export const importUrlSchema = z
  .object({
    url: z.string().max(2_000),
    kind: uploadKindSchema.default('auto'),
    name: z.string().max(200).optional(),
  })
  .openapi('ImportUrl');

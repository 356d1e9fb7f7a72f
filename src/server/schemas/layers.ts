import { z } from '@hono/zod-openapi';
import { domainSchema, instantSchema, issueSchema, listOf, pageOf } from './common.js';

/** A layer of the workspace without its content. */
const layerSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    domain: domainSchema,
    attackVersion: z.string(),
    sizeBytes: z.number().int(),
    revision: z.number().int().openapi({ description: 'to be sent as `revision` with an update' }),
    by: z.string(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .openapi('LayerSummary');
export type LayerSummary = z.infer<typeof layerSummarySchema>;

/** A Navigator layer, format 4.5; older formats are read and written as 4.5. */
const layerDocumentSchema = z
  .record(z.string(), z.unknown())
  .openapi('LayerDocument', { description: 'a layer of ATT&CK Navigator' });

export const storedLayerSchema = layerSummarySchema
  .extend({
    layer: layerDocumentSchema,
    description: z.string(),
    techniques: z.number().int().openapi({ description: 'entries' }),
    issues: listOf(issueSchema),
  })
  .openapi('StoredLayer');
export type StoredLayer = z.infer<typeof storedLayerSchema>;

export const layerPageSchema = pageOf(layerSummarySchema).openapi('LayerPage');
export type LayerPage = z.infer<typeof layerPageSchema>;

export const layerInputSchema = z.object({ layer: layerDocumentSchema }).openapi('LayerInput');

/** A new content; refused with 409 when `revision` is not the newest. */
export const layerUpdateSchema = layerInputSchema
  .extend({ revision: z.number().int() })
  .openapi('LayerUpdate');

export const layerUploadSchema = z
  .object({
    items: listOf(storedLayerSchema),
    issues: listOf(issueSchema),
  })
  .openapi('LayerUpload');
export type LayerUpload = z.infer<typeof layerUploadSchema>;

/** Options of drawing are those of `portolan layer render`, as JSON in `options`. */
export const layerExportQuerySchema = z.object({
  format: z.enum(['svg', 'png', 'xlsx', 'csv', 'json', 'md']),
  version: z.string().max(20).optional(),
  options: z.string().max(4_000).optional().openapi({ description: 'JSON of render options' }),
});

export const layerExportInputSchema = z
  .object({
    layer: layerDocumentSchema,
    format: z.enum(['svg', 'png', 'xlsx', 'csv', 'json', 'md']),
    version: z.string().max(20).optional(),
    options: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('LayerExportInput');

const oneLayerSchema = z.number().int().min(0).optional();
const anyLayerSchema = z.union([z.number().int().min(0), z.literal('all')]).optional();

/** Layers by id; or as documents, for those that are not saved. */
export const layerCombineSchema = z
  .object({
    layerIds: z.array(z.string().max(100)).max(100).optional(),
    layers: z.array(layerDocumentSchema).max(100).optional(),
    score: z.string().max(1_000).optional().openapi({ description: 'over a, b, c …' }),
    name: z.string().max(200).optional(),
    description: z.string().max(4_000).optional(),
    version: z.string().max(20).optional(),
    inherit: z
      .object({
        comments: anyLayerSchema,
        links: anyLayerSchema,
        metadata: anyLayerSchema,
        colors: oneLayerSchema,
        enabled: oneLayerSchema,
        gradient: oneLayerSchema,
        filters: oneLayerSchema,
        legend: anyLayerSchema,
      })
      .optional(),
  })
  .openapi('LayerCombine');
export type LayerCombine = z.infer<typeof layerCombineSchema>;

/** A step of a migration: what changed, or needs a person. */
const migrationStepSchema = z
  .object({
    path: z.string(),
    raw: z.string(),
    from: z.string(),
    to: z.string(),
    decision: z.enum(['automatic', 'suggested', 'needs-person']),
    reason: z.string(),
  })
  .openapi('MigrationStep');
export type MigrationStep = z.infer<typeof migrationStepSchema>;

export const layerResultSchema = z
  .object({
    layer: layerDocumentSchema,
    attackVersion: z.string(),
    steps: listOf(migrationStepSchema),
    issues: listOf(issueSchema),
  })
  .openapi('LayerResult');
export type LayerResult = z.infer<typeof layerResultSchema>;

export const layerMigrateSchema = z
  .object({
    layerId: z.string().max(100).optional(),
    layer: layerDocumentSchema.optional(),
    to: z.string().max(20).optional().openapi({ description: 'default: the newest' }),
  })
  .openapi('LayerMigrate');

export const layerDiffInputSchema = z
  .object({
    before: z.union([z.string().max(100), layerDocumentSchema]),
    after: z.union([z.string().max(100), layerDocumentSchema]),
    version: z.string().max(20).optional(),
    higherIsBetter: z.boolean().default(true),
  })
  .openapi('LayerDiffInput');

/** What changed between two layers, cell by cell. */
export const layerDiffSchema = z
  .object({
    attackVersion: z.string(),
    before: z.string(),
    after: z.string(),
    counts: z.object({
      added: z.number().int(),
      lost: z.number().int(),
      better: z.number().int(),
      worse: z.number().int(),
      unchanged: z.number().int(),
    }),
    changes: listOf(
      z.object({
        kind: z.enum(['added', 'lost', 'better', 'worse', 'unchanged']),
        techniqueId: z.string(),
        techniqueName: z.string(),
        tactic: z.string().optional(),
        scoreBefore: z.number().optional(),
        scoreAfter: z.number().optional(),
        commentBefore: z.string(),
        commentAfter: z.string(),
        notesChanged: z.boolean(),
      }),
    ),
    issues: listOf(issueSchema),
  })
  .openapi('LayerDiff');
export type LayerDiff = z.infer<typeof layerDiffSchema>;

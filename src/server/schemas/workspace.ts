import { z } from '@hono/zod-openapi';
import { domainSchema, listOf } from './common.js';

/** The workspace that the server serves, and what the server allows. */
export const workspaceSchema = z
  .object({
    name: z.string(),
    portolanVersion: z.string(),
    attackVersion: z.string().openapi({ description: 'of the Enterprise matrix' }),
    domains: listOf(
      z.object({ domain: domainSchema, version: z.string(), released: z.string().optional() }),
    ),
    scope: z.object({
      systems: listOf(z.string()),
      segments: listOf(z.string()),
      businessUnits: listOf(z.string()),
      platforms: listOf(z.string()),
    }),
    sector: z.string().optional(),
    region: z.string().optional(),
    counts: z.object({
      imports: z.number().int(),
      mappings: z.number().int(),
      evidence: z.number().int(),
      techniques: z.number().int(),
      subjects: z.number().int(),
      rules: z.number().int(),
      layers: z.number().int(),
      reports: z.number().int(),
    }),
    isEmpty: z.boolean(),
    hasExample: z.boolean().openapi({ description: 'whether the example can be loaded' }),
    changeCounter: z.number().int().openapi({
      description: 'grows with every change of what the workspace holds',
    }),
    minConfidence: z.number().min(0).max(1).openapi({
      description: 'mappings below are kept, and best not shown at first',
    }),
    allowsEmbedding: z.boolean(),
    limits: z.object({ uploadBytes: z.number().int(), uploadFiles: z.number().int() }),
  })
  .openapi('Workspace');
export type Workspace = z.infer<typeof workspaceSchema>;

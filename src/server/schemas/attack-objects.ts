import { z } from '@hono/zod-openapi';
import {
  confidenceSchema,
  domainSchema,
  flagSchema,
  instantSchema,
  kindCountsSchema,
  listOf,
  pageOf,
  pageQuerySchema,
  statusCountsSchema,
} from './common.js';

export const attackKindSchema = z
  .enum([
    'technique',
    'tactic',
    'matrix',
    'group',
    'software',
    'campaign',
    'mitigation',
    'asset',
    'data-source',
    'data-component',
    'detection-strategy',
    'analytic',
  ])
  .openapi('AttackKind');
export type AttackKind = z.infer<typeof attackKindSchema>;

/** Enough to name an object of ATT&CK and look it up. */
export const objectReferenceSchema = z
  .object({
    attackId: z.string().optional(),
    stixId: z.string(),
    kind: attackKindSchema,
    name: z.string(),
  })
  .openapi('ObjectReference');
export type ObjectReference = z.infer<typeof objectReferenceSchema>;

/** One object of ATT&CK; fields that only some kinds have are left out where they do not apply. */
export const attackObjectSchema = objectReferenceSchema
  .extend({
    aliases: listOf(z.string()),
    status: z.enum(['active', 'revoked', 'deprecated']),
    version: z.string().optional(),
    created: instantSchema.optional(),
    modified: instantSchema.optional(),
    domains: listOf(domainSchema),
    platforms: listOf(z.string()),
    tactics: listOf(z.string()).optional().openapi({ description: 'techniques: shortnames' }),
    isSubtechnique: z.boolean().optional(),
    parentId: z.string().optional(),
    shortname: z.string().optional().openapi({ description: 'tactics' }),
    softwareType: z.enum(['malware', 'tool']).optional(),
    firstSeen: instantSchema.optional().openapi({ description: 'campaigns' }),
    lastSeen: instantSchema.optional(),
    logSources: listOf(z.object({ name: z.string(), channel: z.string() })).optional(),
  })
  .openapi('AttackObject');
export type AttackObject = z.infer<typeof attackObjectSchema>;

/** What our workspace holds about one technique. */
export const evidenceSummarySchema = z
  .object({
    counts: kindCountsSchema,
    status: statusCountsSchema,
    maxConfidence: confidenceSchema,
    hosts: z.number().int(),
    rules: z.number().int(),
    firstSeen: instantSchema.optional(),
    lastSeen: instantSchema.optional(),
    why: z.string().openapi({ description: 'why the cell has its colour, in one sentence' }),
  })
  .openapi('EvidenceSummary');
export type EvidenceSummary = z.infer<typeof evidenceSummarySchema>;

const analyticSchema = objectReferenceSchema.extend({
  description: z.string().optional(),
  platforms: listOf(z.string()),
  logSources: listOf(
    z.object({
      name: z.string(),
      channel: z.string(),
      dataComponent: objectReferenceSchema.optional(),
    }),
  ),
});

/** MITRE's own words; empty when only the catalogue is there. */
const objectTextSchema = z.object({
  description: z.string().optional(),
  detection: z.string().optional(),
  procedures: listOf(
    z.object({ attackId: z.string().optional(), name: z.string(), description: z.string() }),
  ),
  mutableElements: listOf(z.object({ field: z.string(), description: z.string().optional() })),
  references: listOf(
    z.object({
      name: z.string(),
      description: z.string().optional(),
      url: z.string().optional(),
      externalId: z.string().optional(),
    }),
  ),
});

/** All that is known of one object: itself, its relations, MITRE's text, and our evidence on techniques. */
export const attackObjectDetailSchema = z
  .object({
    attackVersion: z.string(),
    domain: domainSchema,
    source: z.enum(['catalogue', 'bundle']),
    carriedOver: listOf(z.string()),
    object: attackObjectSchema,
    successors: listOf(objectReferenceSchema),
    related: listOf(z.object({ title: z.string(), objects: listOf(objectReferenceSchema) })),
    analytics: listOf(analyticSchema),
    text: objectTextSchema,
    lastSeenIn: z.string().optional().openapi({ description: 'set when no newer version has it' }),
    url: z.string().optional().openapi({ description: 'its page on attack.mitre.org' }),
    evidence: evidenceSummarySchema.optional().openapi({
      description: 'techniques: what the workspace holds; absent when it holds nothing',
    }),
    evidenceOf: z
      .record(z.string(), evidenceSummarySchema)
      .optional()
      .openapi({ description: 'by technique id, of the techniques it stands in relation with' }),
  })
  .openapi('AttackObjectDetail');
export type AttackObjectDetail = z.infer<typeof attackObjectDetailSchema>;

export const attackListQuerySchema = pageQuerySchema.extend({
  domain: domainSchema.default('enterprise-attack'),
  version: z.string().max(20).optional(),
  tactic: z.string().max(60).optional(),
  platform: z.string().max(60).optional(),
  includeInactive: flagSchema,
});

export const attackOneQuerySchema = z.object({
  domain: domainSchema.optional(),
  version: z.string().max(20).optional(),
});

export const attackListSchema = pageOf(attackObjectSchema)
  .extend({ attackVersion: z.string(), domain: domainSchema })
  .openapi('AttackList');
export type AttackList = z.infer<typeof attackListSchema>;

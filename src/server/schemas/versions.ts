import { z } from '@hono/zod-openapi';
import { attackKindSchema } from './attack-objects.js';
import { commaListOf, domainSchema, listOf } from './common.js';

/** A version of ATT&CK that can be opened here. */
export const versionSchema = z
  .object({
    domain: domainSchema,
    version: z.string(),
    released: z.string().optional(),
    origin: z.enum(['shipped', 'installed']),
    source: z.string().optional(),
    carriedOver: listOf(z.string()),
    objectCount: z.number().int(),
    techniqueCount: z.number().int(),
    isDefault: z.boolean(),
    problem: z.string().optional(),
    catalogueUrl: z
      .string()
      .openapi({ description: 'the compact text, for a look-up in the browser' }),
  })
  .openapi('AttackVersion');
export type AttackVersion = z.infer<typeof versionSchema>;

export const versionListSchema = z
  .object({ items: listOf(versionSchema), next: z.null() })
  .openapi('AttackVersionList');

export const versionDiffQuerySchema = z.object({
  from: z.string().max(20),
  to: z.string().max(20).optional(),
  domain: domainSchema.default('enterprise-attack'),
  kinds: commaListOf(attackKindSchema),
});

const diffObjectSchema = z
  .object({
    attackId: z.string().optional(),
    stixId: z.string(),
    kind: attackKindSchema,
    name: z.string(),
    parentName: z.string().optional(),
  })
  .openapi('DiffObject');
const changedValueSchema = z.object({
  object: diffObjectSchema,
  from: z.string().optional(),
  to: z.string().optional(),
});
const changedListSchema = z.object({
  object: diffObjectSchema,
  lost: listOf(z.string()),
  gained: listOf(z.string()),
  now: listOf(z.string()),
});
const sideSchema = z.object({
  version: z.string(),
  released: z.string().optional(),
  source: z.enum(['catalogue', 'bundle']),
  carriedOver: listOf(z.string()),
});
const roleSchema = z.enum(['source', 'target']);
const relationEndSchema = z.object({
  type: z.string(),
  role: roleSchema,
  other: diffObjectSchema,
});

/** What two versions of ATT&CK differ in, section by section. */
export const versionDiffSchema = z
  .object({
    kind: z.literal('version-diff'),
    domain: domainSchema,
    from: sideSchema,
    to: sideSchema,
    counts: listOf(
      z.object({ kind: attackKindSchema, unchanged: z.number() }).catchall(z.unknown()),
    ),
    relationCounts: listOf(
      z.object({
        type: z.string(),
        added: z.number(),
        removed: z.number(),
        redirected: z.number(),
      }),
    ),
    added: listOf(diffObjectSchema),
    revoked: listOf(z.object({ object: diffObjectSchema, successors: listOf(diffObjectSchema) })),
    deprecated: listOf(diffObjectSchema),
    deleted: listOf(z.object({ object: diffObjectSchema, status: z.string() })),
    restored: listOf(diffObjectSchema),
    renamed: listOf(changedValueSchema),
    renumbered: listOf(changedValueSchema),
    movedTactic: listOf(changedListSchema),
    changedPlatforms: listOf(changedListSchema),
    changedAliases: listOf(changedListSchema),
    changedRelations: listOf(
      z.object({
        object: diffObjectSchema,
        added: listOf(relationEndSchema),
        removed: listOf(relationEndSchema),
        redirected: listOf(
          z.object({
            type: z.string(),
            role: roleSchema,
            from: diffObjectSchema,
            to: diffObjectSchema,
          }),
        ),
      }),
    ),
    versionChanged: listOf(
      changedValueSchema.extend({ step: z.enum(['major', 'minor', 'other']) }),
    ),
    patched: listOf(changedValueSchema),
  })
  .openapi('VersionDiff');
export type VersionDiff = z.infer<typeof versionDiffSchema>;

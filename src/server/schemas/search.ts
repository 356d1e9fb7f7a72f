import { z } from '@hono/zod-openapi';
import { attackKindSchema, attackObjectSchema, objectReferenceSchema } from './attack-objects.js';
import { commaListOf, domainSchema, listOf } from './common.js';

export const searchQuerySchema = z.object({
  q: z.string().min(1).max(500),
  domain: domainSchema.optional(),
  version: z.string().max(20).optional(),
  kinds: commaListOf(attackKindSchema),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** An object that the query may mean; `successors` says what stands for an old id now. */
const searchHitSchema = z.object({
  domain: domainSchema,
  object: attackObjectSchema,
  attackVersion: z.string(),
  score: z.number(),
  why: z.string(),
  matched: z.string(),
  parentName: z.string().optional(),
  successors: listOf(objectReferenceSchema),
  leadsTo: listOf(objectReferenceSchema),
});

export const searchAnswerSchema = z
  .object({
    query: z.string(),
    searched: listOf(z.object({ domain: domainSchema, version: z.string() })),
    results: listOf(searchHitSchema),
  })
  .openapi('SearchAnswer');
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

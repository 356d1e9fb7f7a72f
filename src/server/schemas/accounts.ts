import { z } from '@hono/zod-openapi';
import { instantSchema, pageOf } from './common.js';
import { passwordSchema, roleSchema, userNameSchema } from './session.js';

/** A person who may sign in. */
export const userSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: roleSchema,
    signsInBy: z.enum(['password', 'oidc']),
    isDisabled: z.boolean(),
    createdAt: instantSchema,
    lastSeenAt: instantSchema.optional(),
  })
  .openapi('User');
export type User = z.infer<typeof userSchema>;

export const userPageSchema = pageOf(userSchema).openapi('UserPage');

export const userInputSchema = z
  .object({ name: userNameSchema, password: passwordSchema, role: roleSchema })
  .openapi('UserInput');

export const userUpdateSchema = z
  .object({
    role: roleSchema.optional(),
    isDisabled: z.boolean().optional(),
    password: passwordSchema.optional(),
  })
  .openapi('UserUpdate');

const tokenScopeSchema = z
  .enum(['read', 'write', 'admin'])
  .openapi('TokenScope', { description: 'never more than the role of its owner' });

/** A token for programs; its text is shown once, when it is made. */
export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scope: tokenScopeSchema,
    owner: z.string(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    lastUsedAt: instantSchema.optional(),
  })
  .openapi('ApiToken');
export type ApiToken = z.infer<typeof tokenSchema>;

export const tokenPageSchema = pageOf(tokenSchema).openapi('ApiTokenPage');

export const tokenInputSchema = z
  .object({
    name: z.string().min(1).max(100),
    scope: tokenScopeSchema,
    days: z.number().int().min(1).max(366).default(90),
  })
  .openapi('ApiTokenInput');

export const tokenCreatedSchema = tokenSchema
  .extend({ token: z.string().openapi({ description: '`plt_…`, shown this once' }) })
  .openapi('ApiTokenCreated');
export type ApiTokenCreated = z.infer<typeof tokenCreatedSchema>;

/** One write: who did what, from where, and what came of it. */
export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    by: z.string(),
    action: z.string().openapi({ description: 'name of the route: `review.add`' }),
    target: z.string().optional(),
    from: z.string().openapi({ description: 'network address' }),
    outcome: z.string().openapi({ description: 'status code and, when refused, the code' }),
  })
  .openapi('AuditEntry');
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = pageOf(auditEntrySchema).openapi('AuditPage');

export const doneSchema = z.object({ done: z.literal(true) }).openapi('Done');

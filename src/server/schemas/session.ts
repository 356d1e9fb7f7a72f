import { z } from '@hono/zod-openapi';
import { listOf } from './common.js';

export const roleSchema = z.enum(['viewer', 'analyst', 'admin']).openapi('Role');
export type Role = z.infer<typeof roleSchema>;

/** 12..200 characters, as the user types them. */
export const passwordSchema = z.string().min(12).max(200);

export const userNameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}._@-]+$/u, 'letters, digits and . _ @ - only');

/** Who asks. */
export const sessionSchema = z
  .object({
    user: z
      .object({ id: z.string(), name: z.string(), role: roleSchema })
      .nullable()
      .openapi({ description: 'null: not signed in' }),
    csrfToken: z.string().openapi({ description: 'to be sent as X-CSRF-Token with every write' }),
    signInRequired: z.boolean(),
    setupRequired: z.boolean().openapi({ description: 'no user yet: POST /api/session/setup' }),
    methods: listOf(z.enum(['password', 'oidc'])),
    oidcLabel: z.string().optional(),
  })
  .openapi('Session');
export type Session = z.infer<typeof sessionSchema>;

export const signInSchema = z
  .object({ name: z.string().min(1).max(64), password: z.string().min(1).max(200) })
  .openapi('SignIn');
export type SignIn = z.infer<typeof signInSchema>;

/** Makes the first admin, with the token that the server printed on its terminal. */
export const setupSchema = z
  .object({ token: z.string().min(1).max(200), name: userNameSchema, password: passwordSchema })
  .openapi('Setup');

export const passwordChangeSchema = z
  .object({ current: z.string().min(1).max(200), next: passwordSchema })
  .openapi('PasswordChange');

import { z } from '@hono/zod-openapi';
import { AppError, isIssue, parseJson } from '../../model/index.js';
import { roleSchema } from '../schemas/session.js';
import type { OidcSettings } from './oidc.js';

const schema = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  label: z.string().max(60).optional(),
  groupsClaim: z.string().optional(),
  roles: z.record(z.string(), roleSchema).optional(),
  defaultRole: roleSchema.optional(),
  scope: z.string().optional(),
  allowsHttp: z.boolean().optional(),
});

/**
 * Settings of sign-in with OpenID Connect from JSON.
 *
 * @param secret of the client, when the text does not hold it.
 * @throws AppError `USAGE` when an entry is wrong.
 */
export function parseOidcSettings(text: string, secret: string | undefined): OidcSettings {
  const json = parseJson(text, { source: 'oidc' });
  if (isIssue(json)) throw new AppError('USAGE', `settings of OpenID Connect: ${json.message}`);
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { clientSecret: secret, ...parsed.data };
  const [first] = parsed.error.issues;
  throw new AppError(
    'USAGE',
    `settings of OpenID Connect: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'wrong'}`,
  );
}

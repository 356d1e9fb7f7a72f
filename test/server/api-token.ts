import { hashSecret, randomSecret } from '../../src/server/auth/secrets.js';
import type { TestServer } from './harness.js';

/** A token of a person, straight into the store: also such as the API would not make. */
export async function createApiToken(
  { workspace }: TestServer,
  userId: number,
  {
    scope = 'read',
    expiresMs = Date.now() + 60_000,
    isRevoked = false,
  }: { readonly scope?: string; readonly expiresMs?: number; readonly isRevoked?: boolean } = {},
): Promise<string> {
  const token = `plt_${randomSecret()}`;
  const { accounts } = workspace.store;
  const { tokenId } = await accounts.addToken({
    userId,
    name: 'test',
    tokenHash: hashSecret(token),
    prefix: token.slice(0, 8),
    scopes: [scope],
    expiresMs,
  });
  if (isRevoked) await accounts.revokeToken(tokenId);
  return token;
}

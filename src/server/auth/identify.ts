import type { Context } from 'hono';
import type { AccountStore } from '../../store/index.js';
import { Refusal } from '../refusal.js';
import { demandsSignIn, type ServerSettings } from '../server-settings.js';
import { type Caller, roleOfToken } from './caller.js';
import { hashSecret } from './secrets.js';
import { ABSOLUTE_MS, IDLE_MS, readSessionCookie } from './session-cookie.js';

const TOKEN = /^Bearer (plt_[\w-]{43})$/;
// Writing the time of last use with every request would make every read a write.
const TOUCH_MS = 60_000;

/** What identifying needs. */
export interface IdentifyContext {
  readonly accounts: AccountStore;
  readonly settings: ServerSettings;
  readonly now: () => Date;
}

/**
 * Tells who asks: by token, else by session, else, where no sign-in is asked for, whoever sits at this machine. An expired
 * or unknown session is nobody.
 *
 * @throws Refusal `UNAUTHENTICATED` for a token that is unknown, expired or revoked.
 */
export async function identify(c: Context, context: IdentifyContext): Promise<Caller> {
  const authorization = c.req.header('Authorization');
  if (authorization !== undefined) return identifyToken(authorization, context);
  const secret = readSessionCookie(c, context.settings);
  const user = secret === undefined ? undefined : await identifySession(secret, context);
  if (user !== undefined) return user;
  if (demandsSignIn(context.settings)) return { kind: 'anonymous' };
  return { kind: 'local', name: 'local', role: 'admin' };
}

async function identifyToken(
  authorization: string,
  { accounts, now }: IdentifyContext,
): Promise<Caller> {
  const [, text] = TOKEN.exec(authorization) ?? [];
  const nowMs = now().getTime();
  const found = text === undefined ? undefined : await accounts.findToken(hashSecret(text), nowMs);
  if (found === undefined)
    throw new Refusal('UNAUTHENTICATED', 'the token is unknown, expired or revoked');
  const { token, user } = found;
  if (nowMs - (token.lastUsedMs ?? 0) > TOUCH_MS) await accounts.touchToken(token.tokenId, nowMs);
  const { userId, name } = user;
  return {
    kind: 'token',
    userId,
    name,
    role: roleOfToken(user.role, token.scopes),
    tokenId: token.tokenId,
  };
}

async function identifySession(
  sessionSecret: string,
  { accounts, now }: IdentifyContext,
): Promise<Caller | undefined> {
  const sessionHash = hashSecret(sessionSecret);
  const nowMs = now().getTime();
  const found = await accounts.findSession(sessionHash, nowMs);
  if (found === undefined) return undefined;
  const { session, user } = found;
  if (nowMs - session.lastUsedMs > TOUCH_MS) {
    const expiresMs = Math.min(nowMs + IDLE_MS, session.createdMs + ABSOLUTE_MS);
    await accounts.touchSession(sessionHash, { lastUsedMs: nowMs, expiresMs });
  }
  const { userId, name, role } = user;
  return { kind: 'user', userId, name, role, sessionSecret, sessionHash };
}

import type { Context } from 'hono';
import type { UserRecord } from '../../store/index.js';
import type { Caller } from './caller.js';
import type { IdentifyContext } from './identify.js';
import { csrfTokenOf, hashSecret, randomSecret } from './secrets.js';
import {
  clearSessionCookie,
  IDLE_MS,
  readSessionCookie,
  writeSessionCookie,
} from './session-cookie.js';

/** Signs a person in: a new session always, never the one that the browser brought. */
export async function beginSession(
  c: Context,
  context: IdentifyContext,
  user: UserRecord,
): Promise<Caller> {
  const { accounts, settings, now } = context;
  const former = readSessionCookie(c, settings);
  if (former !== undefined) await accounts.removeSession(hashSecret(former));
  const nowMs = now().getTime();
  await accounts.removeExpiredSessions(nowMs);
  const sessionSecret = randomSecret();
  const sessionHash = hashSecret(sessionSecret);
  await accounts.addSession({
    sessionHash,
    userId: user.userId,
    csrfHash: hashSecret(csrfTokenOf(sessionSecret)),
    createdMs: nowMs,
    expiresMs: nowMs + IDLE_MS,
    lastUsedMs: nowMs,
    userAgent: (c.req.header('User-Agent') ?? '').slice(0, 200),
  });
  await accounts.changeUser(user.userId, { lastSignInMs: nowMs });
  writeSessionCookie(c, settings, sessionSecret);
  const { userId, name, role } = user;
  return { kind: 'user', userId, name, role, sessionSecret, sessionHash };
}

export async function endSession(
  c: Context,
  context: IdentifyContext,
  caller: Caller,
): Promise<void> {
  if (caller.kind === 'user') await context.accounts.removeSession(caller.sessionHash);
  clearSessionCookie(c, context.settings);
}

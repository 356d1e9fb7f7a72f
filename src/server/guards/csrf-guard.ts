import type { Context } from 'hono';
import type { Caller } from '../auth/caller.js';
import { csrfTokenOf, isSameText } from '../auth/secrets.js';
import { Refusal } from '../refusal.js';

/**
 * The token that writes of a caller must bring, from `GET /api/session`.
 *
 * @param ofProcess for callers without a session.
 * @returns undefined for tokens of programs: no browser sends those by itself.
 */
export function csrfTokenFor(caller: Caller, ofProcess: string): string | undefined {
  if (caller.kind === 'token') return undefined;
  return caller.kind === 'user' ? csrfTokenOf(caller.sessionSecret) : ofProcess;
}

/** @throws Refusal `CSRF` when a write lacks its token. */
export function checkCsrf(c: Context, caller: Caller, ofProcess: string): void {
  const expected = csrfTokenFor(caller, ofProcess);
  const found = c.req.header('X-CSRF-Token');
  if (expected === undefined || (found !== undefined && isSameText(found, expected))) return;
  throw new Refusal(
    'CSRF',
    'expected the header X-CSRF-Token with the csrfToken of GET /api/session',
  );
}

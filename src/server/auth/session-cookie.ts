import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { ServerSettings } from '../server-settings.js';

/** A session ends when it was not used for so long, or was made so long ago. */
export const IDLE_MS = 8 * 3_600_000;
export const ABSOLUTE_MS = 5 * 24 * 3_600_000;

/** Whether the browser speaks https, to us or to the proxy in front of us. */
export function isSecure(c: Context, settings: ServerSettings): boolean {
  if (settings.publicUrl?.startsWith('https:') === true) return true;
  if (settings.trustsProxy === true) return c.req.header('X-Forwarded-Proto') === 'https';
  return false;
}

// Source: RFC 6265bis §4.1.3: the prefix makes browsers refuse such a cookie from http or from a sibling domain.
function cookieName(c: Context, settings: ServerSettings): string {
  return isSecure(c, settings) ? '__Host-portolan_session' : 'portolan_session';
}

export function readSessionCookie(c: Context, settings: ServerSettings): string | undefined {
  const value = getCookie(c, cookieName(c, settings));
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

export function writeSessionCookie(c: Context, settings: ServerSettings, secret: string): void {
  setCookie(c, cookieName(c, settings), secret, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: isSecure(c, settings),
    maxAge: ABSOLUTE_MS / 1000,
  });
}

export function clearSessionCookie(c: Context, settings: ServerSettings): void {
  deleteCookie(c, cookieName(c, settings), { path: '/', secure: isSecure(c, settings) });
}

import type { Context } from 'hono';
import { Refusal } from '../refusal.js';
import type { ServerSettings } from '../server-settings.js';

/**
 * Refuses what a page of another site asks for. A person who follows a link to us from there may read.
 *
 * Source: Fetch Metadata Request Headers, §2; browsers send them, and `Origin` with every write.
 *
 * @throws Refusal `ORIGIN_FOREIGN`.
 */
export function checkOrigin(c: Context, settings: ServerSettings): void {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  const isFollowed = isRead && c.req.header('Sec-Fetch-Mode') === 'navigate';
  const site = c.req.header('Sec-Fetch-Site');
  const origin = c.req.header('Origin');
  const isForeign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && !isOwn(origin, c.req.header('Host'), settings));
  if (isForeign && !isFollowed)
    throw new Refusal('ORIGIN_FOREIGN', 'the request comes from a page of another site');
}

function isOwn(origin: string, host: string | undefined, { publicUrl }: ServerSettings): boolean {
  if (!URL.canParse(origin)) return false;
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return new URL(origin).host === host?.toLowerCase() && /^https?:/.test(origin);
}

import { isIP } from 'node:net';
import type { Context } from 'hono';
import type { ServerSettings } from '../server-settings.js';

/** Where a request comes from: the other end of the connection, or what our own proxy says. `unknown` without a socket. */
export function clientAddress(c: Context, { trustsProxy }: ServerSettings): string {
  if (trustsProxy === true) {
    // The last entry is the proxy's own; those before are whatever the client wrote.
    const last = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() ?? '';
    if (isIP(last) !== 0) return last;
  }
  const incoming: unknown = c.env?.incoming;
  const socket = (incoming as { socket?: { remoteAddress?: string } } | undefined)?.socket;
  return socket?.remoteAddress?.replace(/^::ffff:/, '') ?? 'unknown';
}

import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { Refusal } from '../refusal.js';
import type { ServerSettings } from '../server-settings.js';

function nameIn(host: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(host);
  return (bracketed?.[1] ?? host.replace(/:\d{1,5}$/, '')).toLowerCase();
}

/**
 * Refuses requests for a name that is not ours. A page of another site can make its own name stand for our address, and
 * then count as ours for the browser (DNS rebinding); it cannot do so with an address or `localhost`.
 *
 * @throws Refusal `HOST_UNKNOWN`.
 */
export function checkHost(host: string | undefined, settings: ServerSettings): void {
  const name = nameIn(host ?? '');
  if (name === 'localhost' || isIP(name) !== 0) return;
  const { publicUrl, allowedHosts = [] } = settings;
  const own = [hostname(), ...allowedHosts, settings.host];
  if (publicUrl !== undefined) own.push(new URL(publicUrl).hostname);
  if (name !== '' && own.some((each) => each.toLowerCase() === name)) return;
  throw new Refusal(
    'HOST_UNKNOWN',
    'this server is not asked by that name; start it with --allow-host NAME to permit it',
  );
}

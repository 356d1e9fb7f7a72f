import { fetchAddress } from '../../app/serve-fetch.js';
import type { ServerContext } from '../server-context.js';

/** What is at an address that a client named; see `fetchAddress`. */
export function fetchGuarded(
  { settings }: ServerContext,
  url: string,
  maxBytes: number,
): Promise<Uint8Array> {
  return fetchAddress(url, { maxBytes, allowsPrivate: settings.allowsPrivateUrls === true });
}

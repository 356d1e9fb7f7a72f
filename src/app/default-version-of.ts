import { listVersions } from '../attack/index.js';
import type { Domain } from '../model/index.js';

/** The version of a domain that opens when none is asked for. */
export function defaultVersionOf(domain: Domain, userFolder: string): string | undefined {
  return listVersions({ userFolder }).find((entry) => entry.domain === domain && entry.isDefault)
    ?.version;
}

import { AppError, DOMAINS, type Domain, parseDomain } from '../model/index.js';

/**
 * The domain that a user named, or all of them.
 *
 * @throws AppError `USAGE` for a word that names none.
 */
export function domainsAsked(domain: string | undefined): readonly Domain[] {
  if (domain === undefined) return DOMAINS;
  const parsed = parseDomain(domain);
  if (parsed !== undefined) return [parsed];
  const found = JSON.stringify(domain.slice(0, 60));
  throw new AppError('USAGE', `expected a domain (enterprise, mobile, ics), found ${found}`);
}

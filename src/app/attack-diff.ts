import { diffVersions, openKnowledgeBase, type VersionDiff } from '../attack/index.js';
import { AppError, parseDomain } from '../model/index.js';
import { kindsAsked } from './kinds-asked.js';

export interface CompareOptions {
  /** Default Enterprise. */
  readonly domain?: string | undefined;
  /** Default: all. */
  readonly kinds?: readonly string[] | undefined;
}

/**
 * Compares two versions of ATT&CK of one domain.
 *
 * @throws AppError `USAGE` for an unknown domain or kind; `NOT_FOUND` for a version that is not there, with those that are.
 */
export function compareAttackVersions(
  older: string,
  newer: string,
  { domain: asked = 'enterprise', kinds = [] }: CompareOptions = {},
): VersionDiff {
  const domain = parseDomain(asked);
  if (domain === undefined) {
    const found = JSON.stringify(asked.slice(0, 60));
    throw new AppError('USAGE', `expected a domain (enterprise, mobile, ics), found ${found}`);
  }
  return diffVersions(
    openKnowledgeBase({ domain, version: older }),
    openKnowledgeBase({ domain, version: newer }),
    { kinds: kindsAsked(kinds) },
  );
}

import { createMigrator, listVersions, type Migrator, openKnowledgeBase } from '../attack/index.js';
import { DOMAINS, type Domain } from '../model/index.js';

/**
 * A migrator over every version that can be opened, shipped and installed.
 *
 * @param domains default all of them; one is quicker.
 */
export function openMigrator(domains: readonly Domain[] = DOMAINS): Migrator {
  // A full bundle follows the catalogue of its version in the list, and takes its place.
  const versions = new Map<string, { domain: Domain; version: string }>();
  for (const { domain, version, problem } of listVersions()) {
    if (problem === undefined && domains.includes(domain))
      versions.set(`${domain} ${version}`, { domain, version });
  }
  return createMigrator([...versions.values()].map((choice) => openKnowledgeBase(choice)));
}

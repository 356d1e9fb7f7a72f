import { compareVersions } from '../compare-versions.js';
import type { Edition } from './edition.js';
import type { Span } from './migrate-technique.js';
import type { PlatformMigration } from './migration.js';
import {
  PLATFORM_RENAMES,
  PLATFORM_SPELLINGS,
  type PlatformRename,
} from './platform-renames.table.js';

/** Moves a platform name to the spelling of the wanted version. */
export function migratePlatform(platform: string, span: Span): PlatformMigration {
  const answer = (
    targets: readonly string[],
    decision: PlatformMigration['decision'],
    reason: string,
  ): PlatformMigration => ({
    kind: 'platform-migration',
    platform,
    targets,
    decision,
    reason,
    changed: targets.length !== 1 || targets[0] !== platform,
  });
  const { to } = span;
  const exact = spellingIn(platform, to);
  if (exact !== undefined) {
    return answer(
      [exact],
      'automatic',
      exact === platform ? `${platform} stays` : `${platform} is written ${exact}`,
    );
  }
  const targets = follow(platform, to);
  if (targets.length === 0) {
    return answer(
      [platform],
      'needs-person',
      `${platform} is no platform of ATT&CK ${to.version}; kept`,
    );
  }
  const became = `${platform} is ${targets.join(' and ')} in ATT&CK ${to.version}`;
  return answer(targets, targets.length === 1 ? 'automatic' : 'suggested', became);
}

/** All names of the wanted edition that a name leads to, by renames either way; a platform may have been two before. */
function follow(platform: string, to: Edition): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [platform];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name.toLowerCase())) continue;
    seen.add(name.toLowerCase());
    const known = spellingIn(name, to);
    if (known !== undefined) found.add(known);
    else open.push(...neighbours(name, to));
  }
  return [...found].sort();
}

function neighbours(name: string, to: Edition): readonly string[] {
  const isSame = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
  const isIn = ({ since }: PlatformRename): boolean => compareVersions(to.version, since) >= 0;
  return PLATFORM_RENAMES.flatMap((rename) => {
    if (isSame(rename.old) && isIn(rename)) return [rename.renamed];
    return isSame(rename.renamed) && !isIn(rename) ? [rename.old] : [];
  });
}

function spellingIn(name: string, { platforms }: Edition): string | undefined {
  const wanted = PLATFORM_SPELLINGS[name.toLowerCase()] ?? name;
  if (platforms.has(wanted)) return wanted;
  return [...platforms].find((known) => known.toLowerCase() === wanted.toLowerCase());
}

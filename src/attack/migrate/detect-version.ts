import { type Edition, type Editions, nearestEdition } from './edition.js';
import type { VersionDetection, VersionSighting } from './migration.js';

const MOST_EXAMPLES = 5;

/** What of an input does not fit one edition. */
interface Misfit {
  readonly edition: Edition;
  readonly ids: readonly string[];
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  readonly count: number;
}

/**
 * The edition that an input was made against: the one that fewest of its ids, tactics and platforms contradict. Of several, the
 * one that the label names, else the newest. What no edition knows says nothing.
 */
export function detectVersion(sighting: VersionSighting, editions: Editions): VersionDetection {
  const misfits = countMisfits(sighting, editions);
  const fewest = Math.min(...misfits.map(({ count }) => count));
  const fitting = misfits.filter(({ count }) => count === fewest);
  const candidates = fitting.map(({ edition }) => edition.version);
  const label = sighting.label?.trim();
  const named = label === undefined || label === '' ? undefined : nearestEdition(editions, label);
  const namedVersion = named === undefined ? undefined : editions[named.index]?.version;
  const labelFits =
    named === undefined ||
    namesAround(editions, named).some((version) => candidates.includes(version));
  const chosen =
    namedVersion !== undefined && candidates.includes(namedVersion)
      ? namedVersion
      : ((labelFits && named !== undefined
          ? namesAround(editions, named).find((version) => candidates.includes(version))
          : undefined) ?? candidates.at(-1));
  return {
    kind: 'version-detection',
    version: chosen ?? editions.at(-1)?.version ?? '',
    certain: candidates.length === 1,
    candidates,
    evidence: explain(misfits, candidates),
    labelDisagrees: !labelFits,
    approximate: named !== undefined && !named.exact,
  };
}

/** A label that is not known may stand for either neighbour. */
function namesAround(
  editions: Editions,
  { index, exact }: { readonly index: number; readonly exact: boolean },
): readonly string[] {
  const places = exact ? [index] : [index, index - 1, index + 1];
  return places.flatMap((place) => editions[place]?.version ?? []);
}

function countMisfits(sighting: VersionSighting, editions: Editions): readonly Misfit[] {
  const ids = knownOnly(sighting.techniqueIds, (id) =>
    editions.some((edition) => edition.active(id) !== undefined),
  );
  const tactics = knownOnly(sighting.tactics, (tactic) =>
    editions.some((edition) => edition.tactics.includes(tactic)),
  );
  const platforms = knownOnly(sighting.platforms, (platform) =>
    editions.some((edition) => edition.platforms.has(platform)),
  );
  return editions.map((edition) => {
    const strayIds = ids.filter((id) => edition.active(id) === undefined);
    const strayTactics = tactics.filter((tactic) => !edition.tactics.includes(tactic));
    const strayPlatforms = platforms.filter((platform) => !edition.platforms.has(platform));
    return {
      edition,
      ids: strayIds,
      tactics: strayTactics,
      platforms: strayPlatforms,
      count: strayIds.length + strayTactics.length + strayPlatforms.length,
    };
  });
}

function knownOnly(
  names: readonly string[],
  isKnown: (name: string) => boolean,
): readonly string[] {
  return [...new Set(names)].filter(isKnown);
}

function explain(misfits: readonly Misfit[], candidates: readonly string[]): readonly string[] {
  const against = misfits.flatMap(({ edition, ids, tactics, platforms }) => {
    const parts = [
      describe('id', ids),
      describe('tactic', tactics),
      describe('platform', platforms),
    ].filter((part) => part !== '');
    return parts.length === 0 ? [] : [`not of ${edition.version}: ${parts.join('; ')}`];
  });
  const verb = candidates.length === 1 ? 'fits best' : 'fit equally well';
  return [`${candidates.join(', ')} ${verb}`, ...against];
}

function describe(noun: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > MOST_EXAMPLES ? ` and ${names.length - MOST_EXAMPLES} more` : '';
  return `${noun}${names.length === 1 ? '' : 's'} ${names.slice(0, MOST_EXAMPLES).join(', ')}${more}`;
}

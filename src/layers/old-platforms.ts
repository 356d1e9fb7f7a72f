// Source: layer formats 1.0 to 2.1 ("Valid values are") and Navigator's reading of them.
const LOWER_CASE: ReadonlyMap<string, string> = new Map([
  ['windows', 'Windows'],
  ['linux', 'Linux'],
  ['mac', 'macOS'],
  ['android', 'Android'],
  ['ios', 'iOS'],
]);

// Source: ATT&CK 9 (April 2021) merged the three clouds into IaaS; Navigator followed with layer format 4.2.
const CLOUDS: ReadonlySet<string> = new Set(['AWS', 'GCP', 'Azure']);

function isOlder(format: string, than: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = format.split('.').map(Number);
  return major < than[0] || (major === than[0] && minor < than[1]);
}

/**
 * Platform names of a layer's filter in the spelling of today.
 *
 * @param format of the layer; from 4.2 on names are kept as they are written.
 * @returns each name once, in their order; the same list when nothing changes.
 */
export function modernPlatforms(platforms: readonly string[], format: string): readonly string[] {
  if (!isOlder(format, [4, 2])) return platforms;
  const modern = platforms.map((name) =>
    CLOUDS.has(name)
      ? 'IaaS'
      : ((isOlder(format, [4, 0]) ? LOWER_CASE.get(name) : undefined) ?? name),
  );
  return [...new Set(modern)];
}

import type { Migrator, VersionDetection } from '../attack/lookup.js';
import type { Issue } from '../model/index.js';
import type { Layer } from './layer.js';
import type { LayerMigrationStep } from './layer-migration-step.js';
import { migrateEntries } from './migrate-entries.js';

export interface MigrateLayerOptions {
  /** ATT&CK version that is wanted; the nearest that the migrator knows is used. */
  readonly to: string;
  /** Version that the layer was made against; default: read from its ids, tactics and platforms. */
  readonly from?: string | undefined;
  /** Name of the layer's file, for Issues. */
  readonly source?: string | undefined;
}

/** A layer in the wanted version, and how it came to it. */
export interface LayerMigration {
  readonly kind: 'layer-migration';
  readonly layer: Layer;
  /** Versions that were used. */
  readonly from: string;
  readonly to: string;
  /** What changed, and what a person should look at; unchanged entries are not listed. */
  readonly steps: readonly LayerMigrationStep[];
  readonly issues: readonly Issue[];
  /** What the layer's content says of its version, also when `from` was given. */
  readonly detection: VersionDetection;
}

/** The ATT&CK version that a layer was really made against, whatever its label says. */
export function detectLayerVersion(layer: Layer, migrator: Migrator): VersionDetection {
  return migrator.detectVersion({
    domain: layer.domain,
    techniqueIds: layer.techniques.map((entry) => entry.techniqueId),
    tactics: layer.techniques.flatMap((entry) => entry.tactic ?? []),
    platforms: layer.filters.platforms ?? [],
    label: layer.versions.attack,
  });
}

/** The platform filter in the names of the wanted version, each once. */
function migratePlatforms(
  layer: Layer,
  migrator: Migrator,
  move: { readonly from: string; readonly to: string },
): { readonly filters: Layer['filters']; readonly steps: readonly LayerMigrationStep[] } {
  const { platforms } = layer.filters;
  if (platforms === undefined) return { filters: layer.filters, steps: [] };
  const steps: LayerMigrationStep[] = [];
  const moved = new Set<string>();
  for (const [index, platform] of platforms.entries()) {
    const answer = migrator.migratePlatform(platform, { ...move, domain: layer.domain });
    for (const target of answer.targets) moved.add(target);
    if (!answer.changed && answer.decision === 'automatic') continue;
    steps.push({
      kind: 'migration-step',
      path: `filters.platforms[${index}]`,
      raw: platform,
      from: platform,
      to: answer.targets.join(', '),
      decision: answer.decision,
      reason: answer.reason,
      line: undefined,
    });
  }
  return { filters: { ...layer.filters, platforms: [...moved] }, steps };
}

function versionIssues(
  layer: Layer,
  options: MigrateLayerOptions,
  used: { readonly detection: VersionDetection; readonly migrator: Migrator },
): readonly Issue[] {
  const { detection, migrator } = used;
  const issue = (code: 'VERSION_MISLABELLED' | 'VERSION_APPROXIMATE', message: string): Issue => ({
    kind: 'issue',
    code,
    message,
    at: {
      ...(options.source === undefined ? {} : { source: options.source }),
      path: 'versions.attack',
    },
  });
  const issues: Issue[] = [];
  if (detection.labelDisagrees) {
    const evidence = detection.evidence.join('; ');
    const message = `expected content of ATT&CK ${layer.versions.attack ?? ''}, found ${detection.version}: ${evidence}`;
    issues.push(issue('VERSION_MISLABELLED', message));
  }
  const asked = [
    options.from ?? (detection.approximate ? layer.versions.attack : undefined),
    options.to,
  ];
  for (const version of asked) {
    if (version === undefined) continue;
    const nearest = migrator.nearestVersion(version, layer.domain);
    if (nearest.exact) continue;
    const message = `expected ATT&CK ${version}, found none of it here; ${nearest.version} is used`;
    issues.push(issue('VERSION_APPROXIMATE', message));
  }
  return issues;
}

/**
 * Moves a layer to another version of ATT&CK.
 *
 * Nothing is dropped: an id that no version knows stays and is listed for a person. Entries that land on one technique and tactic
 * become one with the comments, links and metadata of all and the highest score; one that becomes several is copied.
 *
 * @returns a layer labelled with the version that was used for `to`.
 */
export function migrateLayer(
  layer: Layer,
  migrator: Migrator,
  options: MigrateLayerOptions,
): LayerMigration {
  const detection = detectLayerVersion(layer, migrator);
  const from = migrator.nearestVersion(options.from ?? detection.version, layer.domain).version;
  const to = migrator.nearestVersion(options.to, layer.domain).version;
  const platforms = migratePlatforms(layer, migrator, { from, to });
  const entries = migrateEntries(layer, (entry) =>
    migrator.migrateTechnique({
      domain: layer.domain,
      techniqueId: entry.techniqueId,
      tactic: entry.tactic,
      platforms: layer.filters.platforms,
      text: entry.comment,
      from,
      to,
    }),
  );
  return {
    kind: 'layer-migration',
    layer: {
      ...layer,
      versions: { ...layer.versions, attack: to },
      filters: platforms.filters,
      techniques: entries.techniques,
    },
    from,
    to,
    steps: [...entries.steps, ...platforms.steps],
    issues: versionIssues(layer, options, { detection, migrator }),
    detection,
  };
}

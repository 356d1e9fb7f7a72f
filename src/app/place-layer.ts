import { type KnowledgeBase, type Migrator, openKnowledgeBase } from '../attack/index.js';
import {
  detectLayerVersion,
  type Layer,
  type LayerMigrationStep,
  migrateLayer,
} from '../layers/index.js';
import type { Issue } from '../model/index.js';
import type { OpenedLayer } from './open-layers.js';

/** A layer and the version of ATT&CK that it stands on. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly source: string;
  readonly knowledgeBase: KnowledgeBase;
  /** What migration changed; empty when the layer stays in its own version. */
  readonly steps: readonly LayerMigrationStep[];
  readonly issues: readonly Issue[];
}

/**
 * Puts a layer on a version of ATT&CK: the one asked for, to which it is migrated, else the one that its ids,
 * tactics and platforms show it was made against, whatever its label says.
 */
export function placeLayer(
  { layer, source }: OpenedLayer,
  migrator: Migrator,
  to?: string,
): PlacedLayer {
  const { domain } = layer;
  if (to === undefined) {
    const detection = detectLayerVersion(layer, migrator);
    const { version } = migrator.nearestVersion(detection.version, domain);
    const knowledgeBase = openKnowledgeBase({ domain, version });
    const issues = detection.labelDisagrees ? [mislabelled(layer, source, version)] : [];
    return { layer, source, knowledgeBase, steps: [], issues };
  }
  const knowledgeBase = openKnowledgeBase({ domain, version: to });
  const migration = migrateLayer(layer, migrator, { to: knowledgeBase.version, source });
  return {
    layer: migration.layer,
    source,
    knowledgeBase,
    steps: migration.steps,
    issues: migration.issues,
  };
}

function mislabelled({ versions }: Layer, source: string, version: string): Issue {
  const message = `expected what the label says, ATT&CK ${versions.attack ?? 'none'}, found ids of ${version}; shown on ${version}`;
  return {
    kind: 'issue',
    code: 'VERSION_MISLABELLED',
    message,
    at: { source, path: 'versions.attack' },
  };
}

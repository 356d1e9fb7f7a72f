import {
  createMigrator,
  diffVersions,
  type KnowledgeBase,
  type VersionDiff,
} from '../../../src/attack/lookup.js';
import { type Layer, type LayerMigration, migrateLayer } from '../../../src/layers/index.js';

// Loaded with the panel that changes versions; the first page does without.

/** Moves a layer to another version, by all versions that are known. */
export function migrateTo(
  layer: Layer,
  knowledgeBases: readonly KnowledgeBase[],
  to: string,
): LayerMigration {
  return migrateLayer(layer, createMigrator(knowledgeBases), { to });
}

const ENTRY = /^techniques\[(\d+)\]/;

/**
 * Moves a layer, but leaves what the refused steps are about as it was.
 *
 * @param refused paths of steps: `techniques[3]`.
 */
export function migrateAccepted(
  layer: Layer,
  knowledgeBases: readonly KnowledgeBase[],
  choice: { readonly to: string; readonly refused: ReadonlySet<string> },
): Layer {
  const places = new Set([...choice.refused].map((path) => Number(ENTRY.exec(path)?.[1] ?? -1)));
  const moved = layer.techniques.filter((_, index) => !places.has(index));
  const kept = layer.techniques.filter((_, index) => places.has(index));
  // The version is told by all entries, also by those that stay.
  const { from } = migrateTo(layer, knowledgeBases, choice.to);
  const migration = migrateLayer({ ...layer, techniques: moved }, createMigrator(knowledgeBases), {
    to: choice.to,
    from,
  });
  return { ...migration.layer, techniques: [...migration.layer.techniques, ...kept] };
}

/** What two versions differ in. */
export function explainVersions(from: KnowledgeBase, to: KnowledgeBase): VersionDiff {
  return diffVersions(from, to, { kinds: ['technique', 'tactic'] });
}

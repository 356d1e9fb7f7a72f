import type { MigrationDecision } from '../attack/lookup.js';

/** One thing that the migration of a layer changed, or left for a person; a migration step with its place in the layer. */
export interface LayerMigrationStep {
  readonly kind: 'migration-step';
  /** `techniques[3]`, `filters.platforms[0]`; of the layer before. */
  readonly path: string;
  /** As the layer has it: `T1562.001`. */
  readonly raw: string;
  /** What it means: `T1562.001 in defense-evasion`. */
  readonly from: string;
  /** What stands there now; several are separated by `, `. */
  readonly to: string;
  readonly decision: MigrationDecision;
  /** One line for people. */
  readonly reason: string;
  /** Layers have no lines; `path` says where. */
  readonly line: undefined;
}

import type { MigrationDecision, Migrator } from './migration.js';

/** One thing that a migration of a text changed, or left for a person. */
export interface MigrationStep {
  readonly kind: 'migration-step';
  /** As the text has it: `attack.t1562.001`. */
  readonly raw: string;
  /** What it means: `T1562.001`, `defense-evasion`. */
  readonly from: string;
  /** What stands there now: `T1685`; several are separated by `, `; empty = it is gone, or was not there before when `from` is. */
  readonly to: string;
  readonly decision: MigrationDecision;
  /** One line for people. */
  readonly reason: string;
  /** 1-based; undefined where the format has none. */
  readonly line: number | undefined;
}

/** A text in the wanted version, and how it came to it. */
export interface TextMigration {
  readonly kind: 'text-migration';
  /** The same string when nothing changed. */
  readonly text: string;
  readonly steps: readonly MigrationStep[];
}

/** Which versions; what else is known comes from the text itself. */
export interface TextMove {
  readonly migrator: Migrator;
  readonly from: string;
  readonly to: string;
}

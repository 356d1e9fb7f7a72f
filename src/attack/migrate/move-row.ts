import type { MigrationContext, MigrationDecision, Migrator } from './migration.js';

/** What becomes of one id or tactic of a record. */
export interface MovedName {
  /** Never empty for an id; empty for a tactic that goes without another in its place. */
  readonly names: readonly string[];
  readonly decision: MigrationDecision;
  readonly reason: string;
  readonly changed: boolean;
}

/** A record in the wanted version. */
export interface RowMove {
  /** One for each id asked about. */
  readonly techniques: readonly MovedName[];
  /** One for each tactic asked about. */
  readonly tactics: readonly MovedName[];
}

/** What a record says. */
export interface RowQuestion {
  readonly context: MigrationContext;
  readonly techniqueIds: readonly string[];
  readonly tactics: readonly string[];
}

/**
 * Moves one record. With a single technique its tactics are (technique, tactic) pairs, so that each of them is one of the
 * technique's afterwards; with none or several the tactics are tags of the whole record.
 */
export function moveRow(
  migrator: Migrator,
  { context, techniqueIds, tactics }: RowQuestion,
): RowMove {
  const [only] = techniqueIds;
  if (only !== undefined && techniqueIds.length === 1) {
    return movePairs(migrator, { context, techniqueId: only, tactics });
  }
  const moved = migrator.migrateTags({ ...context, techniqueIds, tactics });
  return {
    techniques: moved.techniques.map(({ targets, decision, reason, changed }) => ({
      names: targets.map(({ techniqueId }) => techniqueId),
      decision,
      reason,
      changed,
    })),
    tactics: moved.tactics.map(({ targets, decision, reason, changed }) => ({
      names: targets,
      decision,
      reason,
      changed,
    })),
  };
}

interface PairsQuestion {
  readonly context: MigrationContext;
  readonly techniqueId: string;
  readonly tactics: readonly string[];
}

function movePairs(migrator: Migrator, { context, techniqueId, tactics }: PairsQuestion): RowMove {
  const moved = migrator.migrateTechnique({ ...context, techniqueId, tactic: undefined });
  return {
    techniques: [
      {
        names: moved.targets.map((target) => target.techniqueId),
        decision: moved.decision,
        reason: moved.reason,
        changed: moved.changed,
      },
    ],
    tactics: tactics.map((tactic) => {
      const pair = migrator.migrateTechnique({ ...context, techniqueId, tactic });
      const names = [...new Set(pair.targets.flatMap((target) => target.tactics))];
      return {
        names,
        decision: pair.decision,
        reason: pair.reason,
        changed: names.length !== 1 || names[0] !== tactic,
      };
    }),
  };
}

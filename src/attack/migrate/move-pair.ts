import type { Edition } from './edition.js';
import type { MigrationDecision } from './migration.js';
import { TACTIC_SUCCESSIONS } from './tactic-successors.table.js';

/** Tactics of the same subject in another edition: successors of a tactic that ended, or the one that it came from. */
export function relatedTactics(tactic: string, edition: Edition): readonly string[] {
  const related = TACTIC_SUCCESSIONS.filter(({ domain }) => domain === edition.domain).flatMap(
    ({ old, successors }) => {
      if (old === tactic) return successors;
      return successors.includes(tactic) ? [old] : [];
    },
  );
  return related.filter((name) => edition.tactics.includes(name));
}

/** One tactic of a technique, and the tactics of that technique in both editions. */
export interface PairMove {
  readonly tactic: string;
  /** Tactics of the technique in the edition that it comes from. */
  readonly oldTactics: readonly string[];
  /** Tactics of its target. */
  readonly newTactics: readonly string[];
  readonly to: Edition;
  /** Whether `to` is the newer edition. */
  readonly isForward: boolean;
}

/** Where a (technique, tactic) pair lands. */
export interface PairLanding {
  readonly tactics: readonly string[];
  readonly decision: MigrationDecision;
  readonly reason: string;
}

/**
 * Tactics under which a (technique, tactic) pair goes on: itself where it is kept, else new − old of the technique.
 *
 * @returns `tactics` in matrix order of the new edition, never empty.
 */
export function movePair(move: PairMove): PairLanding {
  const { tactic, oldTactics, newTactics, to, isForward } = move;
  if (newTactics.includes(tactic)) {
    return { tactics: [tactic], decision: 'automatic', reason: `${tactic} stays` };
  }
  const related = relatedTactics(tactic, to).filter((name) => newTactics.includes(name));
  if (!oldTactics.includes(tactic)) {
    if (related.length > 0) {
      return {
        tactics: related,
        decision: 'suggested',
        reason: `${tactic} became ${list(related)}`,
      };
    }
    return {
      tactics: [tactic],
      decision: 'needs-person',
      reason: `the technique is under ${tactic} in neither version; kept`,
    };
  }
  const gained = newTactics.filter((name) => !oldTactics.includes(name));
  // Backwards one new tactic stands for part of the old ones only: stealth was defense-evasion, not also persistence.
  const relatedGain = gained.filter((name) => related.includes(name));
  const landing = !isForward && relatedGain.length > 0 ? relatedGain : gained;
  if (landing.length > 0) {
    return {
      tactics: landing,
      decision: 'automatic',
      reason: `the technique left ${tactic} for ${list(landing)}`,
    };
  }
  if (newTactics.length === 0) {
    return {
      tactics: [tactic],
      decision: 'needs-person',
      reason: 'the technique has no tactic; kept',
    };
  }
  return {
    tactics: newTactics,
    decision: 'suggested',
    reason: `the technique left ${tactic} for none; ${list(newTactics)} remains`,
  };
}

function list(names: readonly string[]): string {
  return names.join(', ');
}

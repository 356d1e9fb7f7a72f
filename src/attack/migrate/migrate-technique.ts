import { type Edition, type Editions, nearestEdition } from './edition.js';
import type { MigrationTarget, TechniqueMigration, TechniqueQuestion } from './migration.js';
import { movePair } from './move-pair.js';
import { lessSure, type Trace } from './trace.js';
import { traceTechnique } from './trace-technique.js';

/** Both ends of a migration, as places in the editions of a domain. */
export interface Span {
  readonly editions: Editions;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly from: Edition;
  readonly to: Edition;
  readonly isForward: boolean;
}

/** The editions nearest to the versions asked for; undefined when the domain has none. */
export function findSpan(
  editions: Editions,
  { from, to }: { readonly from: string; readonly to: string },
): Span | undefined {
  const fromIndex = nearestEdition(editions, from).index;
  const toIndex = nearestEdition(editions, to).index;
  const [first, last] = [editions[fromIndex], editions[toIndex]];
  if (first === undefined || last === undefined) return undefined;
  return { editions, fromIndex, toIndex, from: first, to: last, isForward: toIndex >= fromIndex };
}

/** Tactics of an id in the edition that it comes from, or in the nearest one that knows it. */
export function tacticsBefore(
  techniqueId: string,
  { editions, fromIndex }: Span,
): readonly string[] {
  const [nearest] = editions
    .map((edition, index) => ({ edition, distance: Math.abs(index - fromIndex) }))
    .filter(({ edition }) => edition.technique(techniqueId) !== undefined)
    .sort((a, b) => a.distance - b.distance);
  return nearest?.edition.technique(techniqueId)?.tactics ?? [];
}

/** Moves one technique id, or one (technique, tactic) pair. */
export function migrateTechnique(question: TechniqueQuestion, span: Span): TechniqueMigration {
  const { techniqueId, tactic } = question;
  const trace = traceTechnique(techniqueId, { ...span, context: question });
  const target = span.to.active(trace.techniqueId);
  const base = {
    kind: 'technique-migration',
    techniqueId,
    tactic,
    from: span.from.version,
    to: span.to.version,
    alternatives: trace.alternatives,
  } as const;
  if (tactic === undefined || target === undefined) {
    const tactics = target?.tactics ?? (tactic === undefined ? [] : [tactic]);
    return {
      ...base,
      targets: [{ techniqueId: trace.techniqueId, tactics }],
      decision: trace.decision,
      reason: trace.reason,
      changed: trace.techniqueId !== techniqueId,
    };
  }
  const landing = movePair({
    tactic,
    oldTactics: tacticsBefore(techniqueId, span),
    newTactics: target.tactics,
    to: span.to,
    isForward: span.isForward,
  });
  const [only] = landing.tactics;
  const changed =
    trace.techniqueId !== techniqueId || only !== tactic || landing.tactics.length > 1;
  return {
    ...base,
    targets: [
      { techniqueId: trace.techniqueId, tactics: landing.tactics },
    ] satisfies readonly MigrationTarget[],
    decision: lessSure(trace.decision, landing.decision),
    reason: joinReasons(trace, landing.reason),
    changed,
  };
}

function joinReasons(trace: Trace, reason: string): string {
  return trace.reason === 'the id stays' ? reason : `${trace.reason}; ${reason}`;
}

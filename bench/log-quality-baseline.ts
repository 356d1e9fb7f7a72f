import { familyOf } from '../src/app/map-confidence-rule.js';
import type { ObservedUnit } from './log-quality-observe.js';
import type { Prediction } from './log-quality-train.js';

/** What a tool without a model says: every technique that a rule of SigmaHQ is tagged with, all as sure, most rules first. */
export function predictByTags(unit: ObservedUnit): Prediction {
  const exact = new Map<string, number>();
  const scores = new Map<string, number>();
  for (const { origin, techniqueIds } of unit.fired) {
    if (origin !== 'pack-rule') continue;
    for (const id of techniqueIds) exact.set(id, (exact.get(id) ?? 0) + 1);
    for (const id of new Set(techniqueIds.map(familyOf))) scores.set(id, (scores.get(id) ?? 0) + 1);
  }
  return { unit, scores, exact };
}

/** What can be found at all: every technique that any rule or behaviour claims. */
export function predictByClaims(unit: ObservedUnit): Prediction {
  const exact = new Map(
    unit.fired.flatMap(({ techniqueIds }) => techniqueIds.map((id) => [id, 1])),
  );
  const scores = new Map([...exact.keys()].map((id) => [familyOf(id), 1]));
  return { unit, scores, exact };
}

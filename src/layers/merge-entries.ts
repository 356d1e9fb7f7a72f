import { mergeScores } from '../attack/lookup.js';
import { describeValue } from './describe-value.js';
import type { LayerTechnique } from './layer.js';

/** Several entries as one, and what of them the one cannot hold. */
export interface MergedEntry {
  readonly entry: LayerTechnique;
  /** One line a loss or choice, for people: `color #ff0000 left out`. */
  readonly notes: readonly string[];
}

/** Values each once, by content, in their order. */
function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

// Notes are one line; the scores themselves are still in the layer before.
const MOST_SCORES = 5;

function scoreNotes(
  scores: readonly (number | undefined)[],
  merged: number | undefined,
): readonly string[] {
  const given = distinct(scores.filter((score) => score !== undefined));
  if (given.length < 2) return [];
  const more = given.length > MOST_SCORES ? ` and ${given.length - MOST_SCORES} more` : '';
  return [`score ${merged} is the highest of ${given.slice(0, MOST_SCORES).join(', ')}${more}`];
}

function colorNotes([kept, ...others]: readonly string[]): readonly string[] {
  return others.map((color) => `color ${color} left out, ${kept} kept`);
}

/** Unknown fields that differ: the first entry's stay. */
function unknownNotes(
  entries: readonly LayerTechnique[],
  kept: LayerTechnique['unknown'],
): readonly string[] {
  const clashes = entries.flatMap(({ unknown }) =>
    Object.entries(unknown).filter(
      ([name, value]) => JSON.stringify(kept[name]) !== JSON.stringify(value),
    ),
  );
  return distinct(clashes).map(
    ([name, value]) => `field ${name} with ${describeValue(value)} left out`,
  );
}

/**
 * Merges entries that land on one technique: comments, links and metadata of all of them, the highest score, enabled when one is.
 *
 * @param first the entry whose colour and unknown fields stay where they differ; the result has its id and tactic.
 */
export function mergeEntries(
  first: LayerTechnique,
  others: readonly LayerTechnique[],
): MergedEntry {
  const all = [first, ...others];
  const scores = all.map((entry) => entry.score);
  const score = mergeScores(scores);
  const colors = distinct(all.map((entry) => entry.color).filter((color) => color !== ''));
  // Reversed, because the last one of a name wins in an object.
  const unknown = Object.fromEntries(
    all.toReversed().flatMap((entry) => Object.entries(entry.unknown)),
  );
  const comments = distinct(all.map((entry) => entry.comment).filter((comment) => comment !== ''));
  return {
    entry: {
      techniqueId: first.techniqueId,
      tactic: first.tactic,
      comment: comments.join('\n'),
      enabled: all.some((entry) => entry.enabled),
      score,
      color: colors[0] ?? '',
      metadata: distinct(all.flatMap((entry) => entry.metadata)),
      links: distinct(all.flatMap((entry) => entry.links)),
      showSubtechniques: all.some((entry) => entry.showSubtechniques),
      unknown,
    },
    notes: [...scoreNotes(scores, score), ...colorNotes(colors), ...unknownNotes(all, unknown)],
  };
}

import type { Technique } from '../attack-object.js';
import type { Edition } from './edition.js';

const HOW_MANY = 3;

/**
 * Techniques of another edition whose names share most words with this one's; of equals, those with a tactic in common.
 *
 * @returns at most three ids, nearest first; none that shares no word.
 */
export function nearestTechniques(technique: Technique, edition: Edition): readonly string[] {
  const words = wordsOf(technique.name);
  const scored = edition.techniques.flatMap((other) => {
    const theirs = wordsOf(other.name);
    const shared = [...words].filter((word) => theirs.has(word)).length;
    if (shared === 0) return [];
    const likeness = shared / (words.size + theirs.size - shared);
    const isNeighbour = other.tactics.some((tactic) => technique.tactics.includes(tactic));
    return [{ id: other.attackId, score: likeness + (isNeighbour ? 0.1 : 0) }];
  });
  scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return scored.slice(0, HOW_MANY).map(({ id }) => id);
}

function wordsOf(name: string): ReadonlySet<string> {
  return new Set(name.toLowerCase().match(/[a-z]{4,}/g) ?? []);
}

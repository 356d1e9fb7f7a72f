import { createHash } from 'node:crypto';
import type { RelatedMap } from '../../src/attack/lookup.js';

/**
 * What a query answers, as facts: a text, a list as [how many, digest of the ids], or a map of related objects as
 * [keys, pairs, relationships, digest]. Made the same way by scripts/count-mitreattack-python.py.
 */
export type ParityAnswer =
  | string
  | readonly [number, string]
  | readonly [number, number, number, string];

const digest = (lines: readonly string[]): string =>
  createHash('sha256')
    .update([...lines].sort().join('\n'))
    .digest('hex')
    .slice(0, 12);

export function answerOfIds(ids: readonly string[]): ParityAnswer {
  return [ids.length, digest(ids)];
}

export function answerOfObjects(objects: readonly { readonly stixId: string }[]): ParityAnswer {
  return answerOfIds(objects.map(({ stixId }) => stixId));
}

export function answerOfMap(related: RelatedMap): ParityAnswer {
  const lines: string[] = [];
  let relationships = 0;
  for (const [key, list] of related) {
    for (const { object, relations } of list) {
      relationships += relations.length;
      lines.push(`${key} ${object.stixId} ${relations.length}`);
    }
  }
  return [related.size, lines.length, relationships, digest(lines)];
}

/** `691`, `169 / 4640 / 5350`, or the text. */
export function formatAnswer(answer: ParityAnswer): string {
  return typeof answer === 'string' ? answer : answer.slice(0, -1).join(' / ');
}

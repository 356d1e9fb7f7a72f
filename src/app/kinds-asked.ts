import type { AttackKind } from '../attack/index.js';
import { AppError } from '../model/index.js';

const KINDS = [
  'technique',
  'tactic',
  'group',
  'software',
  'campaign',
  'mitigation',
  'asset',
  'data-source',
  'data-component',
  'detection-strategy',
  'analytic',
] as const satisfies readonly AttackKind[];

/**
 * The kind of object that a user named, singular or plural, any case.
 *
 * @throws AppError `USAGE` for a word that names none.
 */
export function kindAsked(word: string): AttackKind {
  const name = word.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '');
  const kind = KINDS.find((each) => each === name);
  if (kind !== undefined) return kind;
  const found = JSON.stringify(word.slice(0, 60));
  throw new AppError('USAGE', `expected a kind (${KINDS.join(', ')}), found ${found}`);
}

/**
 * The kinds of object that a user named; undefined when none was named: all are meant.
 *
 * @throws AppError `USAGE` for a word that names none.
 */
export function kindsAsked(words: readonly string[]): readonly AttackKind[] | undefined {
  return words.length === 0 ? undefined : words.map(kindAsked);
}

import type { AttackKind, AttackObject } from '../attack-object.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { namesOf } from './current-entries.js';
import { foldText } from './fold-text.js';
import { type SearchEntry, toSearchEntry } from './search-entry.js';

// Detection strategies and analytics are known by what they detect, never by a former name.
const NAMED_KINDS: readonly AttackKind[] = [
  'technique',
  'tactic',
  'group',
  'software',
  'campaign',
  'mitigation',
  'asset',
  'data-source',
  'data-component',
];

/**
 * Names and aliases that objects have in other versions only.
 *
 * An entry leads to the object as it is now; to that of the other version when the object is not in `knowledgeBase`.
 *
 * @param others in the order in which they are asked; a name is taken from the first that has it.
 */
export function formerEntries(
  knowledgeBase: KnowledgeBase,
  others: readonly KnowledgeBase[],
): readonly SearchEntry[] {
  const known = new Map<string, Set<string>>();
  const namesKnownFor = (object: AttackObject): Set<string> => {
    const current = knowledgeBase.byStixId.get(object.stixId);
    const names = known.get(object.stixId) ?? new Set(current && foldedNames(current));
    known.set(object.stixId, names);
    return names;
  };
  const entriesOf = (former: AttackObject, other: KnowledgeBase): readonly SearchEntry[] => {
    const names = namesKnownFor(former);
    const current = knowledgeBase.byStixId.get(former.stixId);
    const object = current ?? former;
    const attackVersion = current === undefined ? other.version : knowledgeBase.version;
    return namesOf(former).flatMap(([, text]) => {
      const folded = foldText(text);
      if (names.has(folded)) return [];
      names.add(folded);
      return toSearchEntry({ object, field: 'old-name', text, attackVersion }) ?? [];
    });
  };
  return others.flatMap((other) =>
    NAMED_KINDS.flatMap((kind) => other.ofKind(kind)).flatMap((former) => entriesOf(former, other)),
  );
}

const foldedNames = (object: AttackObject): readonly string[] =>
  namesOf(object).map(([, text]) => foldText(text));

import type { AttackObject, KnowledgeBase } from '../../attack/lookup.js';
import { ORDINARY_WORDS } from './ordinary-words.table.js';

export type NamedObject = AttackObject & {
  readonly kind: 'technique' | 'group' | 'software' | 'campaign';
};

/** A name, and what it may stand for. */
export interface NameEntry {
  /** As ATT&CK writes it. */
  readonly name: string;
  readonly objects: readonly NamedObject[];
  /**
   * How much the name says by itself. `distinct`: enough. `cased`: in ATT&CK's capitals. `ordinary`: a word of any text; in its
   * capitals and with a word beside it that says what it is. `never`: nothing (a technique called "Tool").
   */
  readonly strength: 'distinct' | 'cased' | 'ordinary' | 'never';
}

/** Names and aliases of the active groups, software, campaigns and techniques; sub-techniques also as "Parent: Sub". */
export function nameEntries(knowledgeBase: KnowledgeBase): readonly NameEntry[] {
  const byName = new Map<string, NameEntry>();
  const put = (name: string, object: NamedObject): void => {
    const key = keyOf(name);
    // "Web Service" of the parent is no other name than its own; of two techniques the name says neither.
    const old = byName.get(key);
    const objects = old === undefined ? [object] : [...old.objects, object];
    byName.set(key, {
      name: old?.name ?? name,
      objects: [...new Set(objects)],
      strength: strengthOf(name, objects),
    });
  };
  for (const kind of ['group', 'software', 'campaign'] as const)
    for (const object of knowledgeBase.ofKind(kind))
      for (const name of new Set([object.name, ...object.aliases])) put(name, object);
  const techniques = knowledgeBase.ofKind('technique');
  const byId = new Map<string, string>(techniques.map(({ attackId, name }) => [attackId, name]));
  for (const technique of techniques) {
    for (const name of spellings(technique.name)) put(name, technique);
    const parent = technique.parentId === undefined ? undefined : byId.get(technique.parentId);
    if (parent !== undefined) put(`${parent}: ${technique.name}`, technique);
  }
  return [...byName.values()];
}

/** The name, what stands before and in its brackets, and its singular: `LSASS Memory`, `Valid Accounts` and `Valid Account`. */
function spellings(name: string): readonly string[] {
  const isPlural = /[a-z]{2}(?<![sui])s$/.test(name) && name.includes(' ');
  return isPlural ? [name, name.slice(0, -1)] : [name];
}

/** As the trie reads a name: letters and digits in small letters. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const wordsOf = (name: string): readonly string[] => name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

function strengthOf(name: string, objects: readonly NamedObject[]): NameEntry['strength'] {
  const techniques = objects.filter(({ kind }) => kind === 'technique');
  if (techniques.length > 0 && techniques.length === objects.length)
    return techniqueStrength(name, techniques.length);
  const words = wordsOf(name);
  if (TRADE_WORDS.has(name.toLowerCase())) return 'never';
  if (words.length > 1 || /\d/.test(name)) return groupOfWords(name, words);
  if (isOrdinary(name) || keyOf(name).length <= 3) return 'ordinary';
  // A word in a dictionary of any language may be one: "Royal", "Chimera". Coined words are long or oddly cased.
  return name.length <= 6 ? 'cased' : 'distinct';
}

/** "APT29" says enough; "Deep Panda" in capitals does, "black basta" too. */
function groupOfWords(name: string, words: readonly string[]): NameEntry['strength'] {
  if (keyOf(name).length <= 3) return 'ordinary';
  return words.every(isOrdinary) || keyOf(name).length <= 4 ? 'cased' : 'distinct';
}

/** One ordinary word, or one that two techniques have, says nothing; a few words do. */
function techniqueStrength(name: string, count: number): NameEntry['strength'] {
  if (wordsOf(name).length > 1) return 'distinct';
  // "PowerShell" is a product's own spelling and no ordinary word, however often it stands in a text.
  const isCoined = /[a-z][A-Z]/.test(name) && !SCRIPT_WORDS.test(name);
  const isPlain = isOrdinary(name) || name.length <= 4 || TRADE_WORDS.has(name.toLowerCase());
  return count > 1 || (isPlain && !isCoined) ? 'never' : 'distinct';
}

/** A web page's own language: named far from any technique. */
const SCRIPT_WORDS = /^JavaScript$/;

/** Words of the trade that every report has, whatever was done. */
const TRADE_WORDS = new Set(
  'malware exploits vulnerabilities botnet credentials wiper loader stealer downloader dropper keylogger ransomware backdoor trojan rat'.split(
    ' ',
  ),
);

/** A word of ordinary text, also where that text has it in the plural or singular. */
function isOrdinary(word: string): boolean {
  const lower = word.toLowerCase();
  return (
    ORDINARY_WORDS.has(lower) ||
    ORDINARY_WORDS.has(`${lower}s`) ||
    ORDINARY_WORDS.has(lower.replace(/s$/, ''))
  );
}

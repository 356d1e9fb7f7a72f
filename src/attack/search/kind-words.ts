import type { AttackKind } from '../attack-object.js';

const KIND_WORDS: Readonly<Record<string, AttackKind>> = {
  technique: 'technique',
  subtechnique: 'technique',
  tactic: 'tactic',
  group: 'group',
  actor: 'group',
  software: 'software',
  malware: 'software',
  tool: 'software',
  campaign: 'campaign',
  mitigation: 'mitigation',
  asset: 'asset',
};

/** A query that begins or ends with a kind of object: `group apt29`, `Discovery tactic`. */
export interface KindQuery {
  readonly kind: AttackKind;
  /** The query without that word. */
  readonly rest: string;
}

/** Reads the word for a kind off a query; undefined when it has none, or nothing else. */
export function parseKindQuery(query: string): KindQuery | undefined {
  const words = query.trim().split(/\s+/);
  const kindOf = (word: string | undefined): AttackKind | undefined => {
    const singular = word?.toLowerCase().replace(/s$/, '') ?? '';
    return Object.hasOwn(KIND_WORDS, singular) ? KIND_WORDS[singular] : undefined;
  };
  if (words.length < 2) return undefined;
  const first = kindOf(words[0]);
  if (first !== undefined) return { kind: first, rest: words.slice(1).join(' ') };
  const last = kindOf(words.at(-1));
  return last === undefined ? undefined : { kind: last, rest: words.slice(0, -1).join(' ') };
}

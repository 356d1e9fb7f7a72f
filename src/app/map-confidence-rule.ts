import type { KnowledgeBase } from '../attack/index.js';
import type { SigmaLevel, SigmaStatus } from '../sigma/index.js';

/** Who says that a technique was seen: a rule of Portolan, a rule of another pack, or a behaviour over many events. */
export type EvidenceOrigin = 'own-rule' | 'pack-rule' | 'behavior';

/** A rule or behaviour, as far as the confidence in its techniques looks at it. */
export interface ConfidenceRule {
  /** UUID, name or title; `portolan:<name>` of a behaviour. */
  readonly ruleId: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly level: SigmaLevel;
  readonly status: SigmaStatus;
  readonly origin: EvidenceOrigin;
  /** Of the ATT&CK version that is mapped to. */
  readonly techniqueIds: readonly string[];
}

/** What is said of a technique, or of it together with its sub-techniques. */
export interface TechniqueClaim {
  /** The technique, or the parent of the sub-technique that is claimed. */
  readonly familyId: string;
  readonly techniqueId: string;
  /** 0..1: share of the words of the technique's name that the rule's title or description has. */
  readonly named: number;
}

/** Facts of a rule that do not change during a run. */
export interface RuleTraits {
  readonly rule: ConfidenceRule;
  readonly claims: readonly TechniqueClaim[];
  /** Different techniques, sub-techniques counted with their parent. */
  readonly families: number;
}

/** The technique that a sub-technique belongs to, or the technique itself. */
export function familyOf(techniqueId: string): string {
  return techniqueId.slice(0, 5);
}

export function readRuleTraits(rule: ConfidenceRule, knowledgeBase: KnowledgeBase): RuleTraits {
  const words = wordsOf(`${rule.title} ${rule.description ?? ''}`);
  const claims = rule.techniqueIds.map((techniqueId) => {
    const familyId = familyOf(techniqueId);
    const names = [techniqueId, familyId].map((id) => knowledgeBase.byAttackId.get(id)?.name ?? '');
    return { familyId, techniqueId, named: Math.max(...names.map((name) => share(name, words))) };
  });
  return { rule, claims, families: new Set(claims.map(({ familyId }) => familyId)).size };
}

/** 0..1 */
function share(name: string, words: ReadonlySet<string>): number {
  const wanted = [...wordsOf(name)];
  if (wanted.length === 0) return 0;
  return wanted.filter((word) => words.has(word)).length / wanted.length;
}

const FILLERS = new Set(['and', 'or', 'of', 'the', 'for', 'from', 'over', 'with', 'via', 'to', 'in', 'on']);

/** Words of at least three letters, cut to six so that forms of one word meet. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z0-9]{3,}/g) ?? [];
  return new Set(words.filter((word) => !FILLERS.has(word)).map((word) => word.slice(0, 6)));
}

import type { EvidenceOrigin, RuleTraits } from './map-confidence-rule.js';

/** One rule on one subject (host, user or file). */
export interface RuleSeen {
  readonly traits: RuleTraits;
  /** Events on which it fired. */
  readonly matches: number;
  /** 0..1: 1 / techniques claimed on an event by all rules, for the event on which this is largest. */
  readonly share: number;
}

/** What the model looks at. All of it is about rules and how they fired: nothing of names, places or times. */
export const CONFIDENCE_FEATURES = [
  'level',
  'rules',
  'experimental',
  'focus',
  'ownRule',
  'behavior',
  'share',
  'matches',
  'rivals',
  'allies',
  'quiet',
  'quietSum',
  'lead',
  'rank',
  'familyQuiet',
] as const;
export type ConfidenceFeature = (typeof CONFIDENCE_FEATURES)[number];
export type FeatureValues = Readonly<Record<ConfidenceFeature, number>>;

/** A technique with its sub-techniques on one subject. */
export interface FamilySeen {
  readonly familyId: string;
  readonly features: FeatureValues;
}

export interface FeatureContext {
  readonly tacticsOf: (familyId: string) => readonly string[];
  /** 0..1: how seldom the technique is claimed where it is not. */
  readonly familyQuiet: (familyId: string) => number;
}

/**
 * Describes every technique that rules claim on one subject.
 *
 * @param rules all that fired on the subject, each once.
 * @returns one a technique, in the order of first claim.
 */
export function extractFeatures(
  rules: readonly RuleSeen[],
  { tacticsOf, familyQuiet }: FeatureContext,
): readonly FamilySeen[] {
  const supports = new Map<string, RuleSeen[]>();
  for (const seen of rules)
    for (const familyId of seen.traits.families) {
      const list = supports.get(familyId);
      if (list === undefined) supports.set(familyId, [seen]);
      else list.push(seen);
    }
  const standing = createStanding(supports);
  const byTactic = new Map<string, number>();
  for (const familyId of supports.keys())
    for (const tactic of tacticsOf(familyId)) byTactic.set(tactic, (byTactic.get(tactic) ?? 0) + 1);
  return [...supports].map(([familyId, list]) => {
    const rivals = supports.size - 1;
    const allies =
      Math.max(1, ...tacticsOf(familyId).map((tactic) => byTactic.get(tactic) ?? 1)) - 1;
    const features = {
      ...describeSupport(list),
      rivals: Math.log2(1 + rivals) / 4,
      allies: rivals === 0 ? 0 : allies / rivals,
      familyQuiet: familyQuiet(familyId),
      ...standing(familyId),
    };
    return { familyId, features };
  });
}

/** Where a technique stands among those on the subject, the one that most speaks for first. */
function createStanding(supports: ReadonlyMap<string, readonly RuleSeen[]>) {
  const strengths = new Map(
    [...supports].map(([familyId, list]) => [familyId, Math.max(...list.map(strengthOf))]),
  );
  const sorted = [...strengths.values()].sort((a, b) => b - a);
  return (familyId: string): Pick<FeatureValues, 'lead' | 'rank'> => {
    const own = strengths.get(familyId) ?? 0;
    const better = sorted.indexOf(own);
    const best = (better === 0 ? sorted[1] : sorted[0]) ?? 0;
    return { lead: own - best, rank: 1 / (1 + better) };
  };
}

/** How much one rule speaks for each of its techniques, to compare techniques with. */
function strengthOf({ traits }: RuleSeen): number {
  return ((0.3 + traits.level) * traits.quiet) / Math.sqrt(traits.families.length);
}

function describeSupport(
  list: readonly RuleSeen[],
): Omit<FeatureValues, 'rivals' | 'allies' | 'familyQuiet' | 'lead' | 'rank'> {
  const max = (value: (one: RuleSeen) => number) => Math.max(...list.map(value));
  const has = (origin: EvidenceOrigin) =>
    list.some(({ traits }) => traits.rule.origin === origin) ? 1 : 0;
  const quietSum = list.reduce((sum, { traits }) => sum + traits.quiet, 0);
  return {
    level: max(({ traits }) => traits.level),
    rules: Math.log2(list.length),
    experimental: list.every(({ traits }) => traits.rule.status === 'experimental') ? 1 : 0,
    focus: max(({ traits }) => 1 / traits.families.length),
    ownRule: has('own-rule'),
    behavior: has('behavior'),
    share: max(({ share }) => share),
    matches: Math.log2(Math.min(...list.map(({ matches }) => matches))) / 8,
    quiet: max(({ traits }) => traits.quiet),
    quietSum: Math.log2(1 + quietSum),
  };
}

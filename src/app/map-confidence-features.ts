import type { RuleTraits } from './map-confidence-rule.js';

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
  'quiet',
  'quietSum',
  'familyQuiet',
] as const;
export type ConfidenceFeature = (typeof CONFIDENCE_FEATURES)[number];
export type FeatureValues = Readonly<Record<ConfidenceFeature, number>>;

/** A technique with its sub-techniques on one subject. */
export interface FamilySeen {
  readonly familyId: string;
  readonly features: FeatureValues;
}

/**
 * Describes every technique that rules claim on one subject. What else is claimed there does not count: an incident shows
 * many techniques at once.
 *
 * @param rules all that fired on the subject, each once.
 * @param familyQuiet 0..1: how seldom a technique is claimed where it is not.
 * @returns one a technique, in the order of first claim.
 */
export function extractFeatures(
  rules: readonly RuleSeen[],
  familyQuiet: (familyId: string) => number,
): readonly FamilySeen[] {
  const supports = new Map<string, RuleSeen[]>();
  for (const seen of rules)
    for (const familyId of seen.traits.families) addSupport(supports, familyId, seen);
  return [...supports].map(([familyId, list]) => ({
    familyId,
    features: { ...describeSupport(list), familyQuiet: familyQuiet(familyId) },
  }));
}

/** A behaviour that was seen several times counts once, as the surest. */
function addSupport(supports: Map<string, RuleSeen[]>, familyId: string, seen: RuleSeen): void {
  const list = supports.get(familyId) ?? [];
  supports.set(familyId, list);
  const { ruleId } = seen.traits.rule;
  const twin = list.findIndex(({ traits }) => traits.rule.ruleId === ruleId);
  if (twin === -1) list.push(seen);
  else if ((list[twin]?.traits.level ?? 0) < seen.traits.level) list[twin] = seen;
}

function describeSupport(list: readonly RuleSeen[]): Omit<FeatureValues, 'familyQuiet'> {
  const max = (value: (one: RuleSeen) => number) => Math.max(...list.map(value));
  const quietSum = list.reduce((sum, { traits }) => sum + traits.quiet, 0);
  return {
    level: max(({ traits }) => traits.level),
    rules: Math.log2(list.length),
    experimental: list.every(({ traits }) => traits.rule.status === 'experimental') ? 1 : 0,
    focus: max(({ traits }) => 1 / traits.families.length),
    ownRule: list.some(({ traits }) => traits.rule.origin === 'own-rule') ? 1 : 0,
    behavior: max(({ traits }) => traits.rule.sighting ?? 0),
    share: max(({ share }) => share),
    matches: Math.log2(Math.min(...list.map(({ matches }) => matches))) / 8,
    quiet: max(({ traits }) => traits.quiet),
    quietSum: Math.log2(1 + quietSum),
  };
}

import { extractFeatures, type FamilySeen, type RuleSeen } from './map-confidence-features.js';
import { type ConfidenceModel, createNoiseLookup, scoreFeatures } from './map-confidence-model.js';
import {
  type ConfidenceRule,
  familyOf,
  type RuleTraits,
  readRuleTraits,
} from './map-confidence-rule.js';
import type { SubjectCounts } from './map-confidence-subjects.js';

/** What is needed to describe what was seen. */
export type DescribingModel = Pick<ConfidenceModel, 'noise'>;

/** Day of a subject → its rules and the techniques that they claim, described for the model. */
export function describeSubjects(
  counts: SubjectCounts,
  { noise }: DescribingModel,
): ReadonlyMap<
  string,
  { readonly rules: readonly RuleSeen[]; readonly families: readonly FamilySeen[] }
> {
  const lookup = createNoiseLookup(noise);
  const known = new Map<ConfidenceRule, RuleTraits>();
  const traitsOf = (rule: ConfidenceRule): RuleTraits => {
    const traits = known.get(rule) ?? readRuleTraits(rule, lookup.ofRule(rule));
    known.set(rule, traits);
    return traits;
  };
  return new Map(
    [...counts].map(([subject, byRule]) => {
      const rules = [...byRule].map(([rule, count]) => ({ traits: traitsOf(rule), ...count }));
      return [subject, { rules, families: extractFeatures(rules, lookup.familyQuiet) }];
    }),
  );
}

/** Day of a subject → technique → confidence, 0..0.99 with three digits. */
export type SubjectScores = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function scoreSubjects(counts: SubjectCounts, model: ConfidenceModel): SubjectScores {
  const described = describeSubjects(counts, model);
  return new Map(
    [...described].map(([subject, { rules, families }]) => {
      const byFamily = new Map(
        families.map(({ familyId, features }) => [
          familyId,
          scoreFeatures(model, features) * supportFactor(familyId, rules),
        ]),
      );
      return [subject, scoreTechniques(rules, byFamily)];
    }),
  );
}

/** A behaviour that is less sure is support for other evidence, see docs/behaviors.md. */
const SUPPORT_ONLY = 0.25;

/** 1; how sure the surest is where nothing but such support speaks for a technique. */
function supportFactor(familyId: string, rules: readonly RuleSeen[]): number {
  let surest = 0;
  for (const { traits } of rules) {
    if (!traits.families.includes(familyId)) continue;
    const sighting = traits.rule.sighting ?? 1;
    if (sighting >= SUPPORT_ONLY) return 1;
    surest = Math.max(surest, sighting);
  }
  return surest;
}

// Rules alone never prove that an adversary was there.
const MAX_CONFIDENCE = 0.99;

/** A technique has the confidence of its family, less where others of the family have the better evidence. */
function scoreTechniques(
  rules: readonly RuleSeen[],
  byFamily: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const evidence = new Map<string, number>();
  const strongest = new Map<string, number>();
  for (const { traits } of rules) {
    const strength = (0.3 + traits.level) * traits.quiet;
    for (const techniqueId of traits.rule.techniqueIds) {
      raise(evidence, techniqueId, strength);
      raise(strongest, familyOf(techniqueId), strength);
    }
  }
  return new Map(
    [...evidence].map(([techniqueId, strength]) => {
      const familyId = familyOf(techniqueId);
      const top = strongest.get(familyId) ?? 0;
      const score = (byFamily.get(familyId) ?? 0) * (top === 0 ? 1 : strength / top);
      return [techniqueId, Math.round(Math.min(MAX_CONFIDENCE, score) * 1000) / 1000];
    }),
  );
}

function raise(values: Map<string, number>, key: string, value: number): void {
  values.set(key, Math.max(value, values.get(key) ?? 0));
}

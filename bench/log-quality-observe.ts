import {
  type ConfidenceRule,
  type EvidenceOrigin,
  familyOf,
} from '../src/app/map-confidence-rule.js';
import { createSubjectTally, type SubjectCounts } from '../src/app/map-confidence-subjects.js';
import { createTagReader } from '../src/app/map-tags.js';
import type { KnowledgeBase } from '../src/attack/index.js';
import { logsourceApplies, SIGMA_LEVELS, type SigmaLevel } from '../src/sigma/index.js';
import { LABELLED_DATA, type LabelledUnit } from './log-quality-corpora.js';
import {
  behaviorPack,
  type EvidencePack,
  loadRulePack,
  matchUnits,
  type PackMatch,
  ruleKey,
  type UnitMatches,
} from './log-quality-matches.js';

/** A unit and what rules and behaviours saw in it. */
export interface ObservedUnit {
  readonly unit: LabelledUnit;
  /** Labels, sub-techniques as their parents. */
  readonly families: ReadonlySet<string>;
  readonly events: number;
  readonly counts: SubjectCounts;
  /** Every rule that fired, each once. */
  readonly fired: readonly ConfidenceRule[];
  /** Keys of rules that could have fired: events of their logsource are there. */
  readonly tried: ReadonlySet<string>;
}

export interface Observation {
  readonly units: readonly ObservedUnit[];
  readonly packs: readonly EvidencePack[];
  /** Title by key, for people. */
  readonly titles: ReadonlyMap<string, string>;
}

const SIGMAHQ = ['', '-compliance', '-dfir', '-emerging-threats', '-threat-hunting'].map(
  (part) => `${LABELLED_DATA}/sigma/rules${part}`,
);
const ORIGINS: Readonly<Record<EvidencePack['name'], EvidenceOrigin>> = {
  own: 'own-rule',
  sigmahq: 'pack-rule',
  behaviors: 'behavior',
};

export interface ObserveOptions {
  readonly units: readonly LabelledUnit[];
  readonly knowledgeBase: KnowledgeBase;
  /** Which packs run. Default all. */
  readonly only?: readonly EvidencePack['name'][];
}

/** Runs SigmaHQ's rules, Portolan's own and its behaviours over units. */
export async function observeUnits(options: ObserveOptions): Promise<Observation> {
  const { units, knowledgeBase, only } = options;
  const all = [loadRulePack('own', ['rules']), loadRulePack('sigmahq', SIGMAHQ), behaviorPack()];
  const packs = all.filter(({ name }) => only?.includes(name) ?? true);
  const toRules = packs.map((pack) => createRuleReader(pack, knowledgeBase));
  const matches: (readonly UnitMatches[])[] = [];
  for (const pack of packs) matches.push(await matchUnits(units, pack));
  const observed = units.map((unit, index) => {
    const found = matches.flatMap(
      (ofPack, pack) =>
        ofPack[index]?.matches.map((match) => ({ match, toRule: toRules[pack] })) ?? [],
    );
    found.sort((a, b) => a.match.place - b.match.place);
    const tally = createSubjectTally();
    const fired = new Set<ConfidenceRule>();
    for (const { match, toRule } of found) {
      const rule = toRule?.(match);
      if (rule === undefined || rule.techniqueIds.length === 0) continue;
      fired.add(rule);
      tally.add({
        rule,
        subject: match.host,
        time: match.time,
        source: '',
        record: String(match.place),
      });
    }
    return {
      unit,
      families: new Set(unit.techniqueIds.map(familyOf)),
      events: matches[0]?.[index]?.events ?? 0,
      counts: tally.counts(),
      fired: [...fired],
      tried: triedRules(packs, matches[0]?.[index]?.logsources ?? []),
    };
  });
  const titles = packs.flatMap(({ rules }) =>
    rules.map((rule) => [ruleKey(rule), rule.title] as const),
  );
  return { units: observed, packs, titles: new Map(titles) };
}

function createRuleReader(
  pack: EvidencePack,
  knowledgeBase: KnowledgeBase,
): (match: PackMatch) => ConfidenceRule | undefined {
  const tagsOf = createTagReader(knowledgeBase);
  const origin = ORIGINS[pack.name];
  const known = new Map<string, ConfidenceRule>(
    pack.rules.map((rule) => {
      const { level, status } = rule;
      const { techniqueIds } = tagsOf(rule);
      return [
        ruleKey(rule),
        { ruleId: ruleKey(rule), level, status, origin, sighting: undefined, techniqueIds },
      ];
    }),
  );
  return ({ key, techniqueIds, confidence, level }) => {
    if (techniqueIds === undefined) return known.get(key);
    const sighting = `${key} ${techniqueIds.join()} ${confidence}`;
    const rule: ConfidenceRule = known.get(sighting) ?? {
      ruleId: key,
      level: SIGMA_LEVELS.find((one): one is SigmaLevel => one === level) ?? 'medium',
      status: 'test',
      origin,
      sighting: confidence,
      techniqueIds,
    };
    known.set(sighting, rule);
    return rule;
  };
}

function triedRules(
  packs: readonly EvidencePack[],
  logsources: UnitMatches['logsources'],
): ReadonlySet<string> {
  const events = logsources.map((one) => ({
    ...one,
    channel: undefined,
    provider: undefined,
    eventId: undefined,
  }));
  const answers = new Map<string, boolean>();
  const applies = (rule: EvidencePack['rules'][number]): boolean => {
    const key = JSON.stringify(rule.logsource);
    const known = answers.get(key) ?? events.some((one) => logsourceApplies(rule.logsource, one));
    answers.set(key, known);
    return known;
  };
  return new Set(packs.flatMap(({ rules }) => rules.filter(applies).map(ruleKey)));
}

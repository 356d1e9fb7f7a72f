import type { SigmaLevel, SigmaRule } from '../sigma/index.js';
import { type ConfidenceRule, ruleConfidence } from './map-confidence.js';
import type { RuleMatch } from './map-result.js';
import { isOwnRule } from './map-rules.js';
import type { RuleTechniques } from './map-tags.js';
import type { WholeEvent } from './map-unit.js';

/** What fires on events and names techniques: a rule, a correlation or a behaviour, as results show it. */
export interface MatchRule {
  /** UUID of the rule, else its name or title; `portolan:<name>` for a behaviour. */
  readonly ruleId: string;
  readonly title: string;
  readonly level: SigmaLevel;
  /** Of one match, 0..1. */
  readonly confidence: number;
  readonly techniques: RuleTechniques;
  /** What the confidence in the techniques is learned from. */
  readonly facts: ConfidenceRule;
  /** Sorts those of the same confidence; differs for each. */
  readonly order: string;
}

/** One firing. */
export interface TalliedMatch {
  readonly rule: MatchRule;
  readonly time: string | undefined;
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly source: string;
  readonly record: string;
  /** What it fired on; undefined when earlier matches proved the same. */
  readonly fields: Readonly<Record<string, string>> | undefined;
  /** The event itself, where `onWholeMatch` asks for it and the match is of one event. */
  readonly event?: WholeEvent | undefined;
}

type RuleFacts = Pick<SigmaRule, 'id' | 'name' | 'title' | 'level' | 'status' | 'at'>;

export function toMatchRule(rule: RuleFacts, techniques: RuleTechniques): MatchRule {
  const { id, name, title, level, status, at } = rule;
  const ruleId = id ?? name ?? title;
  const origin = isOwnRule(at.source ?? '') ? 'own-rule' : 'pack-rule';
  const { techniqueIds } = techniques;
  return {
    ruleId,
    title,
    level,
    confidence: ruleConfidence(rule),
    techniques,
    facts: { ruleId, level, status, origin, sighting: undefined, techniqueIds },
    order: `${id ?? title} ${at.source} ${String(at.line).padStart(9, '0')}`,
  };
}

export function toRuleMatch({ rule, time, host, source, record }: TalliedMatch): RuleMatch {
  const { ruleId, title, level, techniques, confidence } = rule;
  return {
    ruleId,
    title,
    level,
    time: time ?? null,
    host: host ?? null,
    source,
    record,
    techniqueIds: techniques.techniqueIds,
    confidence,
  };
}

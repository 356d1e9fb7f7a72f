import type { SigmaLevel, SigmaStatus } from '../sigma/index.js';

/** Who says that a technique was seen: a rule of Portolan, a rule of another pack, or a behaviour over many events. */
export type EvidenceOrigin = 'own-rule' | 'pack-rule' | 'behavior';

/** A rule or behaviour, as far as the confidence in its techniques looks at it. */
export interface ConfidenceRule {
  /** UUID, name or title; `portolan:<name>` of a behaviour. */
  readonly ruleId: string;
  readonly level: SigmaLevel;
  readonly status: SigmaStatus;
  readonly origin: EvidenceOrigin;
  /** 0..1: how sure a behaviour is of this sighting; undefined for rules, which have a level. */
  readonly sighting: number | undefined;
  /** Of the ATT&CK version that is mapped to. */
  readonly techniqueIds: readonly string[];
}

/** Facts of a rule that do not change during a run. */
export interface RuleTraits {
  readonly rule: ConfidenceRule;
  /** The techniques claimed, a sub-technique as the one it belongs to; each once. */
  readonly families: readonly string[];
  /** 0..1: by the rule's level, or how sure the behaviour is. */
  readonly level: number;
  /** 0..1: how seldom the rule fires where its technique is not; see `quietness`. */
  readonly quiet: number;
}

/** The technique that a sub-technique belongs to, or the technique itself. */
export function familyOf(techniqueId: string): string {
  return techniqueId.slice(0, 5);
}

const LEVEL_WEIGHTS: Readonly<Record<SigmaLevel, number>> = {
  informational: 0,
  low: 0.25,
  medium: 0.5,
  high: 0.8,
  critical: 1,
};

/** @param noise 0..1: share of logs without the rule's techniques in which it fires. */
export function readRuleTraits(rule: ConfidenceRule, noise: number): RuleTraits {
  return {
    rule,
    families: [...new Set(rule.techniqueIds.map(familyOf))],
    level: rule.sighting ?? LEVEL_WEIGHTS[rule.level],
    quiet: quietness(noise),
  };
}

// Nobody has seen enough logs to tell 1 in 250 from 1 in 1,000.
const QUIETEST = 0.004;

/** 0..1 from a share of logs: 0 fires everywhere, 1 nearly nowhere; a step of 1/8 is half as many logs. */
export function quietness(noise: number): number {
  return -Math.log2(Math.min(1, noise + QUIETEST)) / 8;
}

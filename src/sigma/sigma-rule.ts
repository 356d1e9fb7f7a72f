import type { SourceLocation } from '../model/index.js';
import type { Condition } from './condition.js';

/** Source: Sigma specification 2.1, "Status", in order of maturity. */
export const SIGMA_STATUSES = [
  'stable',
  'test',
  'experimental',
  'deprecated',
  'unsupported',
] as const;
export type SigmaStatus = (typeof SIGMA_STATUSES)[number];

/** Source: Sigma specification 2.1, "Level", weakest first. */
export const SIGMA_LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type SigmaLevel = (typeof SIGMA_LEVELS)[number];

/** What a rule asks of a log: every attribute that is given must hold. Lower case. */
export interface RuleLogsource {
  readonly product: string | undefined;
  readonly category: string | undefined;
  readonly service: string | undefined;
}

/** A value as the rule's YAML has it. */
export type SigmaScalar = string | number | boolean | null;

/** `Field|modifier|modifier: value(s)`; without a field the values are keywords. */
export interface FieldItem {
  readonly kind: 'item';
  /** Undefined: the values are looked for in every field. */
  readonly field: string | undefined;
  readonly modifiers: readonly string[];
  /** At least one. */
  readonly values: readonly SigmaScalar[];
  /** Place in the document: `detection.selection.Image|endswith`, as its keys. */
  readonly path: readonly (string | number)[];
}

/** A selection: a map joins its parts with AND, a list with OR. */
export type Selection =
  | { readonly kind: 'all-of'; readonly parts: readonly Selection[] }
  | { readonly kind: 'any-of'; readonly parts: readonly Selection[] }
  | FieldItem;

/** One Sigma rule, checked; its conditions name only selections that are there. */
export interface SigmaRule {
  readonly kind: 'rule';
  /** UUID; undefined when the rule has none. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly title: string;
  /** Default `test` when the rule does not say. */
  readonly status: SigmaStatus;
  /** Default `medium` when the rule does not say. */
  readonly level: SigmaLevel;
  readonly description: string | undefined;
  readonly author: string | undefined;
  /** As written: `attack.t1059.001`. */
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly logsource: RuleLogsource;
  readonly selections: ReadonlyMap<string, Selection>;
  /** Usually one; the rule matches when any holds. */
  readonly conditions: readonly Condition[];
  readonly at: SourceLocation;
}

/** Correlation types of Sigma 2.1. */
export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;
export type CorrelationType = (typeof CORRELATION_TYPES)[number];

/** One comparison of a correlation's condition; several are joined with AND: a range. */
export interface CorrelationComparison {
  readonly comparison: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';
  readonly value: number;
}

/** When a correlation holds for what a window has. */
export type CorrelationCondition =
  /** Compares the number that the type counts or computes. */
  | {
      readonly kind: 'compare';
      /** At least one. */
      readonly comparisons: readonly CorrelationComparison[];
      /** Fields whose values are counted or computed; empty for the types that need none. */
      readonly fields: readonly string[];
      /** 0..100; only of `value_percentile`. */
      readonly percentile: number | undefined;
    }
  /** `rule_a and not rule_b`, of the temporal types: names are of rules. */
  | { readonly kind: 'expression'; readonly expression: Condition };

/** A correlation over rules or other correlations. */
export interface SigmaCorrelation {
  readonly kind: 'correlation';
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly title: string;
  /** Default `test` when the correlation does not say. */
  readonly status: SigmaStatus;
  /** Default `medium` when the correlation does not say. */
  readonly level: SigmaLevel;
  readonly description: string | undefined;
  readonly author: string | undefined;
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly type: CorrelationType;
  /** Ids or names of rules or of other correlations, at least one. */
  readonly rules: readonly string[];
  /** Whether the rules also match by themselves. Default false. */
  readonly generate: boolean;
  readonly groupBy: readonly string[];
  /** More than 0. */
  readonly timespanSeconds: number;
  readonly condition: CorrelationCondition;
  /** alias → id or name of a rule → field. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly at: SourceLocation;
}

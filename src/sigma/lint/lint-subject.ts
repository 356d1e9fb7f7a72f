import type { RuleFilter } from '../filter/parse-filter.js';
import type { SigmaCorrelation, SigmaRule } from '../sigma-rule.js';

export type RulesPath = readonly (string | number)[];

/** A document under check. */
export interface LintSubject {
  readonly source: string;
  /** 0-based place in its file. */
  readonly index: number;
  readonly kind: 'rule' | 'correlation' | 'filter';
  /** As the YAML has it, with what a collection gave it. */
  readonly document: Readonly<Record<string, unknown>>;
  /** What could be read of it; undefined when it is broken. */
  readonly read: SigmaRule | SigmaCorrelation | RuleFilter | undefined;
}

/** A short text of a value for messages. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

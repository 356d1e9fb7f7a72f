import type { IssueCode } from '../model/index.js';

/** Something wrong in one YAML document of rules; becomes an Issue when its line is known. */
export interface RuleProblem {
  readonly kind: 'problem';
  readonly code: Extract<IssueCode, 'RULE_INVALID' | 'RULE_UNSUPPORTED'>;
  readonly message: string;
  /** Keys from the top of the document: `['detection', 'selection', 'Image|endswith']`. */
  readonly path: readonly (string | number)[];
}

export function invalid(message: string, path: readonly (string | number)[]): RuleProblem {
  return { kind: 'problem', code: 'RULE_INVALID', message, path };
}

export function unsupported(message: string, path: readonly (string | number)[]): RuleProblem {
  return { kind: 'problem', code: 'RULE_UNSUPPORTED', message, path };
}

export function isProblem(value: unknown): value is RuleProblem {
  return typeof value === 'object' && value !== null && (value as RuleProblem).kind === 'problem';
}

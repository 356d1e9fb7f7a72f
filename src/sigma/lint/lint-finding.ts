import type { SourceLocation } from '../../model/index.js';
import type { LintCode, LintSeverity } from './lint-codes.table.js';
import type { RulesPath } from './lint-subject.js';

/** What to change in the text of a rule so that a finding goes away; only where one answer is right. */
export type LintEdit =
  | { readonly kind: 'replace'; readonly found: string; readonly replacement: string }
  | { readonly kind: 'remove-item' }
  | { readonly kind: 'add-item'; readonly item: string };

/** Something that a check has to say of a rule. */
export interface LintFinding {
  readonly kind: 'lint-finding';
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** One line: what was found. */
  readonly message: string;
  /** One line: what to write instead. */
  readonly fix: string;
  /** `fix` as an edit of the text; undefined where a person has to decide. */
  readonly edit?: LintEdit | undefined;
  /** With source, line and column. */
  readonly at: SourceLocation;
}

/** A finding before its line is known. */
export interface LintNote {
  readonly code: LintCode;
  readonly message: string;
  readonly fix: string;
  readonly edit?: LintEdit | undefined;
  /** Keys from the top of the document. */
  readonly path: RulesPath;
}

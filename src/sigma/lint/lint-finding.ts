import type { SourceLocation } from '../../model/index.js';
import type { LintCode, LintSeverity } from './lint-codes.table.js';
import type { RulesPath } from './lint-subject.js';

/** Something that a check has to say of a rule. */
export interface LintFinding {
  readonly kind: 'lint-finding';
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** One line: what was found. */
  readonly message: string;
  /** One line: what to write instead. */
  readonly fix: string;
  /** With source, line and column. */
  readonly at: SourceLocation;
}

/** A finding before its line is known. */
export interface LintNote {
  readonly code: LintCode;
  readonly message: string;
  readonly fix: string;
  /** Keys from the top of the document. */
  readonly path: RulesPath;
}

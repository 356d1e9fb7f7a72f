import type { IssueCode } from './error-codes.table.js';

/** Where in the input something is; every part that is known is given. */
export interface SourceLocation {
  /** File path, URL or other name of the input. */
  readonly source?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, in UTF-16 code units. */
  readonly column?: number;
  /** 0-based byte offset. */
  readonly offset?: number;
  /** Place in a JSON or YAML document: `techniques[3].score`. */
  readonly path?: string;
}

/** Something wrong with the input; reading goes on after it. */
export interface Issue {
  readonly kind: 'issue';
  readonly code: IssueCode;
  /** One line, lower case: what was wanted, what was found. */
  readonly message: string;
  readonly at?: SourceLocation;
}

export function isIssue(value: unknown): value is Issue {
  return typeof value === 'object' && value !== null && (value as Issue).kind === 'issue';
}

/** `file:line:column`, `file at path`, `file at byte N`; empty when nothing is known. */
export function formatLocation(at: SourceLocation | undefined): string {
  if (at === undefined) return '';
  let text = at.source ?? '';
  if (at.line !== undefined) text += `:${at.line}`;
  if (at.line !== undefined && at.column !== undefined) text += `:${at.column}`;
  if (at.path !== undefined) text += `${text === '' ? '' : ' '}at ${at.path}`;
  if (at.offset !== undefined) text += `${text === '' ? '' : ' '}at byte ${at.offset}`;
  return text;
}

/** One line for people: `layer.json at techniques[3].score: expected a number, found "high" [LAYER_FIELD]`. */
export function formatIssue(issue: Issue): string {
  const where = formatLocation(issue.at);
  return `${where === '' ? '' : `${where}: `}${issue.message} [${issue.code}]`;
}

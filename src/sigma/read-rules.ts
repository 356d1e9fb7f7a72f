import { type Issue, isRecord, type SourceLocation } from '../model/index.js';
import { expandCollection } from './expand-collection.js';
import { parseFilter, type RuleFilter } from './filter/parse-filter.js';
import { parseCorrelation } from './parse-correlation.js';
import { parseRule } from './parse-rule.js';
import { invalid, type RuleProblem } from './rule-problem.js';
import { loadYaml, locateInYaml } from './rule-yaml.js';
import type { SigmaCorrelation, SigmaRule } from './sigma-rule.js';

/** A document as its YAML has it: for what a rule, read, no longer says. */
export type RuleDocument = Readonly<Record<string, unknown>>;

/** One document of rules, read and not compiled. */
export interface ReadRule<T> {
  readonly rule: T;
  readonly document: RuleDocument;
  /** The Issue of a problem in this document, with line and column. */
  toIssue(problem: RuleProblem): Issue;
}

/** What a text of rules holds. */
export interface RulesText {
  readonly rules: readonly ReadRule<SigmaRule>[];
  readonly correlations: readonly ReadRule<SigmaCorrelation>[];
  readonly filters: readonly ReadRule<RuleFilter>[];
  readonly issues: readonly Issue[];
  /** Documents that were refused. */
  readonly refused: number;
}

/** Reads the text of a YAML file of Sigma rules, correlations and filters: one or several documents. */
export function readRules(text: string, { source }: { readonly source: string }): RulesText {
  const loaded = loadYaml(text);
  if (loaded.kind === 'problem') {
    const { message, line, column } = loaded;
    const at = { source, line, column };
    return {
      rules: [],
      correlations: [],
      filters: [],
      issues: [{ kind: 'issue', code: 'RULE_INVALID', message, at }],
      refused: 1,
    };
  }
  const rules: ReadRule<SigmaRule>[] = [];
  const correlations: ReadRule<SigmaCorrelation>[] = [];
  const filters: ReadRule<RuleFilter>[] = [];
  const issues: Issue[] = [];
  for (const { document, value } of expandCollection(loaded.documents)) {
    const toIssue = ({ code, message, path }: RuleProblem): Issue => {
      const place = locateInYaml(text, document.index, path);
      return { kind: 'issue', code, message, at: { source, ...place } };
    };
    const read = readDocument(value, { source, line: document.line });
    const context = { document: isRecord(value) ? value : {}, toIssue };
    if (read.kind === 'problem') issues.push(toIssue(read));
    else if (read.kind === 'rule') rules.push({ rule: read, ...context });
    else if (read.kind === 'correlation') correlations.push({ rule: read, ...context });
    else filters.push({ rule: read, ...context });
  }
  return { rules, correlations, filters, issues, refused: issues.length };
}

function readDocument(
  value: unknown,
  at: SourceLocation,
): SigmaRule | SigmaCorrelation | RuleFilter | RuleProblem {
  if (!isRecord(value)) return invalid('expected a map with title, logsource and detection', []);
  if ('correlation' in value) return parseCorrelation(value, at);
  if ('filter' in value) return parseFilter(value, at);
  if ('detection' in value) return parseRule(value, at);
  return invalid('not a Sigma rule: it has no detection, correlation or filter', []);
}

import { isRecord } from '../../model/index.js';
import { compileRule } from '../compile-rule.js';
import { type CollectedDocument, expandCollection } from '../expand-collection.js';
import { parseFilter } from '../filter/parse-filter.js';
import { parseCorrelation } from '../parse-correlation.js';
import { parseRule } from '../parse-rule.js';
import type { RuleProblem } from '../rule-problem.js';
import { createYamlLocator, loadYaml, type YamlDocument } from '../rule-yaml.js';
import { checkDetection } from './check-detection.js';
import { checkKeys } from './check-keys.js';
import { checkLogsource } from './check-logsource.js';
import { checkSet } from './check-set.js';
import { checkTags, type TagKnowledge } from './check-tags.js';
import { LINT_CODES } from './lint-codes.table.js';
import type { LintFinding, LintNote } from './lint-finding.js';
import type { LintSubject } from './lint-subject.js';

/** A file of rules, read. */
export interface LintFile {
  /** Path or other name. */
  readonly source: string;
  readonly text: string;
}

/** What a check of rules found. */
export interface LintResult {
  /** Rules, correlations and filters that were looked at, also broken ones. */
  readonly documents: number;
  /** In the order of the files, then of lines. */
  readonly findings: readonly LintFinding[];
}

/**
 * Checks rules, correlations and filters against the Sigma specification 2.1, and their tags against ATT&CK.
 *
 * @param files all of the set: ids, titles and references are compared across it.
 * @param knowledge ATT&CK in the version that the tags of the set are of.
 */
export function lintRules(files: readonly LintFile[], knowledge: TagKnowledge): LintResult {
  const findings: LintFinding[][] = [];
  const subjects: LintSubject[] = [];
  const reporters = new Map<string, Report>();
  for (const { source, text } of files) {
    const own: LintFinding[] = [];
    findings.push(own);
    const locate = createYamlLocator(text);
    const report: Report = ({ code, message, fix, edit, path }, index) => {
      const { severity } = LINT_CODES[code];
      const at = { source, ...locate(index, path) };
      own.push({ kind: 'lint-finding', code, severity, message, fix, edit, at });
    };
    reporters.set(source, report);
    const inFile = readSubjects({ source, text }, { report, own });
    for (const subject of inFile) {
      subjects.push(subject);
      for (const note of checkOne(subject, knowledge)) report(note, subject.index);
    }
  }
  for (const { subject, ...note } of checkSet(subjects))
    reporters.get(subject.source)?.(note, subject.index);
  const sorted = findings.map((own) =>
    own.sort(
      (a, b) => (a.at.line ?? 0) - (b.at.line ?? 0) || (a.at.column ?? 0) - (b.at.column ?? 0),
    ),
  );
  return { documents: subjects.length, findings: sorted.flat() };
}

type Report = (note: LintNote, documentIndex: number) => void;

interface FileFindings {
  readonly report: Report;
  readonly own: LintFinding[];
}

function readSubjects(
  { source, text }: LintFile,
  { report, own }: FileFindings,
): readonly LintSubject[] {
  const loaded = loadYaml(text);
  if (loaded.kind === 'problem') {
    const { message, line, column } = loaded;
    const fix = 'correct the YAML; quote values that hold ": ", "#", "*" or "%"';
    const at = { source, line, column };
    own.push({ kind: 'lint-finding', code: 'YAML_INVALID', severity: 'error', message, fix, at });
    return [];
  }
  for (const document of loaded.documents) reportAction(document, report);
  return expandCollection(loaded.documents).flatMap((collected) => {
    const subject = toSubject(source, collected);
    if (subject === undefined)
      report(
        {
          code: 'DOCUMENT_UNKNOWN',
          message: 'expected a map with detection, correlation or filter',
          fix: 'leave the document out, or move it to a file that holds no rules',
          path: [],
        },
        collected.document.index,
      );
    return subject ?? [];
  });
}

function reportAction({ value, index }: YamlDocument, report: Report): void {
  if (!isRecord(value) || value['action'] === undefined) return;
  report(
    {
      code: 'COLLECTION_OLD',
      message: `action: ${String(value['action'])} is read for the sake of old rules`,
      fix: 'write each rule out',
      path: ['action'],
    },
    index,
  );
}

function toSubject(
  source: string,
  { document, value }: CollectedDocument,
): LintSubject | undefined {
  if (!isRecord(value)) return undefined;
  const at = { source, line: document.line };
  const base = { source, index: document.index, document: value };
  const whole = <T extends { kind: string }>(read: T | RuleProblem) =>
    read.kind === 'problem' ? undefined : (read as T);
  if ('correlation' in value)
    return { ...base, kind: 'correlation', read: whole(parseCorrelation(value, at)) };
  if ('filter' in value) return { ...base, kind: 'filter', read: whole(parseFilter(value, at)) };
  if ('detection' in value) return { ...base, kind: 'rule', read: whole(parseRule(value, at)) };
  return undefined;
}

function checkOne(subject: LintSubject, knowledge: TagKnowledge): readonly LintNote[] {
  const notes = [
    ...checkKeys(subject),
    ...checkLogsource(subject),
    ...checkDetection(subject),
    ...checkTags(subject, knowledge),
  ];
  const isExplained = notes.some(({ code }) => LINT_CODES[code].severity === 'error');
  const problem = isExplained ? undefined : unusable(subject);
  if (problem === undefined) return notes;
  const { message, path } = problem;
  return [...notes, { code: 'RULE_UNUSABLE', message, fix: 'see what the message asks for', path }];
}

/** What keeps a document from being used and no check has said. */
function unusable({ kind, document, source, read }: LintSubject): RuleProblem | undefined {
  const at = { source };
  if (read === undefined) {
    const parse = { rule: parseRule, correlation: parseCorrelation, filter: parseFilter }[kind];
    const again = parse(document, at);
    return again.kind === 'problem' ? again : undefined;
  }
  if (read.kind !== 'rule') return undefined;
  const compiled = compileRule(read);
  if (compiled.kind !== 'problem') return undefined;
  // Values of placeholders are given when rules are run.
  return compiled.message.startsWith('placeholder %') ? undefined : compiled;
}

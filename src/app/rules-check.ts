import { readFile } from 'node:fs/promises';
import { listFiles } from '../collectors/index.js';
import { AppError, type Issue } from '../model/index.js';
import { type LintFile, type LintFinding, type LintSeverity, lintRules } from '../sigma/index.js';
import { ruleFolderOf } from './rules-installed.js';
import { chooseTagKnowledge } from './rules-tag-knowledge.js';

export interface RulesCheckOptions {
  /** Files, folders or names of installed packs. */
  readonly paths: readonly string[];
  /** Default: the version that the tags are of. */
  readonly attackVersion?: string | undefined;
  /** Findings that matter less are counted and not listed. Default `note`. */
  readonly severity?: LintSeverity | undefined;
}

/** The document that `portolan rules check --json` prints. */
export interface RulesCheck {
  /** ATT&CK version that the tags were checked against. */
  readonly attackVersion: string;
  /** Whether the tags fit only this version. */
  readonly attackVersionCertain: boolean;
  readonly files: number;
  /** Rules, correlations and filters. */
  readonly rules: number;
  /** Of all findings, also those that are not listed. */
  readonly counts: Readonly<Record<LintSeverity, number>>;
  /** Code → findings, most first. */
  readonly codes: Readonly<Record<string, number>>;
  /** Files that could not be read. */
  readonly issues: readonly Issue[];
  /** In the order of files and lines. */
  readonly findings: readonly LintFinding[];
}

/** Most serious first. */
export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies readonly LintSeverity[];

const RULE_FILE = /\.ya?ml$/i;
const TEST_EVENTS = /\.events\.ya?ml$/i;

/**
 * Checks Sigma rules: the specification, ATT&CK tags, and what is likely a mistake.
 *
 * @throws AppError `SOURCE_UNREADABLE` when there is no YAML file; `NOT_FOUND` for an ATT&CK version that is not there.
 */
export async function checkRules(options: RulesCheckOptions): Promise<RulesCheck> {
  const { files, issues } = await readAll(options.paths.map((path) => ruleFolderOf(path)));
  if (files.length === 0)
    throw new AppError(
      'SOURCE_UNREADABLE',
      `expected Sigma rules: ${options.paths.join(', ')} ${issues[0]?.message ?? 'holds no YAML file'}`,
    );
  const knowledge = chooseTagKnowledge(tagsIn(files), options.attackVersion);
  const { documents, findings } = lintRules(files, knowledge);
  const lowest = SEVERITIES.indexOf(options.severity ?? 'note');
  const counts = { error: 0, warning: 0, note: 0 };
  const codes = new Map<string, number>();
  for (const { severity, code } of findings) {
    counts[severity] += 1;
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  return {
    attackVersion: knowledge.version,
    attackVersionCertain: knowledge.certain,
    files: files.length,
    rules: documents,
    counts,
    codes: Object.fromEntries([...codes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))),
    issues,
    findings: findings.filter(({ severity }) => SEVERITIES.indexOf(severity) <= lowest),
  };
}

/**
 * A severity, any case.
 *
 * @throws AppError `USAGE` for any other word.
 */
export function parseSeverity(text: string): LintSeverity {
  const severity = SEVERITIES.find((one) => one === text.toLowerCase());
  if (severity !== undefined) return severity;
  throw new AppError(
    'USAGE',
    `expected ${SEVERITIES.join(', ')}, found ${JSON.stringify(text.slice(0, 40))}`,
  );
}

async function readAll(paths: readonly string[]) {
  const listed = await listFiles(paths);
  const issues: Issue[] = [...listed.issues];
  const files: LintFile[] = [];
  for (const source of listed.files) {
    if (!RULE_FILE.test(source) || TEST_EVENTS.test(source)) continue;
    try {
      files.push({ source, text: await readFile(source, 'utf8') });
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      const code = 'code' in error ? String(error.code) : '';
      const message = `cannot be read (${code})`;
      issues.push({ kind: 'issue', code: 'FILE_UNREADABLE', message, at: { source } });
    }
  }
  return { files, issues };
}

const TAG = /^\s*-\s*['"]?(attack\.[\w.-]+)/gim;

/** Tags as they stand in the texts; enough to tell a version, and quick. */
function* tagsIn(files: readonly LintFile[]): Generator<string> {
  for (const { text } of files)
    for (const [, tag] of text.matchAll(TAG)) if (tag !== undefined) yield tag.toLowerCase();
}

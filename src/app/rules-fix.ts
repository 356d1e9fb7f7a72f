import { readFileSync } from 'node:fs';
import { AppError, type Issue } from '../model/index.js';
import { fixLintedText, type LintFinding } from '../sigma/index.js';
import { checkRules, type RulesCheck, type RulesCheckOptions } from './rules-check.js';
import { writeOutput } from './write-output.js';

/** What was corrected, and what a check says of the rules afterwards. */
export interface RulesFix extends RulesCheck {
  readonly fixed: readonly LintFinding[];
}

// A correction may show another mistake: a tag in the right form may be there twice.
const MAX_ROUNDS = 5;

/**
 * Corrects in their files what has one right answer: forms of tags and dates, revoked techniques with one successor,
 * what is there twice, a tactic left out. Comments and layout stay as they are.
 *
 * @throws AppError as `checkRules`; `SOURCE_UNREADABLE` when a file changed meanwhile.
 */
export async function fixRules(options: RulesCheckOptions): Promise<RulesFix> {
  const fixed: LintFinding[] = [];
  const issues = new Map<string, Issue>();
  const listed: RulesCheckOptions = { ...options, severity: undefined };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { findings } = await checkRules(listed);
    const corrected = fixFiles(findings, issues);
    fixed.push(...corrected);
    if (corrected.length === 0) break;
  }
  const check = await checkRules(options);
  return { ...check, issues: [...check.issues, ...issues.values()], fixed };
}

function fixFiles(
  findings: readonly LintFinding[],
  issues: Map<string, Issue>,
): readonly LintFinding[] {
  const bySource = new Map<string, LintFinding[]>();
  for (const finding of findings) {
    const { source } = finding.at;
    if (finding.edit === undefined || source === undefined) continue;
    const own = bySource.get(source);
    if (own === undefined) bySource.set(source, [finding]);
    else own.push(finding);
  }
  return [...bySource].flatMap(([source, own]) => {
    if (issues.has(source)) return [];
    const { text, fixed } = fixLintedText(readFileSync(source, 'utf8'), own);
    if (fixed.length === 0) return [];
    try {
      writeOutput(source, text);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const message = `is left as it was: ${error.message}`;
      issues.set(source, { kind: 'issue', code: 'FILE_UNREADABLE', message, at: { source } });
      return [];
    }
    return fixed;
  });
}

import type { Command } from 'commander';
import type { RulesCheck } from '../app/rules-check.js';
import type { RulesFix } from '../app/rules-fix.js';
import { formatLocation } from '../model/index.js';
import { printIssues } from './print-issues.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

interface RulesCheckFlags {
  readonly attackVersion?: string;
  readonly severity?: string;
  readonly fix?: boolean;
  readonly json?: boolean;
}

const COLORS = { error: 'red', warning: 'yellow', note: 'blue' } as const;

/** `portolan rules check PATH…` */
export function registerRulesCheck(rules: Command): void {
  rules
    .command('check')
    .description('check Sigma rules: specification, ATT&CK tags, likely mistakes')
    .argument('<path...>', 'files, folders or installed packs')
    .option('--severity <least>', 'leave out what matters less: error, warning, note', 'note')
    .option('--attack-version <version>', 'check tags against it (default: told by the tags)')
    .option('--fix', 'correct in the files what has one right answer; the rest is listed')
    .option('--json', 'print one JSON document')
    .action(async (paths: readonly string[], flags: RulesCheckFlags) => {
      const { checkRules, parseSeverity } = await import('../app/rules-check.js');
      const { attackVersion, severity } = flags;
      const options = {
        paths,
        attackVersion,
        severity: severity === undefined ? undefined : parseSeverity(severity),
      };
      const check: RulesCheck | RulesFix =
        flags.fix === true
          ? await (await import('../app/rules-fix.js')).fixRules(options)
          : await checkRules(options);
      if (flags.json === true) {
        printJson(check);
        return;
      }
      if (isFix(check)) process.stdout.write(formatFixed(check.fixed));
      process.stdout.write(formatCheck(check));
      printIssues(check.issues);
    });
}

function isFix(check: RulesCheck | RulesFix): check is RulesFix {
  return 'fixed' in check;
}

/** A line a correction. */
function formatFixed(fixed: RulesFix['fixed']): string {
  const lines = fixed.map(
    ({ at, message, fix }) =>
      `${safeText(formatLocation(at))}: ${styleText('green', 'corrected')}: ${safeText(message)}: ${safeText(fix)}`,
  );
  return `${[...lines, `${fixed.length} corrected`, ''].join('\n')}\n`;
}

/** A line a finding, then what there is of each code. */
function formatCheck(check: RulesCheck): string {
  const lines = check.findings.flatMap(({ severity, code, message, fix, at }) => [
    `${safeText(formatLocation(at))}: ${styleText(COLORS[severity], severity)}: ${safeText(message)} [${code}]`,
    `    ${styleText('dim', safeText(fix))}`,
  ]);
  const { counts, files, rules, attackVersion, attackVersionCertain, codes } = check;
  const version = attackVersionCertain
    ? attackVersion
    : `${attackVersion}, which the tags fit best`;
  const total = counts.error + counts.warning + counts.note;
  const summary = [
    styleText(
      'bold',
      `${rules} rules in ${files} files: ${counts.error} errors, ${counts.warning} warnings, ${counts.note} notes`,
    ),
    `tags checked against ATT&CK ${version}`,
    ...Object.entries(codes).map(([code, count]) => `${String(count).padStart(6)}  ${code}`),
  ];
  return `${[...lines, ...(lines.length > 0 ? [''] : []), ...(total === 0 ? summary.slice(0, 2) : summary)].join('\n')}\n`;
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { listFiles } from '../collectors/index.js';
import { AppError, type Issue } from '../model/index.js';
import { type CompiledRule, loadRules, SIGMA_LEVELS, type SigmaLevel } from '../sigma/index.js';

/** Rules ready to run. */
export interface RuleSet {
  /** In the order of the folders and files; ids do not repeat. */
  readonly rules: readonly CompiledRule[];
  readonly issues: readonly Issue[];
  /** Rules that were refused. */
  readonly skipped: number;
  /** Rules left out because of the minimum level. */
  readonly belowMinLevel: number;
}

export interface RuleSetOptions {
  /** Folders or files of Sigma rules. */
  readonly paths: readonly string[];
  /** Whether the rules that ship with Portolan run too. */
  readonly ownRules: boolean;
  readonly minLevel: SigmaLevel;
}

// From src/app and from dist/cli alike.
const OWN_RULES = fileURLToPath(new URL('../../rules/', import.meta.url));
// Beside each own rule lie the events that test it.
const RULE_FILE = /\.ya?ml$/i;
const TEST_EVENTS = /\.events\.ya?ml$/i;

/**
 * Loads Portolan's own rules and those under the paths, own ones first.
 *
 * @throws AppError `SOURCE_UNREADABLE` for a path that does not exist or holds no YAML file: whoever names rules wants
 *   them to run.
 */
export async function loadRuleSet({ paths, ownRules, minLevel }: RuleSetOptions): Promise<RuleSet> {
  const { files, issues } = await listRuleFiles([...(ownRules ? [OWN_RULES] : []), ...paths]);
  const byId = new Map<string, CompiledRule>();
  let skipped = 0;
  let belowMinLevel = 0;
  const lowest = SIGMA_LEVELS.indexOf(minLevel);
  for (const file of files) {
    const loaded = loadRules(await readFile(file, 'utf8'), { source: file });
    issues.push(...loaded.issues);
    skipped += loaded.issues.length;
    for (const compiled of loaded.rules) {
      const { rule } = compiled;
      const key = rule.id?.toLowerCase() ?? `${file}:${rule.at.line}`;
      const problem = problemOf(compiled, byId.get(key));
      if (problem !== undefined) {
        issues.push(problem);
        skipped += 1;
      } else if (SIGMA_LEVELS.indexOf(rule.level) < lowest) belowMinLevel += 1;
      else byId.set(key, compiled);
    }
  }
  return { rules: [...byId.values()], issues, skipped, belowMinLevel };
}

async function listRuleFiles(paths: readonly string[]) {
  const files = new Set<string>();
  const issues: Issue[] = [];
  for (const path of paths) {
    const listed = await listFiles([path]);
    const rules = listed.files.filter((file) => RULE_FILE.test(file) && !TEST_EVENTS.test(file));
    if (rules.length === 0) {
      const reason = listed.issues[0]?.message ?? 'holds no YAML file';
      throw new AppError('SOURCE_UNREADABLE', `expected Sigma rules: ${path} ${reason}`);
    }
    for (const rule of rules) files.add(rule);
    issues.push(...listed.issues);
  }
  return { files, issues };
}

/** Why a rule that compiles is not run all the same. */
function problemOf({ rule }: CompiledRule, twin: CompiledRule | undefined): Issue | undefined {
  if (rule.status === 'unsupported') {
    const message = `rule "${rule.title}" is marked unsupported by its author`;
    return { kind: 'issue', code: 'RULE_UNSUPPORTED', message, at: rule.at };
  }
  if (twin === undefined) return undefined;
  const message = `rule "${rule.title}" has the id of a rule in ${twin.rule.at.source}`;
  return { kind: 'issue', code: 'RULE_INVALID', message, at: rule.at };
}

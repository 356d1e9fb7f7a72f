import type { Command } from 'commander';
import { registerRulesAdd } from './rules-add.js';
import { registerRulesCheck } from './rules-check.js';
import { registerRulesExplain } from './rules-explain.js';
import { registerRulesList } from './rules-list.js';
import { registerRulesRemove } from './rules-remove.js';

/** `portolan rules …` */
export function registerRules(program: Command): void {
  const rules = program.command('rules').description('Sigma rules: check, explain, install');
  registerRulesCheck(rules);
  registerRulesExplain(rules);
  registerRulesAdd(rules);
  registerRulesList(rules);
  registerRulesRemove(rules);
}

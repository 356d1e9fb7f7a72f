import type { Command } from 'commander';
import { registerRulesCheck } from './rules-check.js';

/** `portolan rules …` */
export function registerRules(program: Command): void {
  const rules = program.command('rules').description('Sigma rules: check, explain, install');
  registerRulesCheck(rules);
}

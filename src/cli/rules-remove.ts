import type { Command } from 'commander';

/** `portolan rules remove NAME` */
export function registerRulesRemove(rules: Command): void {
  rules
    .command('remove')
    .description('remove an installed pack of rules')
    .argument('<name>', 'name of the pack')
    .action(async (name: string) => {
      const { removeRules } = await import('../app/rules-remove.js');
      const { userFolder } = await import('../attack/index.js');
      const removed = await removeRules(name, userFolder());
      process.stdout.write(`removed ${removed.name}\n`);
    });
}

import type { Command } from 'commander';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';

/** `portolan rules list` */
export function registerRulesList(rules: Command): void {
  rules
    .command('list')
    .description('show the installed packs of rules')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { listRules } = await import('../app/rules-list.js');
      const { userFolder } = await import('../attack/index.js');
      const packs = listRules(userFolder());
      if (json === true) {
        printJson(packs);
        return;
      }
      const lines = packs.map(({ name, pack, problem }) =>
        pack === undefined
          ? `${name}  ${safeText(problem ?? '')}`
          : `${name}  ${pack.rules} rules, ${pack.installed.slice(0, 10)}, ${safeText(pack.licence ?? 'no licence stated')}, from ${safeText(pack.source)}`,
      );
      const none = 'no pack is installed; portolan rules add sigmahq fetches SigmaHQ’s rules';
      process.stdout.write(`${lines.length === 0 ? none : lines.join('\n')}\n`);
    });
}

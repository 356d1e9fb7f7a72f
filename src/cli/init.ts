import type { Command } from 'commander';
import { safeText } from './safe-text.js';

/** `portolan init [DIR]` */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('make a folder a workspace: portolan.yaml, rules, layers and a database')
    .argument('[dir]', 'the folder; made when it is not there', '.')
    .option('--store <url>', 'keep results in PostgreSQL: postgres://user@host/database')
    .action(async (folder: string, { store }: { readonly store?: string }) => {
      const { initWorkspace } = await import('../app/init-workspace.js');
      const result = await initWorkspace({ folder, store });
      process.stdout.write(
        `${safeText(result.folder)} is a workspace now: ${result.made.map(safeText).join(', ')}\n` +
          'next: describe it in portolan.yaml, then portolan map LOGS --save\n',
      );
    });
}

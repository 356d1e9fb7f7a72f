import type { Command } from 'commander';
import { safeText } from './safe-text.js';

/** `portolan import-workspace FILE [DIR]` */
export function registerImportWorkspace(program: Command): void {
  program
    .command('import-workspace')
    .description('make a workspace from a backup')
    .argument('<file>', 'what export-workspace wrote')
    .argument('[dir]', 'the folder; made when it is not there; must hold no workspace', '.')
    .option('--store <url>', 'fill this store, which must be empty, instead of one in the folder')
    .action(async (file: string, folder: string, { store }: { readonly store?: string }) => {
      const { importWorkspace } = await import('../app/import-workspace.js');
      const result = await importWorkspace({ file, folder, store });
      const rows = result.tables.reduce((sum, table) => sum + table.rows, 0);
      process.stdout.write(
        `${safeText(result.folder)} is a workspace now: ${rows} rows of ${result.tables.length} tables\n`,
      );
    });
}

import type { Command } from 'commander';
import { printIssues } from './print-issues.js';
import { safeText } from './safe-text.js';

interface ExportFlags {
  readonly workspace?: string;
  readonly store?: string;
  readonly withUsers?: boolean;
}

/** `portolan export-workspace FILE` */
export function registerExportWorkspace(program: Command): void {
  program
    .command('export-workspace')
    .description('write a backup of a workspace: one ZIP file that any store takes')
    .argument('<file>', 'the backup; must not be there')
    .option('--workspace <dir>', 'the workspace (default: the one that this folder is in)')
    .option('--store <url>', 'read this store instead of the workspace’s')
    .option('--with-users', 'with people, their password hashes and API tokens')
    .action(async (file: string, { workspace: folder, store, withUsers }: ExportFlags) => {
      const { exportWorkspace } = await import('../app/export-workspace.js');
      const { openWorkspace } = await import('../app/open-workspace.js');
      const workspace = await openWorkspace({ folder, store });
      try {
        printIssues(workspace.issues);
        const { tables, sizeBytes } = await exportWorkspace(workspace, {
          file,
          withUsers: withUsers === true,
        });
        const rows = tables.reduce((sum, table) => sum + table.rows, 0);
        process.stdout.write(
          `wrote ${safeText(file)}: ${rows} rows of ${tables.length} tables, ${sizeBytes} bytes\n`,
        );
      } finally {
        await workspace.close();
      }
    });
}

import type { Command } from 'commander';
import { registerExportWorkspace } from './export-workspace.js';
import { registerImportWorkspace } from './import-workspace.js';
import { registerInit } from './init.js';

/** Commands on a whole workspace: `init`, `export-workspace`, `import-workspace`. */
export function registerWorkspace(program: Command): void {
  registerInit(program);
  registerExportWorkspace(program);
  registerImportWorkspace(program);
}

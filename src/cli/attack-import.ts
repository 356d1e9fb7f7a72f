import type { Command } from 'commander';
import { installedLine } from './installed-line.js';
import { printIssues } from './print-issues.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';

interface ImportCommandOptions {
  readonly domain?: string;
  readonly attackVersion?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `portolan attack import FILE…` */
export function registerAttackImport(attack: Command): void {
  attack
    .command('import')
    .description(
      'bring full STIX bundles (plain or .gz) into your data folder: descriptions, procedures, references',
    )
    .argument('<file...>', 'STIX 2.0 or 2.1 bundles; those of one domain and version are merged')
    .option('--domain <domain>', 'enterprise, mobile or ics (default: all that the files hold)')
    .option(
      '--attack-version <version>',
      'what they are: 18.1, or a label of your own (default: what they say)',
    )
    .option('--force', 'take a bundle that is much smaller than what it replaces')
    .option('--json', 'one JSON document')
    .action(async (files: readonly string[], options: ImportCommandOptions) => {
      const { domainsAsked } = await import('../app/domains-asked.js');
      const { importBundles } = await import('../app/attack-import.js');
      const { userFolder } = await import('../attack/index.js');
      const imported = importBundles({
        files,
        domain: options.domain === undefined ? undefined : domainsAsked(options.domain)[0],
        version: options.attackVersion,
        force: options.force,
        userFolder: userFolder(),
        now: new Date(),
        onFile: (file) => process.stderr.write(`${safeText(`reading ${file}`)}\n`),
      });
      printIssues(imported.flatMap(({ issues }) => issues));
      if (options.json === true) return printJson(imported);
      process.stdout.write(imported.map(installedLine).join(''));
    });
}

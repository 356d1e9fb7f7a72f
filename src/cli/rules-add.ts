import type { Command } from 'commander';
import { printIssues } from './print-issues.js';
import { printJson } from './print-json.js';
import { createProgressPrinter } from './print-progress.js';
import { safeText } from './safe-text.js';

interface RulesAddFlags {
  readonly name?: string;
  readonly json?: boolean;
}

/** `portolan rules add SOURCE` */
export function registerRulesAdd(rules: Command): void {
  rules
    .command('add')
    .description('install a pack of Sigma rules for map --rules NAME')
    .argument('<source>', 'a folder, a zip file or its URL, or a known name: sigmahq, sigmahq-core')
    .option('--name <name>', 'name of the pack (default: that of the source)')
    .option('--json', 'print one JSON document')
    .action(async (source: string, { name, json }: RulesAddFlags) => {
      const { addRules } = await import('../app/rules-add.js');
      const { userFolder } = await import('../attack/index.js');
      const progress = createProgressPrinter(process.stderr, () => performance.now());
      const stop = new AbortController();
      // The first Ctrl-C ends the download and says so, a second one ends the process.
      process.once('SIGINT', () => stop.abort());
      try {
        const added = await addRules({
          source,
          name,
          userFolder: userFolder(),
          now: new Date(),
          fetch,
          signal: stop.signal,
          onBytes: (receivedBytes, totalBytes) =>
            progress.print({ kind: 'downloading', url: source, receivedBytes, totalBytes }),
        });
        progress.end();
        if (json === true) {
          printJson(added);
          return;
        }
        const { pack, folder, replaced, issues } = added;
        process.stdout.write(
          [
            `${replaced ? 'replaced' : 'installed'} ${pack.name}: ${pack.rules} rules in ${pack.files} files`,
            `  licence  ${safeText(pack.licence ?? 'none is stated')}`,
            `  from     ${safeText(pack.source)}`,
            `  in       ${safeText(folder)}`,
            `  use      portolan map PATH --rules ${pack.name}`,
            '',
          ].join('\n'),
        );
        printIssues(issues);
      } finally {
        progress.end();
      }
    });
}

import type { Command } from 'commander';
import { printJson } from './print-json.js';
import { styleText } from './style-text.js';

interface Options {
  readonly domain?: string;
  readonly attackVersion?: string;
  readonly kind?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

/** `portolan attack search QUERY…` */
export function registerAttackSearch(attack: Command): void {
  attack
    .command('search')
    .description(
      'find objects by id (also old or in part), name, alias, log source; typing errors are forgiven',
    )
    .argument('<query...>', 'powershell, "cozy bear", T1562.001, EventCode=4688, …')
    .option(
      '--domain <domain>',
      'enterprise, mobile or ics (default: enterprise, the others where it has nothing)',
    )
    .option('--attack-version <version>', 'ATT&CK version (default: the newest there is)')
    .option('--kind <kinds>', 'these kinds only, comma between: technique,group,software')
    .option('--limit <count>', 'results at most, 1 to 1000 (default: 20)')
    .option('--json', 'one JSON document')
    .action(async (words: readonly string[], options: Options) => {
      const { searchObjects } = await import('../app/attack-search.js');
      const answer = searchObjects(words.join(' '), {
        domain: options.domain,
        version: options.attackVersion,
        kinds: options.kind?.split(','),
        limit: options.limit === undefined ? undefined : Number(options.limit),
      });
      if (options.json === true) return printJson(answer);
      const { formatSearch, summarizeSearch } = await import('./format-search.js');
      process.stdout.write(formatSearch(answer));
      process.stderr.write(styleText('dim', `${summarizeSearch(answer)}\n`));
    });
}

import type { Command } from 'commander';
import { printJson } from './print-json.js';

interface Options {
  readonly domain?: string;
  readonly kind?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `portolan attack diff OLDER NEWER` */
export function registerAttackDiff(attack: Command): void {
  attack
    .command('diff')
    .description('compare two ATT&CK versions: added, revoked, renamed, moved to another tactic, …')
    .argument('<older>', 'ATT&CK version: 18.1, or 18 for its newest')
    .argument('<newer>', 'ATT&CK version')
    .option('--domain <domain>', 'enterprise, mobile or ics', 'enterprise')
    .option('--kind <kinds>', 'these kinds only, comma between: technique,group,software')
    .option('--all', 'every item of long lists, every changed relation and version')
    .option('--json', 'one JSON document with everything')
    .option('--markdown', 'Markdown')
    .action(async (older: string, newer: string, options: Options) => {
      const { compareAttackVersions } = await import('../app/attack-diff.js');
      const kinds = options.kind?.split(',');
      const diff = compareAttackVersions(older, newer, { domain: options.domain, kinds });
      if (options.json === true) return printJson(diff);
      const all = options.all === true;
      const { formatDiff } = await import('./format-diff.js');
      const { formatDiffMarkdown } = await import('./format-diff-markdown.js');
      const format = options.markdown === true ? formatDiffMarkdown : formatDiff;
      process.stdout.write(format(diff, { all }));
    });
}

import type { Command } from 'commander';
import type { AttackObject } from '../attack/lookup.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

interface Options {
  readonly domain?: string;
  readonly attackVersion?: string;
  readonly tactic?: string;
  readonly platform?: string;
  readonly inactive?: boolean;
  readonly json?: boolean;
}

function lineOf(object: AttackObject): string {
  const status = object.status === 'active' ? '' : `  (${object.status})`;
  const id = (object.attackId ?? '–').padEnd(10);
  const aliases = object.aliases.length > 0 ? `  = ${object.aliases.slice(0, 4).join(', ')}` : '';
  return safeText(`${id} ${object.name}${status}${aliases}`);
}

/** `portolan attack list KIND` */
export function registerAttackList(attack: Command): void {
  attack
    .command('list')
    .description(
      'list techniques, tactics, groups, software, campaigns, mitigations, data-components, …',
    )
    .argument('<kind>', 'what to list, singular or plural')
    .option('--domain <domain>', 'enterprise, mobile or ics', 'enterprise')
    .option('--attack-version <version>', 'ATT&CK version (default: the newest there is)')
    .option('--tactic <tactic>', 'techniques of this tactic only: shortname, name or id')
    .option('--platform <platform>', 'objects of this platform only')
    .option('--inactive', 'revoked and deprecated ones too')
    .option('--json', 'one JSON document')
    .action(async (kind: string, options: Options) => {
      const { listObjects } = await import('../app/attack-list.js');
      const list = listObjects(kind, {
        domain: options.domain,
        version: options.attackVersion,
        tactic: options.tactic,
        platform: options.platform,
        includeInactive: options.inactive,
      });
      if (options.json === true) return printJson(list);
      process.stdout.write(list.objects.map((object) => `${lineOf(object)}\n`).join(''));
      const of = `ATT&CK ${list.attackVersion} ${list.domain.replace('-attack', '')}`;
      process.stderr.write(styleText('dim', `${list.objects.length} of ${of}\n`));
    });
}

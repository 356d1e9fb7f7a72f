import type { Command } from 'commander';
import { printJson } from './print-json.js';

interface ShowOptions {
  readonly domain?: string;
  readonly attackVersion?: string;
  readonly json?: boolean;
  readonly all?: boolean;
}

/** `portolan attack show ID…` */
export function registerAttackShow(attack: Command): void {
  attack
    .command('show')
    .description(
      'show an object: T1059.001, TA0005, G0016, S0002, C0024, M1042, DS0009, DC0032, DET0026, AN0074',
    )
    .argument('<id...>', 'ATT&CK ids, STIX ids or whole names ("Cozy Bear"), any case')
    .option('--domain <domain>', 'enterprise, mobile or ics (default: where the id is)')
    .option('--attack-version <version>', 'ATT&CK version (default: the newest there is)')
    .option('--all', 'every procedure example and every item of long lists')
    .option('--json', 'one JSON document')
    .action(async (ids: readonly string[], options: ShowOptions) => {
      const { showObjects } = await import('../app/attack-show.js');
      const shown = showObjects(ids, { domain: options.domain, version: options.attackVersion });
      if (options.json === true) {
        printJson(
          shown.map(({ description, text, lastSeenIn }) => ({ ...description, lastSeenIn, text })),
        );
        return;
      }
      const { formatDescription } = await import('./format-description.js');
      const blocks = shown.map((one) => formatDescription(one, { all: options.all === true }));
      process.stdout.write(blocks.join('\n'));
    });
}

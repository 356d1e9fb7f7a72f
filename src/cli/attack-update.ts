import type { Command } from 'commander';
import type { UpdateOutcome } from '../app/attack-update.js';
import { ERROR_CODES } from '../model/index.js';
import { installedLine } from './installed-line.js';
import { printIssues } from './print-issues.js';
import { printJson } from './print-json.js';
import { createProgressPrinter } from './print-progress.js';
import { safeText } from './safe-text.js';

interface UpdateCommandOptions {
  readonly from?: string;
  readonly domain?: string;
  readonly attackVersion?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

function outcomeLine(outcome: UpdateOutcome): string {
  if (outcome.kind === 'installed') return installedLine(outcome);
  if (outcome.kind === 'failed') return '';
  const { domain, version, offered } = outcome;
  const name = `${domain.replace('-attack', '')} ${version}`;
  const reason = version === offered ? '' : `; the source has ${offered}`;
  return `${safeText(`${name} is there already${reason}; nothing to do (--force fetches it again)`)}\n`;
}

/** Prints what failed and sets the exit code of the first failure. */
function printFailures(outcomes: readonly UpdateOutcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.kind !== 'failed') continue;
    process.stderr.write(`portolan: ${safeText(outcome.message)}\n`);
    process.exitCode ??= ERROR_CODES[outcome.code].exitCode;
  }
}

/** `portolan attack update` */
export function registerAttackUpdate(attack: Command): void {
  attack
    .command('update')
    .description("fetch MITRE's newest full bundles into your data folder")
    .option(
      '--from <source>',
      'URL of a collection index or a bundle, taxii, or taxii=URL (default: MITRE on GitHub)',
    )
    .option('--domain <domain>', 'enterprise, mobile or ics (default: all)')
    .option('--attack-version <version>', 'ATT&CK version (default: the newest)')
    .option(
      '--force',
      'fetch what is there already; take a bundle much smaller than what it replaces',
    )
    .option('--json', 'one JSON document')
    .action(async ({ from, domain, attackVersion, force, json }: UpdateCommandOptions) => {
      const { domainsAsked } = await import('../app/domains-asked.js');
      const { updateAttack } = await import('../app/attack-update.js');
      const { userFolder } = await import('../attack/index.js');
      const progress = createProgressPrinter(process.stderr, () => performance.now());
      const stop = new AbortController();
      // The first Ctrl-C ends the download and says so, a second one ends the process.
      process.once('SIGINT', () => stop.abort());
      try {
        const outcomes = await updateAttack({
          from,
          domain: domain === undefined ? undefined : domainsAsked(domain)[0],
          version: attackVersion,
          force,
          userFolder: userFolder(),
          now: new Date(),
          fetch,
          signal: stop.signal,
          onProgress: progress.print,
        });
        progress.end();
        printFailures(outcomes);
        printIssues(outcomes.flatMap((one) => (one.kind === 'installed' ? one.issues : [])));
        if (json === true) printJson(outcomes);
        else process.stdout.write(outcomes.map(outcomeLine).join(''));
      } finally {
        progress.end();
      }
    });
}

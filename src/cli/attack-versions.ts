import type { Command } from 'commander';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';
import { wrapLines } from './wrap-lines.js';

/** `portolan attack versions` */
export function registerAttackVersions(attack: Command): void {
  attack
    .command('versions')
    .description(
      'list the versions of ATT&CK that are there, where each is from, and what in it is of an earlier one',
    )
    .option('--json', 'one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      const { listVersions } = await import('../app/attack-versions.js');
      const versions = listVersions();
      if (json === true) return printJson(versions);
      for (const version of versions) {
        const mark = version.isDefault ? '*' : ' ';
        const name = `${version.domain.replace('-attack', '')} ${version.version}`.padEnd(17);
        const text = version.origin === 'installed' ? 'full bundle' : 'catalogue  ';
        const counts = `${version.techniqueCount} techniques, ${version.objectCount} objects`;
        const line = `${mark} ${name} ${text}  ${version.released ?? 'no date   '}  ${counts}`;
        process.stdout.write(`${version.isDefault ? styleText('bold', line) : line}\n`);
        if (version.problem !== undefined)
          process.stdout.write(`    cannot be opened: ${safeText(version.problem)}\n`);
        for (const note of version.carriedOver)
          process.stdout.write(wrapLines(`note: ${safeText(note)}`, outputWidth(), '    '));
      }
      process.stdout.write(
        styleText(
          'dim',
          '* opens when no version is asked for; full bundles hold descriptions and procedures\n',
        ),
      );
    });
}

import type { Command } from 'commander';
import type { VersionEntry } from '../attack/index.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';
import { wrapLines } from './wrap-lines.js';

/** A line a version, and under it what is wrong with it or of an earlier version. */
function versionLines(version: VersionEntry): string {
  const mark = version.isDefault ? '*' : ' ';
  const name = `${version.domain.replace('-attack', '')} ${version.version}`.padEnd(17);
  const text = version.origin === 'installed' ? 'full bundle' : 'catalogue  ';
  const counts = `${version.techniqueCount} techniques, ${version.objectCount} objects`;
  const line = `${mark} ${safeText(name)} ${text}  ${version.released ?? 'no date   '}  ${counts}`;
  const problem = version.problem === undefined ? [] : [`cannot be opened: ${version.problem}`];
  const notes = version.carriedOver.map((note) => `note: ${note}`);
  const below = [...problem, ...notes].map((each) =>
    wrapLines(safeText(each), outputWidth(), '    '),
  );
  return `${version.isDefault ? styleText('bold', line) : line}\n${below.join('')}`;
}

const LEGEND =
  '* opens when no version is asked for; full bundles hold descriptions and procedures\n';

/** `portolan attack versions` */
export function registerAttackVersions(attack: Command): void {
  attack
    .command('versions')
    .description(
      'list the versions of ATT&CK that are there, and what in them is of an earlier one',
    )
    .option('--json', 'one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      const { listVersions } = await import('../app/attack-versions.js');
      const versions = listVersions();
      if (json === true) return printJson(versions);
      process.stdout.write(versions.map(versionLines).join('') + styleText('dim', LEGEND));
    });
}

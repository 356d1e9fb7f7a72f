import type { Command } from 'commander';
import type { MigrationReport } from '../app/migrate-files.js';
import { printIssues } from './print-issues.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

interface MigrateOptions {
  readonly to: string;
  readonly from?: string;
  readonly out?: string;
  readonly inPlace?: boolean;
  readonly audit?: string;
  readonly json?: boolean;
}

/** Entries for a person that are printed; the audit has all. */
const SHOWN = 200;

/** `portolan migrate FILE|DIR --to 19.1` */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description(
      'move Sigma rules, layers, CSV files and mapping records to another version of ATT&CK',
    )
    .argument('<path>', 'a file, or a folder with all that is in it')
    .requiredOption('--to <version>', 'ATT&CK version that is wanted: 19.1')
    .option('--from <version>', 'version it was made against (default: told by ids and tactics)')
    .option('--out <folder>', 'write every file there, changed or not, at the same relative path')
    .option('--in-place', 'write changed files over the old ones')
    .option(
      '--audit <file>',
      'write the audit there, as JSON: [{file,raw,from,to,decision,reason}]',
    )
    .option('--json', 'print one JSON document')
    .action(async (path: string, options: MigrateOptions) => {
      const { migrateFiles } = await import('../app/migrate-files.js');
      const report = migrateFiles({ path, ...options });
      if (options.json === true) {
        const { lines: _, ...rest } = report;
        printJson(rest);
        return;
      }
      process.stdout.write(formatReport(report, options));
      printIssues(report.issues);
    });
}

function formatReport(report: MigrationReport, options: MigrateOptions): string {
  const changed = report.files.filter((file) => file.changed).length;
  const lines = [
    styleText(
      'bold',
      `To ATT&CK ${report.to}: ${countOf(report.files.length, 'file')}, ${changed} changed`,
    ),
    formatSources(report),
    options.from === undefined && report.detection !== undefined
      ? `  version told by ids and tactics: ${report.detection.evidence[0] ?? report.detection.version}`
      : '',
    `  automatic      ${report.counts.automatic}`,
    `  suggested      ${report.counts.suggested}`,
    `  needs a person ${report.counts['needs-person']}`,
    ...formatOpen(report),
    whereWritten(options),
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

/** `from 18.1: 1431 Sigma files` */
function formatSources({ files }: MigrationReport): string {
  const counts = new Map<string, number>();
  for (const { format, from } of files) {
    if (format === 'other') continue;
    const name = `${format} from ${from.length === 0 ? 'what each record says' : from.join(' and ')}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (counts.size === 0) return '  nothing in them that names techniques or tactics';
  return [...counts].map(([name, count]) => `  ${countOf(count, 'file')}: ${name}`).join('\n');
}

function formatOpen({ audit, lines }: MigrationReport): readonly string[] {
  const open = audit.flatMap((entry, index) =>
    entry.decision === 'needs-person' ? [{ ...entry, line: lines[index] }] : [],
  );
  if (open.length === 0) return [];
  const shown = open.slice(0, SHOWN).map(({ file, line, raw, reason }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `  ${safeText(place)}: ${safeText(raw)}: ${safeText(reason)}`;
  });
  const more = open.length > SHOWN ? [`  … and ${open.length - SHOWN} more (--audit has all)`] : [];
  return [styleText('bold', 'Needs a person, left as it was:'), ...shown, ...more];
}

function whereWritten({ out, inPlace, audit }: MigrateOptions): string {
  const written = [
    ...(out === undefined ? [] : [`files in ${safeText(out)}`]),
    ...(inPlace === true ? ['changed files in place'] : []),
    ...(audit === undefined ? [] : [`audit in ${safeText(audit)}`]),
  ];
  if (written.length === 0)
    return 'Nothing is written; --out or --in-place does, --audit lists every change.';
  return `Written: ${written.join(', ')}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

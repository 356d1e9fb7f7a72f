import type { Command } from 'commander';
import type { Inheritance, InheritSource } from '../layers/index.js';
import { AppError } from '../model/index.js';
import { printIssues } from './print-issues.js';
import { safeText } from './safe-text.js';

interface CombineFlags {
  readonly score?: string;
  readonly name?: string;
  readonly description?: string;
  readonly inherit?: readonly string[];
  readonly attackVersion?: string;
  readonly out?: string;
}

const FIELDS = [
  'comments',
  'links',
  'metadata',
  'colors',
  'enabled',
  'gradient',
  'filters',
  'legend',
] as const;
const FROM_ALL: ReadonlySet<string> = new Set(['comments', 'links', 'metadata', 'legend']);

/** `comments=a`, `legend=all` as a field and the place of a layer. */
function parseInherit(text: string): readonly [string, InheritSource] {
  const [field = '', from = ''] = text.split('=');
  const isField = (FIELDS as readonly string[]).includes(field);
  if (isField && from === 'all' && FROM_ALL.has(field)) return [field, 'all'];
  const place = /^[a-z]$/.test(from) ? from.charCodeAt(0) - 'a'.charCodeAt(0) : -1;
  if (isField && place >= 0) return [field, place];
  const wanted = `FIELD=LAYER, with FIELD of ${FIELDS.join(', ')} and LAYER a, b, c … (or all, for ${[...FROM_ALL].join(', ')})`;
  throw new AppError(
    'USAGE',
    `--inherit: expected ${wanted}, found ${JSON.stringify(text.slice(0, 60))}`,
  );
}

/** `portolan layer combine FILE…` */
export function registerLayerCombine(layer: Command): void {
  layer
    .command('combine')
    .description(
      'make one layer of several by an expression over their scores: a, b, c … in the order given',
    )
    .argument('<files...>', 'layer files; those of other ATT&CK versions are migrated first')
    .option(
      '--score <expression>',
      'such as "a + b", "a > 0 and not scored(b)", "max(a, b)"; see docs/layers.md',
    )
    .option('--name <name>', 'name of the result')
    .option('--description <text>', 'description of the result')
    .option(
      '--inherit <field=layer...>',
      `take comments, links, … from a layer: comments=a legend=all`,
    )
    .option(
      '--attack-version <version>',
      'ATT&CK version of the result (default: the newest among the layers)',
    )
    .option('--out <file>', 'write here (default: standard output)')
    .action(async (files: readonly string[], flags: CombineFlags) => {
      const { combineLayerFiles } = await import('../app/layer-combine.js');
      const combination = combineLayerFiles(files, {
        score: flags.score,
        name: flags.name,
        description: flags.description,
        inherit: Object.fromEntries((flags.inherit ?? []).map(parseInherit)) as Inheritance,
        attackVersion: flags.attackVersion,
      });
      if (flags.out === undefined) process.stdout.write(`${combination.text}\n`);
      else {
        const { writeOutput } = await import('../app/write-output.js');
        writeOutput(flags.out, `${combination.text}\n`);
      }
      for (const { source, steps } of combination.migrated) {
        const open = steps.filter(({ decision }) => decision === 'needs-person').length;
        const line = `${source}: ${steps.length} entries migrated to ${combination.attackVersion}, ${open} need a person`;
        process.stderr.write(`${safeText(line)}; portolan migrate shows them\n`);
      }
      printIssues(combination.issues);
    });
}

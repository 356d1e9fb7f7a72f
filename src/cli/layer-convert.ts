import type { Command } from 'commander';
import type { GivenRenderOptions } from '../exporters/index.js';
import { AppError } from '../model/index.js';
import { parseNumber } from './parse-number.js';
import { printIssues } from './print-issues.js';

interface ConvertOptions {
  readonly to?: string;
  readonly out?: string;
  readonly layer?: string;
  readonly attackVersion?: string;
  readonly visibleOnly?: boolean;
}

interface Conversion {
  /** undefined = told by the ending of `out`. */
  readonly format: string | undefined;
  /** undefined = standard output. */
  readonly out: string | undefined;
  readonly number: number | undefined;
  readonly attackVersion: string | undefined;
  readonly render: GivenRenderOptions;
}

/** Writes a layer in another format to a file or to standard output; issues go to standard error. */
export async function writeLayerAs(file: string, conversion: Conversion): Promise<void> {
  const { exportLayer, formatOfFile } = await import('../app/layer-export.js');
  const { out, render, number, attackVersion } = conversion;
  const format = conversion.format ?? (out === undefined ? undefined : formatOfFile(out));
  if (format === undefined) {
    const wanted =
      out === undefined
        ? '--to FORMAT or --out FILE'
        : '--out with an ending that names a format, or --to';
    throw new AppError('USAGE', `expected ${wanted} (json, csv, md, xlsx, svg, png)`);
  }
  const { content, issues } = await exportLayer(file, { format, number, attackVersion, render });
  if (out === undefined) process.stdout.write(content);
  else {
    const { writeOutput } = await import('../app/write-output.js');
    writeOutput(out, content);
  }
  printIssues(issues);
}

/** `portolan layer convert FILE` */
export function registerLayerConvert(layer: Command): void {
  layer
    .command('convert')
    .description(
      'write a layer of any format (1.x to 4.5) as json (4.5), csv, markdown, xlsx, svg or png',
    )
    .argument('<file>', 'layer file, plain or .gz')
    .option(
      '--to <format>',
      'json, csv, markdown, xlsx, svg, png (default: told by the ending of --out)',
    )
    .option('--out <file>', 'write here (default: standard output)')
    .option(
      '--layer <n>',
      'which layer of a file that holds several, from 1 (default: json all, others the first)',
    )
    .option('--attack-version <version>', 'migrate to this ATT&CK version first')
    .option('--visible-only', 'json: leave out what the filters of the layer hide')
    .action(async (file: string, options: ConvertOptions) => {
      await writeLayerAs(file, {
        format: options.to,
        out: options.out,
        number: parseNumber('--layer', options.layer),
        attackVersion: options.attackVersion,
        render: { visibleOnly: options.visibleOnly },
      });
    });
}

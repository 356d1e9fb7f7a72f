import { type Command, InvalidArgumentError } from 'commander';
import type { MapProgress } from '../app/map-options.js';
import { printJson } from './print-json.js';

interface MapCommandOptions {
  readonly rules: readonly string[];
  /** False with `--no-own-rules`. */
  readonly ownRules: boolean;
  readonly attackVersion?: string;
  readonly minLevel?: string;
  readonly minConfidence?: number;
  readonly json?: boolean;
}

/** `portolan map PATH…` */
export function registerMap(program: Command): void {
  program
    .command('map')
    .description('map the events of logs to techniques: what happened, when, where, how sure, why')
    .argument('<path...>', 'log files, or folders of them (JSON of any kind, also .gz)')
    .option(
      '--rules <path>',
      'Sigma rules beside our own: a folder or file (repeatable)',
      append,
      [],
    )
    .option('--no-own-rules', 'leave out the rules that come with Portolan')
    .option('--attack-version <version>', 'ATT&CK version of the result (default: the newest)')
    .option('--min-level <level>', 'leave out rules below: low, medium, high, critical')
    .option('--min-confidence <0..1>', 'leave out techniques below (default: 0.25)', parseRatio)
    .option('--json', 'one JSON document')
    .action(async (paths: readonly string[], options: MapCommandOptions) => {
      const { mapEvents, parseLevel } = await import('../app/map-events.js');
      const outcome = await mapEvents({
        paths,
        rules: options.rules,
        ownRules: options.ownRules,
        attackVersion: options.attackVersion,
        minLevel: options.minLevel === undefined ? undefined : parseLevel(options.minLevel),
        minConfidence: options.minConfidence,
        onProgress: process.stderr.isTTY === true ? showProgress : undefined,
      });
      if (process.stderr.isTTY === true) process.stderr.write('\r\x1b[K');
      if (options.json === true) {
        printJson(outcome.result);
        return;
      }
      const { formatMap } = await import('./format-map.js');
      process.stdout.write(formatMap(outcome));
    });
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function parseRatio(text: string): number {
  const ratio = text.trim() === '' ? Number.NaN : Number(text);
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new InvalidArgumentError('expected a number from 0 to 1.');
}

function showProgress({ files, filesDone, events, bytes }: MapProgress): void {
  const size = (bytes / 1e6).toFixed(1);
  process.stderr.write(`\r\x1b[K${filesDone} of ${files} files, ${events} events, ${size} MB`);
}

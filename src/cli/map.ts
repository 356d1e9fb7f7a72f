import { type Command, InvalidArgumentError } from 'commander';
import type { MapOptions } from '../app/map-options.js';
import type { MapOutcome } from '../app/map-result.js';
import { AppError } from '../model/index.js';
import { printJson } from './print-json.js';
import { createMapProgressPrinter } from './print-map-progress.js';
import { safeText } from './safe-text.js';

interface MapFlags {
  readonly rules: readonly string[];
  readonly pipeline: readonly string[];
  readonly placeholders: readonly string[];
  /** False with `--no-own-rules`. */
  readonly ownRules: boolean;
  readonly attackVersion?: string;
  readonly since?: string;
  readonly until?: string;
  readonly minLevel?: string;
  readonly minConfidence?: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly matches?: string;
  readonly layer?: string;
  readonly html?: string;
  readonly workers?: number;
  readonly explain?: readonly string[];
  readonly save?: boolean;
  readonly workspace?: string;
  readonly store?: string;
}

// What shells give for a program that Ctrl-C ended: 128 + SIGINT.
const EXIT_INTERRUPTED = 130;
const MAX_WORKERS = 64;

/** `portolan map PATH…` */
export function registerMap(program: Command): void {
  program
    .command('map')
    .description('map the events of logs to techniques: what happened, when, where, how sure, why')
    .argument('[path...]', 'log files, archives, or folders of them; the content tells the format')
    .option(
      '--rules <path>',
      'Sigma rules beside our own: a folder, a file or an installed pack (repeatable)',
      append,
      [],
    )
    .option(
      '--pipeline <file>',
      "processing pipeline in pySigma's YAML for all rules (repeatable)",
      append,
      [],
    )
    .option('--placeholders <file>', "values of rules' placeholders: name: [value, …]", append, [])
    .option('--no-own-rules', 'leave out the rules that come with Portolan')
    .option('--attack-version <version>', 'ATT&CK version of the result (default: the newest)')
    .option('--since <time>', 'leave out events before: a date, a time, or 24h, 7d before now')
    .option('--until <time>', 'leave out events at or after')
    .option('--min-level <level>', 'leave out rules below: low, medium, high, critical')
    .option(
      '--min-confidence <0..1>',
      'leave out techniques below (default: the learned threshold)',
      parseRatio,
    )
    .option('--json', 'print one JSON document')
    .option('--csv', 'print CSV, a row for each technique')
    .option('--matches <file>', 'write every match as a line of JSON')
    .option('--layer <file>', 'write an ATT&CK Navigator layer')
    .option('--html <file>', 'write one HTML file: matrix, timeline, evidence')
    .option('--workers <n>', 'threads that read (default: by size and processors)', parseWorkers)
    .option('--save', 'save every match as evidence in the workspace that this folder is in')
    .option('--workspace <dir>', 'save in this workspace')
    .option('--store <url>', 'save in this store instead of the workspace’s: postgres://…')
    .option(
      '--explain <rule event...>',
      'map nothing; show why a file of rules does or does not match an event (as rules explain)',
    )
    .action(runMap);
}

async function runMap(paths: readonly string[], flags: MapFlags, command: Command): Promise<void> {
  if (flags.explain !== undefined) return explain([...flags.explain, ...paths], flags);
  if (paths.length === 0) command.error("error: missing required argument 'path'");
  checkFlags(paths, flags);
  const { mapEvents, parseLevel } = await import('../app/map-events.js');
  const { parseTimePoint } = await import('../app/map-time-range.js');
  const now = new Date();
  const { since, until, minLevel } = flags;
  const range = {
    since: since === undefined ? undefined : parseTimePoint('--since', since, now),
    until: until === undefined ? undefined : parseTimePoint('--until', until, now),
  };
  if (range.since !== undefined && range.until !== undefined && range.since >= range.until)
    throw new AppError('USAGE', 'expected --since before --until');
  const options: MapOptions = {
    paths,
    rules: flags.rules,
    pipelines: flags.pipeline,
    placeholders: flags.placeholders,
    ownRules: flags.ownRules,
    attackVersion: flags.attackVersion,
    ...range,
    minLevel: minLevel === undefined ? undefined : parseLevel(minLevel),
    minConfidence: flags.minConfidence,
    workers: flags.workers,
  };
  const read = isSaving(flags) ? saveIn(flags) : mapEvents;
  const outcome = await readLogs((more) => read({ ...options, ...more }), flags);
  await writeFiles(outcome, flags);
  await printOutcome(outcome, flags);
  if (outcome.isInterrupted) process.exitCode = EXIT_INTERRUPTED;
}

function isSaving({ save, workspace, store }: MapFlags): boolean {
  return save === true || workspace !== undefined || store !== undefined;
}

/** `mapEvents` that saves what it finds. */
function saveIn({ workspace, store }: MapFlags) {
  return async (options: MapOptions): Promise<MapOutcome> => {
    const { mapIntoWorkspace } = await import('../app/save-to-workspace.js');
    const { printSaved } = await import('./print-saved.js');
    const saved = await mapIntoWorkspace(options, { folder: workspace, store });
    printSaved(saved);
    return saved.outcome;
  };
}

async function explain(files: readonly string[], { json }: MapFlags): Promise<void> {
  const [rule, events, ...rest] = files;
  if (rule === undefined || events === undefined || rest.length > 0)
    throw new AppError('USAGE', `expected --explain RULE EVENT, found ${files.length} files`);
  const { explainFiles } = await import('../app/rules-explain.js');
  const explained = await explainFiles({ rule, events });
  if (json === true) printJson(explained);
  else {
    const { formatExplained } = await import('./rules-explain.js');
    process.stdout.write(formatExplained(explained));
  }
}

/** A slip of the keyboard must not overwrite a log. */
function checkFlags(paths: readonly string[], { json, csv, matches, layer, html }: MapFlags): void {
  if (json === true && csv === true)
    throw new AppError('USAGE', 'expected --json or --csv, found both');
  const outputs = [matches, layer, html].filter((path) => path !== undefined);
  for (const [place, path] of outputs.entries())
    if (paths.includes(path) || outputs.indexOf(path) !== place)
      throw new AppError('USAGE', `expected a file of its own to write to, found ${path} twice`);
}

type Listeners = Pick<MapOptions, 'onMatch' | 'onProgress' | 'signal'>;

/** Reads with a progress bar, writes matches while they come; the first Ctrl-C ends the reading, the second the program. */
async function readLogs(
  read: (listeners: Listeners) => Promise<MapOutcome>,
  { matches }: MapFlags,
): Promise<MapOutcome> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  const printer = createMapProgressPrinter(process.stderr, () => performance.now());
  const writer =
    matches === undefined
      ? undefined
      : (await import('../app/map-write-matches.js')).openMatchesWriter(matches);
  try {
    const outcome = await read({
      signal: controller.signal,
      onProgress: (progress) => printer.print(progress),
      onMatch: writer === undefined ? undefined : (match) => writer.add(match),
    });
    printer.end();
    writer?.end();
    return outcome;
  } catch (error) {
    printer.end();
    writer?.abandon();
    throw error;
  } finally {
    process.off('SIGINT', stop);
  }
}

async function writeFiles(outcome: MapOutcome, { matches, layer, html }: MapFlags): Promise<void> {
  const written = [matches, layer, html].filter((path) => path !== undefined);
  if (written.length === 0) return;
  const { writeOutput } = await import('../app/write-output.js');
  if (layer !== undefined) {
    const { toMapLayerText } = await import('../app/map-layer.js');
    writeOutput(layer, toMapLayerText(outcome));
  }
  if (html !== undefined) {
    const { toMapHtml } = await import('../app/map-report.js');
    writeOutput(html, await toMapHtml(outcome));
  }
  process.stderr.write(`wrote ${safeText(written.join(', '))}\n`);
}

async function printOutcome(outcome: MapOutcome, { json, csv }: MapFlags): Promise<void> {
  if (json === true) printJson(outcome.result);
  else if (csv === true) {
    const { toMapCsv } = await import('../app/map-report.js');
    process.stdout.write(toMapCsv(outcome));
  } else {
    const { formatMap } = await import('./format-map.js');
    process.stdout.write(formatMap(outcome));
  }
  if (outcome.isInterrupted)
    process.stderr.write('portolan: stopped before the end; this is what was known until then\n');
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function parseRatio(text: string): number {
  const ratio = text.trim() === '' ? Number.NaN : Number(text);
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new InvalidArgumentError('expected a number from 0 to 1.');
}

function parseWorkers(text: string): number {
  const workers = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MAX_WORKERS}.`);
}

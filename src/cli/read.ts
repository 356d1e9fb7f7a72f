import type { Command } from 'commander';
import type { ReadOutcome, ReadProgress } from '../app/read-reports.js';
import type { SecondReaderOptions, SecondReaderUse } from '../app/second-reader.js';
import type { ReadingExportOptions } from '../exporters/index.js';
import type { Issue } from '../model/index.js';
import { printIssues } from './print-issues.js';
import {
  checkOutputs,
  outputsOf,
  parseLanes,
  parsePrice,
  parseRatio,
  parseSeconds,
  parseSetting,
  parseTlp,
  parseTokens,
  type ReadFlags,
  secondReaderOf,
} from './read-flags.js';
import { safeText } from './safe-text.js';

const DEFAULT_MAX_TOKENS = 100_000;
const DEFAULT_TIMEOUT_SECONDS = 60;

/** `portolan read PATH…` */
export function registerRead(program: Command): void {
  program
    .command('read')
    .description('read threat reports: techniques, groups, software, IOCs, CVEs, with their words')
    .argument('<path...>', 'reports, archives, folders of them, addresses; - is standard input')
    .option('--json', 'print one JSON document')
    .option('--layer <file>', 'write an ATT&CK Navigator layer')
    .option('--stix <file>', 'write a STIX 2.1 bundle')
    .option('--misp <file>', 'write a MISP event')
    .option('--csv <file>', 'write CSV, a row for each finding')
    .option('--md <file>', 'write Markdown')
    .option('--html <file>', 'write one HTML file: the text with its mentions, the list beside it')
    .option('--docx <file>', 'write a Word document')
    .option('--text', 'with --json: also the text that offsets point into')
    .option('--lane <lanes>', 'read only these lanes: explicit, name, model', parseLanes)
    .option('--min-confidence <0..1>', 'accept from here on, in every lane', parseRatio)
    .option('--setting <name>', 'of the model: default, high-precision, high-recall', parseSetting)
    .option('--include-review', 'also what waits for review, marked')
    .option('--reviews <file>', 'apply the decisions in this file (repeatable)', append, [])
    .option('--allow-private', 'also fetch addresses of private networks and of this machine')
    .option('--attack-version <version>', 'ATT&CK version of the result (default: the newest)')
    .option(
      '--tlp <label>',
      'marking of what is shared: clear, green, amber, amber+strict, red',
      parseTlp,
    )
    .option('--creator <name>', 'who shares it, in STIX and MISP (default: Portolan)')
    .option('--save', 'save every mention as evidence in the workspace that this folder is in')
    .option('--workspace <dir>', 'save in this workspace')
    .option('--store <url>', 'save in this store instead of the workspace’s: postgres://…')
    .option('--second-reader <url>', 'ask a language model about what waits for review')
    .option('--second-reader-model <name>', 'its model; the key comes from PORTOLAN_LLM_KEY')
    .option(
      '--second-reader-max-tokens <n>',
      'stop before more are used',
      parseTokens,
      DEFAULT_MAX_TOKENS,
    )
    .option('--second-reader-price <in,out>', 'of a million tokens, to show the cost', parsePrice)
    .option(
      '--second-reader-timeout <seconds>',
      'for one answer',
      parseSeconds,
      DEFAULT_TIMEOUT_SECONDS,
    )
    .action(runRead);
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function runRead(paths: readonly string[], flags: ReadFlags): Promise<void> {
  checkOutputs(paths, flags);
  const secondReader = secondReaderOf(flags, process.env['PORTOLAN_LLM_KEY']);
  const outcome = await readInput(paths, flags, secondReader);
  const options: ReadingExportOptions = {
    includeReview: flags.includeReview ?? false,
    includeText: flags.text ?? false,
    now: new Date().toISOString(),
    creator: flags.creator,
    tlp: flags.tlp,
  };
  await saveReports(outcome, flags);
  await writeFiles(outcome, flags, options);
  await printOutcome(outcome, flags, options);
  if (outcome.secondReader !== undefined) printUse(outcome.secondReader);
  if (outcome.isInterrupted) {
    process.stderr.write('portolan: stopped before the end; this is what was known until then\n');
    process.exitCode = 130;
  }
}

async function saveReports(
  { readings }: ReadOutcome,
  { save, workspace, store, includeReview = false }: ReadFlags,
): Promise<void> {
  if (save !== true && workspace === undefined && store === undefined) return;
  const { readingsIntoWorkspace } = await import('../app/save-to-workspace.js');
  const { printSaved } = await import('./print-saved.js');
  printSaved(await readingsIntoWorkspace(readings, { folder: workspace, store, includeReview }));
}

/** Reads with a line of progress; the first Ctrl-C ends the reading, the second the program. */
async function readInput(
  paths: readonly string[],
  flags: ReadFlags,
  secondReader: SecondReaderOptions | undefined,
): Promise<ReadOutcome> {
  const { readReports } = await import('../app/read-reports.js');
  const { attackVersion, lane, setting, minConfidence, reviews } = flags;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  const progress = createProgress();
  try {
    return await readReports({
      ...{ paths, attackVersion, setting, minConfidence, reviews, secondReader },
      lanes: lane,
      allowsPrivate: flags.allowPrivate,
      signal: controller.signal,
      onProgress: progress.print,
    });
  } finally {
    progress.end();
    process.off('SIGINT', stop);
  }
}

// Source: ECMA-48: carriage return, then erase to the end of the line.
const REWRITE = '\r\u001b[K';

/** One line that is rewritten on a terminal; elsewhere only second reading is told, since data leaves the machine. */
function createProgress(): { print(progress: ReadProgress): void; end(): void } {
  const isTerminal = process.stderr.isTTY === true;
  let isOpen = false;
  return {
    print({ kind, source, done, total }) {
      const text = safeText(
        kind === 'reading'
          ? `reading ${done + 1} of ${total}: ${source}`
          : `second reader: ${done} of ${total} sentences to ${source}`,
      );
      if (isTerminal) {
        process.stderr.write(REWRITE + text.slice(0, (process.stderr.columns ?? 80) - 1));
        isOpen = true;
      } else if (kind === 'second-reader' && done === 0) process.stderr.write(`${text}\n`);
    },
    end() {
      if (isOpen) process.stderr.write(REWRITE);
      isOpen = false;
    },
  };
}

async function writeFiles(
  outcome: ReadOutcome,
  flags: ReadFlags,
  options: ReadingExportOptions,
): Promise<void> {
  const outputs = outputsOf(flags);
  if (outputs.length === 0) return;
  const { renderReadings } = await import('../app/read-outputs.js');
  const { writeOutput } = await import('../app/write-output.js');
  const issues: Issue[] = [];
  for (const [format, path] of outputs) {
    const rendering = await renderReadings(outcome, format, options);
    writeOutput(path, rendering.content);
    issues.push(...rendering.issues);
  }
  printIssues(issues);
  process.stderr.write(`wrote ${safeText(outputs.map(([, path]) => path).join(', '))}\n`);
}

async function printOutcome(
  outcome: ReadOutcome,
  { json, includeReview }: ReadFlags,
  options: ReadingExportOptions,
): Promise<void> {
  if (json === true) {
    const { renderReadings } = await import('../app/read-outputs.js');
    process.stdout.write((await renderReadings(outcome, 'json', options)).content);
    return;
  }
  const { formatRead } = await import('./format-read.js');
  process.stdout.write(formatRead(outcome, { includeReview: includeReview ?? false }));
}

function printUse(use: SecondReaderUse): void {
  const { requests, sentences, promptTokens, completionTokens, cost, elapsedMs, accepted } = use;
  const parts = [
    `${sentences} sentences in ${requests} requests`,
    `${accepted} techniques accepted`,
    `${promptTokens} + ${completionTokens} tokens`,
    ...(cost === undefined ? [] : [`cost ${cost.toFixed(4)}`]),
    `${(elapsedMs / 1_000).toFixed(1)} s`,
  ];
  process.stderr.write(`second reader: ${parts.join(', ')}\n`);
}

#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { AppError, ERROR_CODES, EXIT_CODES } from '../model/index.js';
import { registerAttack } from './attack.js';
import { registerClassify } from './classify.js';
import { registerLayer } from './layer.js';
import { registerMap } from './map.js';
import { registerMigrate } from './migrate.js';
import { registerRead } from './read.js';
import { registerReview } from './review.js';
import { registerRules } from './rules.js';
import { safeText } from './safe-text.js';
import { registerServe } from './serve.js';
import { registerTrain } from './train.js';
import { registerWorkspace } from './workspace.js';

/** Read only when asked for: other commands need no package.json. */
function printVersion(): never {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  process.stdout.write(`${(JSON.parse(text) as { version: string }).version}\n`);
  process.exit(EXIT_CODES.ran);
}

/** Every command registers itself; what it needs is imported when it runs, so that none pays for another. */
function createProgram(): Command {
  const program = new Command('portolan')
    .description(
      'Maps logs, alerts, rules, reports and tests to MITRE ATT&CK, with evidence for every cell.',
    )
    .option('-V, --version', 'print the version')
    .on('option:version', printVersion)
    .showHelpAfterError('(add --help for what is possible)')
    // Options of the same name belong to the command that they follow: review, and review compare.
    .enablePositionalOptions()
    .exitOverride();
  registerMap(program);
  registerRead(program);
  registerClassify(program);
  registerTrain(program);
  registerReview(program);
  registerAttack(program);
  registerMigrate(program);
  registerLayer(program);
  registerRules(program);
  registerServe(program);
  registerWorkspace(program);
  return program;
}

/** One line to standard error and the exit code; a fault of ours shows its stack only when asked to. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? EXIT_CODES.ran : EXIT_CODES.usage;
  if (error instanceof AppError) {
    process.stderr.write(`portolan: ${safeText(error.message)}\n`);
    return ERROR_CODES[error.code].exitCode;
  }
  const message = safeText(error instanceof Error ? error.message : String(error)).slice(0, 500);
  process.stderr.write(`portolan: internal error: ${message} (PORTOLAN_DEBUG=1 shows where)\n`);
  if (process.env['PORTOLAN_DEBUG'] === '1') process.stderr.write(`${(error as Error).stack}\n`);
  return EXIT_CODES.internal;
}

// `portolan … | head` closes our output early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT_CODES.ran);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

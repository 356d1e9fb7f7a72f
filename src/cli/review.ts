import type { Command } from 'commander';
import { AppError } from '../model/index.js';
import type { ReviewStatus } from '../reports/index.js';
import { printIssues } from './print-issues.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';

interface ReviewFlags {
  readonly reviews?: string;
  readonly by?: string;
  readonly accept: readonly string[];
  readonly reject: readonly string[];
  readonly edit: readonly string[];
  readonly undo: readonly string[];
  readonly comment?: string;
  readonly list?: boolean;
  readonly as?: string;
  readonly compare?: boolean;
  readonly source?: string;
  readonly attackVersion?: string;
  readonly json?: boolean;
}

interface CompareFlags {
  readonly by: readonly string[];
  readonly attackVersion?: string;
  readonly json?: boolean;
}

/** `portolan review REPORT` and `portolan review compare A B` */
export function registerReview(program: Command): void {
  const review = program
    .command('review')
    // What follows `compare` is for it, also options of the same name.
    .enablePositionalOptions()
    .description('decide on what was read in a report, in a file that only grows')
    .argument('<report>', 'the report, as for read')
    .option('--reviews <file>', 'file of decisions, a JSON object a line (needed)')
    .option('--by <name>', 'who decides')
    .option(
      '--accept <id[@start-end]>',
      'the technique is right, in all or at these words',
      append,
      [],
    )
    .option('--reject <id[@start-end]>', 'it is wrong', append, [])
    .option('--edit <old=new[@start-end]>', 'it is another technique', append, [])
    .option('--undo <id[@start-end]>', 'take a decision back', append, [])
    .option('--comment <text>', 'why, kept with these decisions')
    .option('--list', 'show how the report stands (also without any decision)')
    .option('--as <name>', 'see only what this person decided, to judge for oneself')
    .option('--compare', "with --as: see the others' decisions as well")
    .option('--source <name>', 'which report, when the path holds several')
    .option('--attack-version <version>', 'ATT&CK version (default: the newest)')
    .option('--json', 'print one JSON document')
    .action(runReview);
  review
    .command('compare')
    .description('how far two people agree: kappa by tactic, F1 of their techniques, differences')
    .argument('<a>', "the first person's file of decisions")
    .argument('<b>', "the second person's; may be the same file, with --by twice")
    .option(
      '--by <name>',
      'only decisions of this person; twice: of the first, of the second',
      append,
      [],
    )
    .option('--attack-version <version>', 'ATT&CK version for tactics (default: the newest)')
    .option('--json', 'print one JSON document')
    .action(runCompare);
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function runReview(path: string, flags: ReviewFlags): Promise<void> {
  const { reviews } = flags;
  if (reviews === undefined)
    throw new AppError('USAGE', 'expected --reviews with a file of decisions');
  const { reviewReport } = await import('../app/review-report.js');
  const asked: readonly (readonly [ReviewStatus, readonly string[]])[] = [
    ['accepted', flags.accept],
    ['rejected', flags.reject],
    ['edited', flags.edit],
    ['proposed', flags.undo],
  ];
  const decisions = asked.flatMap(([status, texts]) => texts.map((text) => ({ status, text })));
  if (decisions.length === 0 && flags.comment !== undefined)
    throw new AppError('USAGE', 'expected a decision that --comment is about');
  const outcome = await reviewReport({
    path,
    source: flags.source,
    reviewsFile: reviews,
    decisions,
    by: flags.by ?? flags.as,
    comment: flags.comment,
    now: new Date().toISOString(),
    viewOf: flags.compare === true ? undefined : flags.as,
    attackVersion: flags.attackVersion,
  });
  printIssues(outcome.issues);
  if (outcome.added.length > 0)
    process.stderr.write(
      `added ${outcome.added.length} ${outcome.added.length === 1 ? 'line' : 'lines'} to ${safeText(reviews)}\n`,
    );
  if (flags.json === true) {
    const { added, records, reading } = outcome;
    const techniques = reading.techniques.map(
      ({ techniqueId, name, confidence, certainty, decision }) => ({
        techniqueId,
        name,
        confidence,
        certainty,
        review: decision ?? null,
      }),
    );
    printJson({
      source: reading.document.source,
      textSha256: reading.textSha256,
      added,
      records,
      techniques,
    });
  } else if (flags.list === true || decisions.length === 0) {
    const { formatReview } = await import('./format-review.js');
    process.stdout.write(formatReview(outcome));
  }
}

async function runCompare(first: string, second: string, flags: CompareFlags): Promise<void> {
  if (flags.by.length > 2) throw new AppError('USAGE', 'expected --by at most twice');
  const { reviewCompare } = await import('../app/review-compare.js');
  const [firstBy, secondBy] = flags.by;
  const { comparison, issues } = reviewCompare({
    ...{ first, second, firstBy, secondBy },
    attackVersion: flags.attackVersion,
  });
  printIssues(issues);
  if (flags.json === true) printJson(comparison);
  else {
    const { formatReviewComparison } = await import('./format-review.js');
    process.stdout.write(formatReviewComparison(comparison));
  }
}

import type { Command } from 'commander';
import type { TrainingOutcome } from '../app/train-from-reviews.js';
import { AppError } from '../model/index.js';
import { printIssues } from './print-issues.js';
import { safeText } from './safe-text.js';

interface TrainOptions {
  readonly fromReviews?: string;
  readonly accept?: boolean;
  readonly forget?: boolean;
}

/** `portolan train --from-reviews FILE` */
export function registerTrain(program: Command): void {
  program
    .command('train')
    .description("teach the model of reports your team's decisions; shows the effect first")
    .option('--from-reviews <path>', 'file of reviews, or a folder with such files (*.ndjson)')
    .option('--accept', 'keep what was learned: read and classify use it from now on')
    .option('--forget', 'take back what was learned before')
    .action(async ({ fromReviews, accept, forget }: TrainOptions) => {
      const verbs = await import('../app/train-from-reviews.js');
      if (forget === true) {
        const words = verbs.forgetReviews() ? 'Forgotten.' : 'Nothing was learned before.';
        process.stdout.write(`${words}\n`);
        return;
      }
      if (fromReviews === undefined) {
        throw new AppError('USAGE', 'expected --from-reviews or --forget');
      }
      const outcome = verbs.trainFromReviews({ path: fromReviews, accept });
      process.stdout.write(formatOutcome(outcome));
      printIssues(outcome.issues);
    });
}

function formatOutcome({ effect, written }: TrainingOutcome): string {
  const { before, after } = effect;
  const row = (name: string, key: keyof typeof before) =>
    `  ${name.padEnd(50)} ${percent(before[key])}  ${percent(after[key])}`;
  const lines = [
    `${effect.corrections} corrections`,
    `  ${''.padEnd(50)} before   after`,
    row('right technique comes first', 'first'),
    row('right technique among the first five', 'firstFive'),
    row('wrong technique no longer comes first', 'avoided'),
    row('what it knew: sentences of the training', 'anchors'),
    'The first three are measured on corrections that were not learned from.',
    written === undefined
      ? 'Nothing is written; --accept keeps it.'
      : `Written: ${safeText(written)} (portolan train --forget takes it back)`,
  ];
  return `${lines.join('\n')}\n`;
}

function percent(share: number | undefined): string {
  return (share === undefined ? 'n/a' : `${(share * 100).toFixed(1)} %`).padStart(7);
}

import type { Command } from 'commander';
import type { LayerFileDiff } from '../app/layer-diff.js';
import type { LayerChange } from '../layers/index.js';
import { printIssues } from './print-issues.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

interface DiffFlags {
  readonly attackVersion?: string;
  readonly lowerIsBetter?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
}

const COLORS = {
  added: 'green',
  better: 'green',
  lost: 'red',
  worse: 'red',
  unchanged: 'dim',
} as const;

const scoreOf = (score: number | undefined): string => (score === undefined ? '–' : String(score));

function changeLine(change: LayerChange, { techniqueNames }: LayerFileDiff): string {
  const { kind, techniqueId, tactic, scoreBefore, scoreAfter, notesChanged } = change;
  const scores = `${scoreOf(scoreBefore)} → ${scoreOf(scoreAfter)}`.padEnd(14);
  const name = techniqueNames[techniqueId] ?? '';
  const notes = notesChanged && kind !== 'added' && kind !== 'lost' ? '  (notes differ)' : '';
  const text = `${kind.padEnd(9)} ${techniqueId.padEnd(9)} ${scores} ${name}${tactic === undefined ? '' : ` [${tactic}]`}${notes}`;
  return `${styleText(COLORS[kind], safeText(text))}\n`;
}

function printDiff(diff: LayerFileDiff, all: boolean): void {
  const { added, lost, better, worse, unchanged } = diff.counts;
  const title = `${diff.before} → ${diff.after}, ATT&CK ${diff.attackVersion}`;
  process.stdout.write(`${styleText('bold', safeText(title))}\n`);
  process.stdout.write(
    `${added} added, ${lost} lost, ${better} better, ${worse} worse, ${unchanged} unchanged\n`,
  );
  for (const change of diff.changes) {
    if (all || change.kind !== 'unchanged' || change.notesChanged)
      process.stdout.write(changeLine(change, diff));
  }
}

/** `portolan layer diff BEFORE AFTER` */
export function registerLayerDiff(layer: Command): void {
  layer
    .command('diff')
    .description('compare two layers: added, lost, better, worse, per technique and tactic')
    .argument('<before>', 'layer file')
    .argument('<after>', 'layer file; the older of two ATT&CK versions is migrated first')
    .option('--attack-version <version>', 'compare on this ATT&CK version')
    .option('--lower-is-better', 'scores are of risk rather than coverage')
    .option('--all', 'unchanged techniques too')
    .option('--json', 'one JSON document')
    .action(async (before: string, after: string, flags: DiffFlags) => {
      const { diffLayerFiles } = await import('../app/layer-diff.js');
      const diff = diffLayerFiles([before, after], {
        attackVersion: flags.attackVersion,
        higherIsBetter: flags.lowerIsBetter !== true,
      });
      if (flags.json === true) return printJson(diff);
      printDiff(diff, flags.all === true);
      printIssues(diff.issues);
    });
}

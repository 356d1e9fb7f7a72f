import type { ReviewOutcome } from '../app/review-report.js';
import type {
  Agreement,
  Disagreement,
  ReadTechnique,
  ReviewComparison,
  ReviewRecord,
} from '../reports/index.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';

const LISTED_MENTIONS = 5;

/** A report as a reviewer sees it: what is open, what was decided and by whom. */
export function formatReview({ original, reading, records }: ReviewOutcome): string {
  const { document, attackVersion, modelVersion } = original;
  const decided = new Set(records.map(({ techniqueId }) => techniqueId));
  const open = original.techniques.filter(({ techniqueId }) => !decided.has(techniqueId));
  const model = modelVersion === undefined ? '' : `, model ${safeText(modelVersion)}`;
  const blocks = [
    `${styleText('bold', safeText(document.title ?? document.source))}\n${styleText('cyan', safeText(document.source))}  ATT&CK ${attackVersion}${model}\n`,
    section(`Open (${open.length})`, open.map(formatOpen)),
    section(`Decided (${records.length})`, lastOf(records).map(formatRecord)),
    section(
      `The report stands with ${reading.techniques.filter(({ certainty }) => certainty === 'accepted').length} techniques`,
      [],
    ),
  ];
  return blocks.filter((block) => block !== '').join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return `${styleText(['bold', 'underline'], title)}\n${lines.join('')}`;
}

function formatOpen({ techniqueId, name, confidence, certainty, mentions }: ReadTechnique): string {
  const head = `  ${styleText('bold', techniqueId.padEnd(11))}${confidence.toFixed(2)}  ${certainty.padEnd(8)}  ${safeText(name)}\n`;
  const lines = mentions
    .slice(0, LISTED_MENTIONS)
    .map(
      ({ start, end, lane, sentence }) =>
        `             @${start}-${end}  ${lane}  ${styleText('dim', `“${clip(plain(sentence.text), outputWidth() - 38)}”`)}\n`,
    );
  const rest = mentions.length - LISTED_MENTIONS;
  return head + lines.join('') + (rest > 0 ? `             and ${rest} more\n` : '');
}

/** Of each place the last decision. */
function lastOf(records: readonly ReviewRecord[]): readonly ReviewRecord[] {
  const last = new Map<string, ReviewRecord>();
  for (const record of records)
    last.set(`${record.techniqueId} ${record.start}-${record.end} ${record.by}`, record);
  return [...last.values()];
}

function formatRecord(record: ReviewRecord): string {
  const { techniqueId, editedTo, status, by, at, text, start, end, comment } = record;
  const target = editedTo === undefined ? '' : ` to ${editedTo}`;
  const words = `“${clip(plain(text), 60)}”`;
  const note = comment === undefined ? '' : `  ${plain(comment)}`;
  return `  ${styleText('bold', techniqueId.padEnd(11))}${status}${target} by ${safeText(by)}, ${safeText(at).slice(0, 16).replace('T', ' ')}  @${start}-${end} ${styleText('dim', words)}${note}\n`;
}

/** Agreement of two people, overall and by tactic, and where they disagree, side by side. */
export function formatReviewComparison(comparison: ReviewComparison): string {
  const { overall, tactics, reports, exactF1, parentF1, disagreements } = comparison;
  const width = Math.max(7, ...tactics.map(({ name }) => name.length));
  const rows = [
    `  ${'Tactic'.padEnd(width)}  items  agreed   kappa\n`,
    formatAgreement('Overall', overall, width),
    ...tactics.map((tactic) => formatAgreement(tactic.name, tactic, width)),
  ];
  const single = `decided by one only: ${comparison.onlyFirst} by the first, ${comparison.onlySecond} by the second`;
  const documents = `${reports} ${reports === 1 ? 'report' : 'reports'} of both: mean F1 of their techniques ${numberOf(exactF1)}, of parent techniques ${numberOf(parentF1)}`;
  return [
    section('Agreement', rows),
    `  ${documents}\n  ${single}\n`,
    disagreements.length === 0
      ? 'They disagree on nothing that both decided.\n'
      : section(`Disagreements (${disagreements.length})`, disagreements.map(formatDisagreement)),
  ].join('\n');
}

function formatAgreement(name: string, { items, agreed, kappa }: Agreement, width: number): string {
  return `  ${name.padEnd(width)}  ${String(items).padStart(5)}  ${String(agreed).padStart(6)}  ${numberOf(kappa).padStart(6)}\n`;
}

function formatDisagreement({ first, second }: Disagreement): string {
  const { techniqueId, text, source, start, end } = first;
  const side = ({ status, editedTo, by, comment }: ReviewRecord): string =>
    `${safeText(by)}: ${status}${editedTo === undefined ? '' : ` to ${editedTo}`}${comment === undefined ? '' : ` (${plain(comment)})`}`;
  return `  ${styleText('bold', techniqueId.padEnd(11))}${side(first)}  |  ${side(second)}\n             ${styleText('dim', `“${clip(plain(text), outputWidth() - 20)}” ${safeText(source)} @${start}-${end}`)}\n`;
}

function numberOf(value: number | undefined): string {
  return value === undefined ? 'n/a' : value.toFixed(3);
}

function plain(text: string): string {
  return safeText(text).replace(/\s+/g, ' ').trim();
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}

import type { ReadOutcome } from '../app/read-reports.js';
import type { KnowledgeBase } from '../attack/index.js';
import { formatIssue, type Issue } from '../model/index.js';
import type {
  ReadIoc,
  ReadMention,
  ReadObject,
  ReadTechnique,
  ReportReading,
} from '../reports/index.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';
import { wrapLines } from './wrap-lines.js';

const ID_WIDTH = 11;
const INDENT = ' '.repeat(ID_WIDTH + 2);
const LISTED_ISSUES = 20;
const LISTED_REVIEW = 10;
const LISTED_IOCS = 12;

/** Each report for an analyst: techniques by tactic with lane, confidence and quote; then who, what, indicators, and what is left. */
export function formatRead(
  { readings, issues, knowledgeBase }: ReadOutcome,
  { includeReview }: { readonly includeReview: boolean },
): string {
  const parts = readings.map((reading) => formatReading(reading, { knowledgeBase, includeReview }));
  if (issues.length > 0) parts.push(formatIssues('Not read', issues));
  return parts.join(`\n${'─'.repeat(Math.min(40, outputWidth()))}\n\n`);
}

interface View {
  readonly knowledgeBase: KnowledgeBase;
  readonly includeReview: boolean;
}

function formatReading(reading: ReportReading, view: View): string {
  const listed = <T extends Pick<ReadTechnique, 'certainty'>>(found: readonly T[]): readonly T[] =>
    found.filter(({ certainty }) => view.includeReview || certainty === 'accepted');
  const blocks = [
    formatHead(reading),
    ...formatTechniques(listed(reading.techniques), view.knowledgeBase),
    ...formatObjects('Groups', listed(reading.groups)),
    ...formatObjects('Software', listed(reading.software)),
    ...formatObjects('Campaigns', listed(reading.campaigns)),
    ...formatObjects('Tactics', listed(reading.tactics)),
    ...formatObjects('Mitigations', listed(reading.mitigations)),
    ...formatCves(reading),
    ...formatIocs(reading.iocs),
    ...(view.includeReview ? [] : formatWaiting(reading.techniques)),
    ...(reading.issues.length > 0 ? [formatIssues('Problems', reading.issues)] : []),
  ];
  return blocks.join('\n');
}

function heading(text: string): string {
  return `${styleText(['bold', 'underline'], text)}\n`;
}

function formatHead({ document, techniques, attackVersion }: ReportReading): string {
  const title = safeText(document.title ?? '').trim();
  const date = document.date === undefined ? '' : `, ${safeText(document.date).slice(0, 10)}`;
  const place = `${safeText(document.source)} (${safeText(document.format)}${date})`;
  const accepted = techniques.filter(({ certainty }) => certainty === 'accepted').length;
  const waiting = techniques.length - accepted;
  const waits =
    waiting === 0 ? '' : `, ${waiting} more ${waiting === 1 ? 'waits' : 'wait'} for review`;
  const head = title === '' ? '' : `${styleText('bold', clip(title, outputWidth()))}\n`;
  return `${head}${styleText('cyan', place)}\n${count(accepted, 'technique')} of ATT&CK ${attackVersion}${waits}\n`;
}

/** A technique stands under its first tactic. */
function formatTechniques(
  techniques: readonly ReadTechnique[],
  { tactics }: KnowledgeBase,
): readonly string[] {
  const blocks = tactics.map(({ shortname, name }) => {
    const rows = techniques.filter((technique) => technique.tactics[0] === shortname);
    return rows.length === 0 ? '' : heading(name) + rows.map(formatTechnique).join('');
  });
  return blocks.filter((block) => block !== '');
}

function formatTechnique(technique: ReadTechnique): string {
  const { techniqueId, name, confidence, lane, certainty, mentions, decision } = technique;
  const color = certainty === 'review' ? 'dim' : confidence >= 0.7 ? 'red' : 'yellow';
  const state = decision === undefined ? (certainty === 'review' ? 'review' : '') : decision.status;
  const facts = [
    styleText(color, confidence.toFixed(2)),
    lane.padEnd(8),
    `${mentions.length}×`.padStart(4),
    state,
  ];
  const nameWidth = Math.max(24, outputWidth() - INDENT.length - 32);
  const title = clip(name, nameWidth).padEnd(nameWidth);
  const head = `  ${styleText('bold', techniqueId.padEnd(ID_WIDTH) + title)} ${facts.join('  ')}`;
  return `${head.trimEnd()}\n${formatQuote(bestOf(mentions))}`;
}

function bestOf(mentions: readonly ReadMention[]): ReadMention | undefined {
  return mentions.reduce<ReadMention | undefined>(
    (best, one) => (best === undefined || one.confidence > best.confidence ? one : best),
    undefined,
  );
}

/** The sentence, around the words when it is long, with its place; below it the first reason. */
function formatQuote(mention: ReadMention | undefined): string {
  if (mention === undefined) return '';
  const place = `[${mention.start}-${mention.end}]`;
  const width = outputWidth() - INDENT.length;
  const quote = `“${excerptOf(mention, width * 2 - place.length - 4)}” ${place}`;
  const lines = wrapLines(quote, outputWidth(), INDENT).trimEnd().split('\n');
  const [why] = mention.why;
  const reason = why === undefined ? [] : [INDENT + clip(safeText(why), width)];
  return `${[...lines, ...reason].map((line) => styleText('dim', line)).join('\n')}\n`;
}

function excerptOf({ text, start, sentence }: ReadMention, width: number): string {
  const whole = plain(sentence.text);
  if (whole.length <= width) return whole;
  const at = start - sentence.start;
  const before = plain(sentence.text.slice(0, at));
  const from = Math.max(0, before.length - Math.floor((width - Math.min(width, text.length)) / 2));
  const cut = whole.slice(from, from + width - 2);
  return `${from > 0 ? '…' : ''}${cut}${from + width - 2 < whole.length ? '…' : ''}`;
}

function plain(text: string): string {
  return safeText(text).replace(/\s+/g, ' ').trim();
}

function formatObjects(title: string, objects: readonly ReadObject[]): readonly string[] {
  if (objects.length === 0) return [];
  const lines = objects.map(({ attackId, name, certainty, mentions, confidence }) => {
    const words = [...new Set(mentions.map(({ text }) => plain(text)))]
      .filter((word) => word.toLowerCase() !== name.toLowerCase() && word !== attackId)
      .slice(0, 4);
    const also =
      words.length === 0 ? '' : `  as ${words.map((word) => `“${clip(word, 40)}”`).join(', ')}`;
    const mark = certainty === 'review' ? '  review' : '';
    return `  ${styleText('bold', attackId.padEnd(ID_WIDTH))}${safeText(name)}  ${styleText('dim', `${confidence.toFixed(2)}  ${mentions.length}×${also}${mark}`)}\n`;
  });
  return [heading(title) + lines.join('')];
}

function formatCves({ cves }: ReportReading): readonly string[] {
  if (cves.length === 0) return [];
  const ids = cves.map(({ cveId }) => cveId).join(', ');
  return [heading('Vulnerabilities') + wrapLines(ids, outputWidth(), '  ')];
}

/** How many of each type, and the first of those that are not known as harmless, defanged. */
function formatIocs(iocs: readonly ReadIoc[]): readonly string[] {
  if (iocs.length === 0) return [];
  const byType = new Map<string, number>();
  for (const { type } of iocs) byType.set(type, (byType.get(type) ?? 0) + 1);
  const sums = [...byType].sort((a, b) => b[1] - a[1]).map(([type, number]) => `${number} ${type}`);
  const telling = iocs.filter(({ warning }) => warning === undefined);
  const shown = telling.slice(0, LISTED_IOCS);
  const width = Math.max(...shown.map(({ type }) => type.length), 0);
  const lines = shown.map(
    ({ type, defanged }) =>
      `  ${styleText('dim', type.padEnd(width))}  ${clip(plain(defanged), outputWidth() - width - 4)}\n`,
  );
  const rest = telling.length - shown.length;
  const known = iocs.length - telling.length;
  const notes = [
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...(known > 0 ? [`${known} known as harmless`] : []),
  ];
  const note = notes.length === 0 ? '' : `  ${notes.join('; ')} (all with --json, --csv, --stix)\n`;
  const summary = wrapLines(sums.join(', '), outputWidth(), '  ');
  return [heading('Indicators, defanged') + summary + lines.join('') + note];
}

function formatWaiting(techniques: readonly ReadTechnique[]): readonly string[] {
  const waiting = techniques.filter(({ certainty }) => certainty === 'review');
  if (waiting.length === 0) return [];
  const lines = waiting
    .slice(0, LISTED_REVIEW)
    .map(({ techniqueId, name, confidence, mentions }) => {
      const head = `  ${techniqueId.padEnd(ID_WIDTH)}${confidence.toFixed(2)}  ${clip(name, 36)}  `;
      const quote = clip(
        plain(bestOf(mentions)?.sentence.text ?? ''),
        outputWidth() - head.length - 2,
      );
      return `${head}${styleText('dim', `“${quote}”`)}\n`;
    });
  const rest = waiting.length - LISTED_REVIEW;
  const more = rest > 0 ? `  and ${rest} more\n` : '';
  const hint = '  --include-review lists them in full; portolan review decides\n';
  return [heading('Waits for review') + lines.join('') + more + styleText('dim', hint)];
}

function formatIssues(title: string, issues: readonly Issue[]): string {
  const lines = issues
    .slice(0, LISTED_ISSUES)
    .map((issue) => wrapLines(clip(safeText(formatIssue(issue)), 500), outputWidth(), '  '));
  const rest = issues.length - LISTED_ISSUES;
  return heading(title) + lines.join('') + (rest > 0 ? `  and ${rest} more\n` : '');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}

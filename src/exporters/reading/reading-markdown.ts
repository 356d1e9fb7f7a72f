import { type KnowledgeBase, tacticsOf } from '../../attack/lookup.js';
import { formatIssue } from '../../model/index.js';
import type { ReadObject, ReadTechnique, ReportReading } from '../../reports/index.js';
import { bestMentions, counted, listedFindings, quoteLine, titleOf } from './listed-findings.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';
import { visibleLine } from './visible-text.js';

const QUOTE_LENGTH = 400;
const MAX_ISSUES = 50;
const MAX_IOCS = 1_000;

/**
 * The findings of each report as tables for wikis and tickets (GitHub flavour). IOCs are written defanged. Nothing of a
 * report can become markup, HTML, a link or an image.
 */
export const READING_MARKDOWN_EXPORTER: ReadingExporter = {
  format: 'md',
  mediaType: 'text/markdown; charset=utf-8',
  extension: '.md',
  render(input) {
    const parts = input.readings.map((reading) => readingToMarkdown(reading, input));
    const unread = issueLines('Not read', input.issues.map(formatIssue));
    const text = [...parts, ...(unread.length === 0 ? [] : [unread.join('\n')])].join('\n');
    return { content: `${text.trimEnd()}\n`, issues: [] };
  },
};

/** One reading as Markdown. */
export function readingToMarkdown(reading: ReportReading, input: ReadingExportInput): string {
  return reportLines(reading, input).join('\n');
}

function reportLines(reading: ReportReading, input: ReadingExportInput): readonly string[] {
  const { document, attackVersion } = reading;
  const found = listedFindings(reading, input.options);
  const waiting = reading.techniques.filter(({ certainty }) => certainty === 'review').length;
  const review = waiting > 0 ? `; ${waiting} more wait for review` : '';
  const accepted = reading.techniques.length - waiting;
  return [
    `# ${escapeMarkdown(titleOf(reading))}`,
    '',
    `- source: ${code(document.source)}${document.date === undefined ? '' : `, ${escapeMarkdown(document.date.slice(0, 10))}`}`,
    `- ${counted(accepted, 'technique')} of ATT&amp;CK ${attackVersion}${review}`,
    '',
    ...techniqueLines(found.techniques, input.knowledgeBase),
    ...objectLines('Groups', found.groups),
    ...objectLines('Software', found.software),
    ...objectLines('Campaigns', found.campaigns),
    ...cveLines(reading),
    ...iocLines(reading),
    ...issueLines('Problems', reading.issues.map(formatIssue)),
  ];
}

/** A technique stands under its first tactic. */
function techniqueLines(
  techniques: readonly ReadTechnique[],
  knowledgeBase: KnowledgeBase,
): readonly string[] {
  if (techniques.length === 0) return ['No technique was found.', ''];
  const homeOf = ({ techniqueId }: ReadTechnique): string | undefined => {
    const technique = knowledgeBase.byAttackId.get(techniqueId);
    if (technique?.kind !== 'technique') return undefined;
    return tacticsOf(knowledgeBase, technique)[0]?.shortname;
  };
  const groups = [...knowledgeBase.tactics, undefined].map((tactic) => ({
    name: tactic?.name ?? 'No tactic',
    rows: techniques.filter((technique) => homeOf(technique) === tactic?.shortname),
  }));
  return groups.flatMap(({ name, rows }) =>
    rows.length === 0
      ? []
      : [
          `## ${escapeMarkdown(name)}`,
          '',
          '| technique | name | confidence | lane | quote |',
          '| --- | --- | ---: | --- | --- |',
          ...rows.map(techniqueRow),
          '',
        ],
  );
}

function techniqueRow({
  techniqueId,
  name,
  confidence,
  lane,
  certainty,
  mentions,
}: ReadTechnique): string {
  const [best] = bestMentions(mentions, 1);
  const more = mentions.length > 1 ? ` (${mentions.length} mentions)` : '';
  const mark = certainty === 'review' ? `${confidence.toFixed(2)} (review)` : confidence.toFixed(2);
  const quote =
    best === undefined
      ? ''
      : `“${escapeMarkdown(quoteLine(best.sentence.text, QUOTE_LENGTH))}”${more}`;
  return row([techniqueId, escapeMarkdown(name), mark, lane, quote]);
}

function objectLines(title: string, objects: readonly ReadObject[]): readonly string[] {
  if (objects.length === 0) return [];
  const lines = objects.map(({ attackId, name, certainty, mentions }) => {
    const words = [...new Set(mentions.map(({ text }) => quoteLine(text, 80)))].slice(0, 5);
    const mark = certainty === 'review' ? ', review' : '';
    return `- ${attackId} ${escapeMarkdown(name)} (${words.map((word) => `“${escapeMarkdown(word)}”`).join(', ')}${mark})`;
  });
  return [`## ${title}`, '', ...lines, ''];
}

function cveLines({ cves }: ReportReading): readonly string[] {
  if (cves.length === 0) return [];
  return ['## Vulnerabilities', '', ...cves.map(({ cveId }) => `- ${escapeMarkdown(cveId)}`), ''];
}

function iocLines({ iocs }: ReportReading): readonly string[] {
  if (iocs.length === 0) return [];
  const rows = iocs
    .slice(0, MAX_IOCS)
    .map(({ type, defanged, warning }) =>
      row([
        escapeMarkdown(type),
        code(defanged),
        warning === undefined ? '' : escapeMarkdown(warning),
      ]),
    );
  const more = iocs.length > MAX_IOCS ? [`and ${iocs.length - MAX_IOCS} more`, ''] : [];
  return [
    '## Indicators (defanged)',
    '',
    '| type | value | known as harmless by |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...more,
  ];
}

function issueLines(title: string, issues: readonly string[]): readonly string[] {
  if (issues.length === 0) return [];
  const more = issues.length > MAX_ISSUES ? [`- and ${issues.length - MAX_ISSUES} more`] : [];
  const lines = issues
    .slice(0, MAX_ISSUES)
    .map((text) => `- ${escapeMarkdown(quoteLine(text, 500))}`);
  return [`## ${title}`, '', ...lines, ...more, ''];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text that Markdown and HTML leave as it is, on one line; a bare address is no link. */
function escapeMarkdown(text: string): string {
  return visibleLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]{}()#!|~$]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+]/, '\\$&')
    .replace(/(https?|ftp|mailto):/gi, '$1&#58;')
    .replace(/www\./gi, 'www&#46;')
    .replaceAll('@', '&#64;');
}

/** Code on one line: no mark of a report can end it. */
function code(text: string): string {
  const plain = visibleLine(text).replaceAll('`', "'").replaceAll('|', '\\|');
  return `\`${plain === '' ? ' ' : plain}\``;
}

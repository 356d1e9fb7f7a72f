import type { KnowledgeBase } from '../../attack/lookup.js';
import { formatIssue, type Issue } from '../../model/index.js';
import type { ReadObject, ReadTechnique, ReportReading } from '../../reports/index.js';
import { docxParagraph, docxRun, docxTable } from './docx-elements.js';
import { docxPackage } from './docx-package.js';
import { bestMentions, counted, listedFindings, quoteLine, titleOf } from './listed-findings.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';

const QUOTES = 10;
const QUOTE_LENGTH = 1_200;
const MAX_IOCS = 2_000;
const MAX_ISSUES = 100;

/**
 * A Word document: for each report a table of techniques, the quotes of each, groups, software, vulnerabilities and
 * indicators (defanged).
 */
export const READING_DOCX_EXPORTER: ReadingExporter = {
  format: 'docx',
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  extension: '.docx',
  render(input) {
    const { readings, options } = input;
    const [only] = readings;
    const title = only !== undefined && readings.length === 1 ? titleOf(only) : 'Threat reports';
    const body = [
      docxParagraph(title, 'Title'),
      ...(options.tlp === undefined
        ? []
        : [docxParagraph([docxRun(`TLP:${options.tlp.toUpperCase()}`, { bold: true })])]),
      ...readings.map((reading) => drawReading(reading, input)),
      drawIssues('Not read', input.issues),
      docxParagraph([docxRun(creditOf(input.knowledgeBase), { muted: true })]),
    ];
    return { content: docxPackage(title, body.join('')), issues: [] };
  },
};

function creditOf({ version }: KnowledgeBase): string {
  return `Made by Portolan. ATT&CK ${version} is © The MITRE Corporation; this work is reproduced and distributed with the permission of The MITRE Corporation.`;
}

function drawReading(reading: ReportReading, input: ReadingExportInput): string {
  const { document, attackVersion, cves, issues } = reading;
  const { techniques, groups, software, campaigns } = listedFindings(reading, input.options);
  const waiting = reading.techniques.filter(({ certainty }) => certainty === 'review').length;
  const review = waiting > 0 ? `; ${waiting} more wait for review` : '';
  const date = document.date === undefined ? '' : `, ${document.date.slice(0, 10)}`;
  const accepted = reading.techniques.length - waiting;
  return [
    input.readings.length > 1 ? docxParagraph(titleOf(reading), 'Heading1') : '',
    docxParagraph([docxRun(`${document.source}${date}`, { muted: true })]),
    docxParagraph(`${counted(accepted, 'technique')} of ATT&CK ${attackVersion}${review}.`),
    drawTechniques(techniques, input.knowledgeBase),
    drawObjects('Groups', groups),
    drawObjects('Software', software),
    drawObjects('Campaigns', campaigns),
    cves.length === 0
      ? ''
      : docxParagraph('Vulnerabilities', 'Heading2') +
        docxParagraph(cves.map(({ cveId }) => cveId).join(', ')),
    drawIocs(reading),
    drawIssues('Problems', issues),
  ].join('');
}

function drawTechniques(techniques: readonly ReadTechnique[], { tactics }: KnowledgeBase): string {
  if (techniques.length === 0) return docxParagraph('No technique was found.');
  const nameOf = (shortname: string): string =>
    tactics.find((tactic) => tactic.shortname === shortname)?.name ?? shortname;
  const rows = techniques.map((technique) => [
    technique.techniqueId,
    technique.name,
    technique.tactics.map(nameOf).join(', '),
    technique.confidence.toFixed(2) + (technique.certainty === 'review' ? ' (review)' : ''),
    technique.lane,
    quoteLine(bestMentions(technique.mentions, 1)[0]?.sentence.text ?? '', 300),
  ]);
  const head = ['ID', 'Technique', 'Tactics', 'Confidence', 'Lane', 'Quote'];
  return [
    docxParagraph('Techniques', 'Heading2'),
    docxTable([1_150, 2_500, 2_500, 1_250, 1_000, 6_700], [head, ...rows]),
    docxParagraph('Quotes', 'Heading2'),
    ...techniques.map(drawQuotes),
  ].join('');
}

function drawQuotes({ techniqueId, name, mentions, decision }: ReadTechnique): string {
  const decided = decision === undefined ? '' : ` (${decision.status} by ${decision.by})`;
  const quotes = bestMentions(mentions, QUOTES).map(({ sentence, lane, confidence, start, end }) =>
    docxParagraph(
      [
        docxRun(`“${quoteLine(sentence.text, QUOTE_LENGTH)}”`, { italic: true }),
        docxRun(` ${lane}, ${confidence.toFixed(2)}, characters ${start} to ${end}`, {
          muted: true,
        }),
      ],
      'Quote',
    ),
  );
  const rest = new Set(mentions.map(({ sentence }) => sentence.start)).size - QUOTES;
  return [
    docxParagraph([docxRun(`${techniqueId} ${name}`, { bold: true }), docxRun(decided)]),
    ...quotes,
    rest > 0 ? docxParagraph([docxRun(`and ${rest} more`, { muted: true })], 'Quote') : '',
  ].join('');
}

function drawObjects(title: string, objects: readonly ReadObject[]): string {
  if (objects.length === 0) return '';
  const items = objects.map(({ attackId, name, certainty, mentions }) => {
    const words = [...new Set(mentions.map(({ text }) => quoteLine(text, 80)))].slice(0, 5);
    const mark = certainty === 'review' ? ', waits for review' : '';
    return docxParagraph(
      `• ${attackId} ${name} (${words.map((word) => `“${word}”`).join(', ')}${mark})`,
      'ListBullet',
    );
  });
  return docxParagraph(title, 'Heading2') + items.join('');
}

function drawIocs({ iocs }: ReportReading): string {
  if (iocs.length === 0) return '';
  const rows = iocs
    .slice(0, MAX_IOCS)
    .map(({ type, defanged, warning }) => [type, defanged, warning ?? '']);
  const more = iocs.length > MAX_IOCS ? docxParagraph(`and ${iocs.length - MAX_IOCS} more`) : '';
  return [
    docxParagraph('Indicators, defanged', 'Heading2'),
    docxTable([2_000, 9_500, 3_600], [['Type', 'Value', 'Known as harmless by'], ...rows]),
    more,
  ].join('');
}

function drawIssues(title: string, issues: readonly Issue[]): string {
  if (issues.length === 0) return '';
  const lines = issues
    .slice(0, MAX_ISSUES)
    .map((issue) => docxParagraph(`• ${formatIssue(issue)}`, 'ListBullet'));
  const rest = issues.length - MAX_ISSUES;
  const more = rest > 0 ? docxParagraph(`and ${rest} more`, 'ListBullet') : '';
  return docxParagraph(title, 'Heading2') + lines.join('') + more;
}

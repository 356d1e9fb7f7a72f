import { formatIssue, type Issue } from '../../model/index.js';
import type { ReportReading } from '../../reports/index.js';
import { contentPolicy } from '../report/content-policy.js';
import { htmlCounted, htmlText } from '../report/html-text.js';
import { htmlFound } from './html-found.js';
import { htmlReportText } from './html-report-text.js';
import { titleOf } from './listed-findings.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';
import { READING_SCRIPT } from './reading-script.js';
import { READING_STYLE } from './reading-style.js';
import { marksOf } from './text-marks.js';

const MAX_ISSUES = 100;

/**
 * The reports with their mentions highlighted by tactic and a list beside them, as one HTML file. What waits for review is
 * in it and shown when asked for. It needs no network and no script; its content policy allows its own style and script,
 * and nothing else. The same readings give the same bytes.
 */
export const READING_HTML_EXPORTER: ReadingExporter = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  extension: '.html',
  render: async (input) => ({ content: await drawPage(input), issues: [] }),
};

async function drawPage(input: ReadingExportInput): Promise<string> {
  const { readings, knowledgeBase, options } = input;
  const [only] = readings;
  const title = only !== undefined && readings.length === 1 ? titleOf(only) : 'Threat reports';
  const policy = await contentPolicy(READING_STYLE, READING_SCRIPT);
  const parts = readings.map((reading, index) => drawReading(reading, index, input));
  const tlp = options.tlp === undefined ? '' : `<p><b>TLP:${options.tlp.toUpperCase()}</b></p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${htmlText(title)}</title>
<style>${READING_STYLE}</style>
</head>
<body>
<a class="skip" href="#r1">Skip to the report</a>
<header>
<h1>${htmlText(title)}</h1>
${tlp}${drawContents(readings)}${drawIssues('Not read', input.issues)}
</header>
${drawTools(options.includeReview)}
<main>
${parts.join('\n')}
</main>
<footer>Made by Portolan. What a report claims, not what was observed. ATT&amp;CK ${htmlText(knowledgeBase.version)} is © The MITRE Corporation; this work is reproduced and distributed with the permission of The MITRE Corporation.</footer>
<script>${READING_SCRIPT}</script>
</body>
</html>
`;
}

function drawContents(readings: readonly ReportReading[]): string {
  if (readings.length < 2) return '';
  const links = readings.map(
    (reading, index) => `<li><a href="#r${index + 1}">${htmlText(titleOf(reading))}</a></li>`,
  );
  return `<nav aria-label="Reports"><ul>${links.join('')}</ul></nav>`;
}

function drawTools(includeReview: boolean): string {
  const lanes = [
    ['explicit', 'ids'],
    ['name', 'names'],
    ['model', 'model'],
    ['ioc', 'indicators'],
    ['cve', 'CVEs'],
  ];
  const boxes = lanes.map(
    ([lane, label]) =>
      `<label><input type="checkbox" id="lane-${lane}" value="${lane}" checked> ${label}</label>`,
  );
  return `<div class="tools" hidden><div><fieldset><legend>Show</legend>${boxes.join('')}<label><input type="checkbox" id="lane-review" value="review"${includeReview ? ' checked' : ''}> what waits for review</label></fieldset>
<button type="button" id="previous" title="key p">Previous</button><button type="button" id="next" title="key n">Next</button><output id="place" class="muted"></output></div></div>`;
}

function drawReading(reading: ReportReading, index: number, input: ReadingExportInput): string {
  const { knowledgeBase } = input;
  const { document, techniques, attackVersion, issues } = reading;
  const prefix = `r${index + 1}-`;
  const tacticOrder = knowledgeBase.tactics.map(({ shortname }) => shortname);
  const marks = marksOf(reading);
  const drawing = { reading, knowledgeBase, marks, prefix, tacticOrder };
  const accepted = techniques.filter(({ certainty }) => certainty === 'accepted').length;
  const waiting = techniques.length - accepted;
  const sums = [
    `<b>${accepted}</b> ${accepted === 1 ? 'technique' : 'techniques'} of ATT&amp;CK ${htmlText(attackVersion)}`,
    ...(waiting > 0 ? [`<b>${waiting}</b> ${waiting === 1 ? 'waits' : 'wait'} for review`] : []),
    htmlCounted(reading.groups.length, 'group'),
    `${reading.software.length} software`,
    htmlCounted(reading.cves.length, 'CVE'),
    htmlCounted(reading.iocs.length, 'indicator'),
  ];
  const date = document.date === undefined ? '' : ` · ${htmlText(document.date.slice(0, 10))}`;
  return `<article aria-labelledby="r${index + 1}">
<h2 id="r${index + 1}">${input.readings.length === 1 ? 'What it says' : htmlText(titleOf(reading))}</h2>
<p class="muted"><span class="value">${htmlText(document.source)}</span>${date}</p>
<ul class="sums">${sums.map((sum) => `<li>${sum}</li>`).join('')}</ul>
${drawIssues('Problems', issues)}
<div class="reading">
<aside class="found" tabindex="0" role="region" aria-label="What was found">${htmlFound(drawing)}</aside>
<div class="text">${htmlReportText(drawing)}</div>
</div>
</article>`;
}

function drawIssues(title: string, issues: readonly Issue[]): string {
  if (issues.length === 0) return '';
  const shown = issues
    .slice(0, MAX_ISSUES)
    .map((issue) => `<li>${htmlText(formatIssue(issue))}</li>`);
  const more = issues.length > MAX_ISSUES ? `<li>and ${issues.length - MAX_ISSUES} more</li>` : '';
  return `<div class="alert"><b>${title}</b><ul>${shown.join('')}${more}</ul></div>`;
}

import { contentPolicy } from './content-policy.js';
import { htmlCount, htmlCounted, htmlText, htmlTime } from './html-text.js';
import type { MapReport } from './map-report.js';
import { reportEvidence } from './report-evidence.js';
import { reportMatrix } from './report-matrix.js';
import { REPORT_SCRIPT } from './report-script.js';
import { REPORT_STYLE } from './report-style.js';
import { reportFiles, reportGaps, reportHosts, reportUsers } from './report-tables.js';
import { reportTimeline } from './report-timeline.js';

/**
 * A report as one HTML file: matrix, timeline, evidence, hosts, users, what was not covered. It needs no network and no
 * script; its content policy allows its own style and script, and nothing else. The same report gives the same bytes.
 */
export async function renderReportHtml(report: MapReport): Promise<string> {
  const policy = await contentPolicy(REPORT_STYLE, REPORT_SCRIPT);
  const sections = sectionsOf(report);
  const links = sections.map(({ id, name }) => `<li><a href="#${id}">${name}</a></li>`).join('');
  const body = sections
    .map(({ id, name, content }) => `<h2 id="${id}">${name}</h2>\n${content}`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${htmlText(report.title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<a class="skip" href="#matrix">Skip to the matrix</a>
${drawHeader(report)}
<nav aria-label="Parts of the report"><ul>${links}</ul></nav>
<main>
${body}
</main>
<footer>Made by Portolan from ${htmlCounted(report.input.files, 'file')}. All times are UTC. ATT&amp;CK ${htmlText(report.knowledgeBase.version)} is © The MITRE Corporation; this work is reproduced and distributed with the permission of The MITRE Corporation.</footer>
<script>${REPORT_SCRIPT}</script>
</body>
</html>
`;
}

interface Section {
  readonly id: string;
  readonly name: string;
  readonly content: string;
}

function sectionsOf(report: MapReport): readonly Section[] {
  const timeline = reportTimeline(report);
  const users = reportUsers(report);
  const hasFound = report.techniques.length > 0;
  return [
    {
      id: 'matrix',
      name: 'Matrix',
      content: (hasFound ? '' : NOTHING) + reportMatrix(report),
    },
    ...(timeline === undefined ? [] : [{ id: 'timeline', name: 'Timeline', content: timeline }]),
    { id: 'evidence', name: 'Evidence', content: reportEvidence(report) },
    ...(hasFound ? [{ id: 'hosts', name: 'Hosts', content: reportHosts(report) }] : []),
    ...(users === '' ? [] : [{ id: 'users', name: 'Users', content: users }]),
    { id: 'gaps', name: 'Not covered', content: reportGaps(report) },
    { id: 'files', name: 'Files', content: reportFiles(report) },
  ];
}

const NOTHING =
  '<p class="alert">Nothing was found. That is no proof that nothing happened: see what was not covered.</p>';

function drawHeader(report: MapReport): string {
  const { techniques, subjects, input, rules, knowledgeBase } = report;
  const times = subjects.flatMap(({ firstSeen, lastSeen }) => [firstSeen, lastSeen]);
  const sorted = times.filter((time) => time !== null).sort();
  const span =
    sorted.length === 0
      ? ''
      : `, first seen ${htmlTime(sorted[0])}, last seen ${htmlTime(sorted.at(-1))} UTC`;
  const sums: readonly (readonly [string, string])[] = [
    ['Techniques', htmlCount(techniques.length)],
    ['Hosts, accounts', htmlCount(subjects.length)],
    ['Events read', htmlCount(input.events)],
    ['Files', htmlCount(input.files)],
    ['Rules applied', `${htmlCount(rules.applicable)} of ${htmlCount(rules.loaded)}`],
    ['Problems', htmlCount(input.issueCount)],
  ];
  const boxes = sums.map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`);
  const events =
    report.firstEvent === undefined
      ? ''
      : `<p class="note">The events are from ${htmlTime(report.firstEvent)} to ${htmlTime(report.lastEvent)} UTC.</p>`;
  const alert = report.isInterrupted
    ? '<p class="alert">Stopped before the end: this is what was known until then.</p>'
    : '';
  return `<header>
<h1>${htmlText(report.title)}</h1>
<p class="lead">${htmlCounted(techniques.length, 'technique')} of ATT&amp;CK ${htmlText(knowledgeBase.version)} on ${htmlCounted(subjects.length, 'host or account', 'hosts and accounts')}${span}.</p>
${alert}<dl class="sums">${boxes.join('')}</dl>${events}
</header>`;
}

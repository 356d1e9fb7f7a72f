import { htmlCount, htmlCounted, htmlSpan, htmlText, htmlTime } from './html-text.js';
import type { MapReport, ReportEvidence, ReportTechnique } from './map-report.js';
import { bandOf } from './report-timeline.js';

const MAX_NAMES = 50;

/** Every technique with its evidence, by tactic in matrix order; a technique stands under the first tactic of its rules. */
export function reportEvidence(report: MapReport): string {
  const home = (technique: ReportTechnique): string =>
    technique.namedTactics[0] ?? technique.tactics[0] ?? '';
  const groups = report.tactics.map(({ shortname, name }) => {
    const rows = report.techniques.filter((technique) => home(technique) === shortname);
    if (rows.length === 0) return '';
    return `<section class="tactic"><h3>${htmlText(name)}</h3>${rows.map((row) => drawTechnique(row, report)).join('')}</section>`;
  });
  return `<p class="tools" hidden><label>Filter <input type="search" id="filter" placeholder="host, user, rule, field, file"></label> <button type="button" id="open-all">Open all</button> <button type="button" id="close-all">Close all</button> <output id="filter-count"></output></p>${groups.join('')}`;
}

function drawTechnique(technique: ReportTechnique, report: MapReport): string {
  const { techniqueId, name, confidence, matches, hosts, users, evidence, url } = technique;
  const tactics = technique.tactics.map(
    (tactic) => report.tactics.find(({ shortname }) => shortname === tactic)?.name ?? tactic,
  );
  const seen =
    technique.firstSeen === null ? '' : ` · ${htmlSpan(technique.firstSeen, technique.lastSeen)}`;
  const facts = [
    ['Tactics', htmlText(tactics.join(', '))],
    ['Hosts', listed(hosts)],
    ['Users', listed(users)],
    ['ATT&amp;CK', `<a href="${htmlText(url)}" rel="noreferrer">${htmlText(url)}</a>`],
  ]
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`);
  const shown = htmlCounted(evidence.length, 'piece');
  const more = matches > evidence.length ? ` of ${htmlCounted(matches, 'match', 'matches')}` : '';
  return `<details class="technique" id="${htmlText(techniqueId)}" open>
<summary><span class="score b${bandOf(confidence)}">${confidence.toFixed(2)}</span> <b>${htmlText(techniqueId)}</b> <span class="name">${htmlText(name)}</span> <span class="facts">${htmlCount(matches)}× · ${htmlCounted(hosts.length, 'host')}${seen}</span></summary>
<dl class="about">${facts.join('')}</dl>
<div class="scroll" tabindex="0" role="region" aria-label="Evidence of ${htmlText(techniqueId)}"><table class="evidence"><caption>${shown} of evidence${more}, the surest rule first</caption><thead><tr><th scope="col">Time (UTC)</th><th scope="col">Host</th><th scope="col">Rule</th><th scope="col">What the event says</th><th scope="col">File : record</th></tr></thead><tbody>${evidence.map(drawEvidence).join('')}</tbody></table></div>
</details>`;
}

function drawEvidence({
  time,
  host,
  title,
  level,
  ruleId,
  fields,
  source,
  record,
}: ReportEvidence): string {
  const rows = Object.entries(fields).map(
    ([field, value]) =>
      `<div><dt>${htmlText(field)}</dt><dd><code>${htmlText(value)}</code></dd></div>`,
  );
  return `<tr><td class="time">${htmlTime(time)}</td><td>${htmlText(host ?? '–')}</td><td><span class="level ${levelClass(level)}">${htmlText(level)}</span> ${htmlText(title)}<small>${htmlText(ruleId)}</small></td><td><dl class="fields">${rows.join('')}</dl></td><td class="place"><code>${htmlText(source)}:${htmlText(record)}</code></td></tr>`;
}

function levelClass(level: string): string {
  return /^[a-z]+$/.test(level) ? level : '';
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => `<bdi>${htmlText(name)}</bdi>`);
  const more = names.length > MAX_NAMES ? ` and ${htmlCount(names.length - MAX_NAMES)} more` : '';
  return shown.join(', ') + more;
}

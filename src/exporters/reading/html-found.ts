import type { KnowledgeBase } from '../../attack/lookup.js';
import type {
  Quote,
  ReadCve,
  ReadIoc,
  ReadObject,
  ReadTechnique,
  ReportReading,
} from '../../reports/index.js';
import { htmlCount, htmlText } from '../report/html-text.js';
import type { TextMark } from './text-marks.js';

/** What the list beside a text is drawn with. */
export interface FoundDrawing {
  readonly reading: ReportReading;
  readonly knowledgeBase: KnowledgeBase;
  readonly marks: readonly TextMark[];
  readonly prefix: string;
  readonly tacticOrder: readonly string[];
}

const MAX_PLACES = 30;
const MAX_IOCS = 500;

/** Everything that was found, techniques by their first tactic, each with links to where it stands in the text. */
export function htmlFound(drawing: FoundDrawing): string {
  const { reading } = drawing;
  const places = indexPlaces(drawing);
  const parts = [
    ...techniqueSections(drawing, places),
    objectSection('Groups', reading.groups, places),
    objectSection('Software', reading.software, places),
    objectSection('Campaigns', reading.campaigns, places),
    objectSection('Tactics', reading.tactics, places),
    objectSection('Mitigations', reading.mitigations, places),
    section(
      'Vulnerabilities',
      reading.cves.map((cve) => cveRow(cve, places)),
    ),
    iocSection(reading.iocs, places),
  ];
  const text = parts.join('');
  return text === ''
    ? '<p>Nothing was found. That is no proof that the report tells of nothing.</p>'
    : text;
}

/** Links to the marks of a finding at some places. */
type Places = (label: string, mentions: readonly Quote[]) => string;

function indexPlaces({ marks, prefix }: FoundDrawing): Places {
  const numbers = new Map<string, number>();
  for (const { label, start, end, number } of marks) {
    const key = `${label} ${start} ${end}`;
    if (!numbers.has(key)) numbers.set(key, number);
  }
  return (label, mentions) => {
    const links = new Set(
      mentions.flatMap(({ start, end }) => numbers.get(`${label} ${start} ${end}`) ?? []),
    );
    const shown = [...links]
      .slice(0, MAX_PLACES)
      .map(
        (number, index) =>
          `<a href="#${prefix}${number}" aria-label="mention ${index + 1} of ${htmlText(label)}">${index + 1}</a>`,
      );
    const more = links.size > MAX_PLACES ? ` and ${htmlCount(links.size - MAX_PLACES)} more` : '';
    return `<div class="places">${shown.join('')}${more}</div>`;
  };
}

function techniqueSections(
  { reading, knowledgeBase, tacticOrder }: FoundDrawing,
  places: Places,
): readonly string[] {
  const names = new Map(knowledgeBase.tactics.map(({ shortname, name }) => [shortname, name]));
  return [...tacticOrder, undefined].map((shortname, index) => {
    const rows = reading.techniques.filter(({ tactics }) => tactics[0] === shortname);
    const name = shortname === undefined ? 'No tactic' : (names.get(shortname) ?? shortname);
    return section(
      name,
      rows.map((row) => techniqueRow(row, places)),
      `t${index + 1}`,
    );
  });
}

function section(name: string, rows: readonly string[], color?: string): string {
  if (rows.length === 0) return '';
  const swatch = color === undefined ? '' : `<i class="${color}"></i>`;
  return `<section><h3>${swatch}${htmlText(name)}</h3><ul>${rows.join('')}</ul></section>`;
}

function techniqueRow(technique: ReadTechnique, places: Places): string {
  const { techniqueId, name, mentions } = technique;
  const url = `https://attack.mitre.org/techniques/${techniqueId.replace('.', '/')}`;
  return foundRow(technique, [
    `<b><a href="${url}" rel="noreferrer">${htmlText(techniqueId)}</a> ${htmlText(name)}</b>`,
    decisionOf(technique),
    places(techniqueId, mentions),
  ]);
}

function decisionOf({ decision }: ReadTechnique): string {
  if (decision === undefined) return '';
  return `<br><small>${decision.status} by ${htmlText(decision.by)}</small>`;
}

function objectSection(name: string, objects: readonly ReadObject[], places: Places): string {
  return section(
    name,
    objects.map((object) => {
      const { attackId, mentions } = object;
      const title = `<b>${htmlText(attackId)} ${htmlText(object.name)}</b>`;
      return foundRow(object, [title, places(attackId, mentions)]);
    }),
  );
}

function foundRow(found: ReadTechnique | ReadObject, content: readonly string[]): string {
  const { confidence, lane, certainty, mentions } = found;
  const isReview = certainty === 'review';
  const lanes = [
    ...new Set(mentions.map((one) => one.lane + (one.certainty === 'review' ? '-review' : ''))),
  ];
  const state = isReview ? ' <span class="lane">waits for review</span>' : '';
  return `<li${isReview ? ' class="review"' : ''} data-lanes="${lanes.join(' ')}"><span class="score">${confidence.toFixed(2)}</span>${content[0] ?? ''} <span class="lane">${htmlText(lane)}</span>${state}${content.slice(1).join('')}</li>`;
}

function cveRow({ cveId, mentions }: ReadCve, places: Places): string {
  return `<li data-lanes="cve"><b>${htmlText(cveId)}</b>${places(cveId, mentions)}</li>`;
}

function iocSection(iocs: readonly ReadIoc[], places: Places): string {
  const rows = iocs.slice(0, MAX_IOCS).map(({ type, defanged, warning, mentions }) => {
    const known =
      warning === undefined ? '' : `<br><small>known as harmless: ${htmlText(warning)}</small>`;
    return `<li data-lanes="ioc"><span class="lane">${htmlText(type)}</span> <span class="value">${htmlText(defanged)}</span>${known}${places(type, mentions)}</li>`;
  });
  const more =
    iocs.length > MAX_IOCS
      ? `<p class="note">and ${htmlCount(iocs.length - MAX_IOCS)} more</p>`
      : '';
  return section('Indicators, defanged', rows) + more;
}

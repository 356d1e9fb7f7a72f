import type { KnowledgeBase } from '../../attack/lookup.js';
import type { ReadIoc, ReportReading } from '../../reports/index.js';
import { cleanText } from '../clean-text.js';
import { listedFindings, titleOf } from './listed-findings.js';
import { mispPlaceOf } from './misp-attributes.table.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';
import { readingToMarkdown } from './reading-markdown.js';
import { uuidV5 } from './uuid-v5.js';

// Source: MISP core format, "Event" and "Attribute".
const OWN_ORGANISATION_ONLY = '0';
const AS_THE_EVENT = '5';
const THREAT_LEVEL_UNDEFINED = '4';
const ANALYSIS_INITIAL = '0';
// MISP keeps a report in 64 MiB; nobody reads more than this.
const MAX_TEXT = 2_000_000;

/**
 * MISP events, one for each report: IOCs as attributes, techniques, groups, software and campaigns as galaxy tags, the
 * findings with their quotes and the text as event reports. `{"Event"}` for one report, `{"response":[{"Event"}]}` for more.
 * An attribute is for sensors (`to_ids`) when the report had it defanged or it is a hash, and no warning list knows it.
 */
export const READING_MISP_EXPORTER: ReadingExporter = {
  format: 'misp',
  mediaType: 'application/json',
  extension: '.json',
  async render(input) {
    const events = await Promise.all(input.readings.map((reading) => toEvent(reading, input)));
    const wrapped = events.map((Event) => ({ Event }));
    const document = wrapped.length === 1 ? wrapped[0] : { response: wrapped };
    return { content: `${JSON.stringify(document, null, 2)}\n`, issues: [] };
  },
};

async function toEvent(reading: ReportReading, input: ReadingExportInput): Promise<object> {
  const { document, textSha256 } = reading;
  const { creator, now } = input.options;
  const organisation = creator ?? 'Portolan';
  const eventId = await uuidV5('misp-event', organisation, document.source, textSha256);
  const timestamp = String(Math.floor(Date.parse(now) / 1_000));
  const attributes = [
    ...(await Promise.all(reading.iocs.map((ioc) => iocAttribute(ioc, eventId)))),
    ...(await Promise.all(reading.cves.map(({ cveId }) => cveAttribute(cveId, eventId)))),
  ];
  return {
    uuid: eventId,
    info: clip(cleanText(titleOf(reading)), 1_000),
    date: (isIsoDate(document.date) ? document.date : now).slice(0, 10),
    threat_level_id: THREAT_LEVEL_UNDEFINED,
    analysis: ANALYSIS_INITIAL,
    distribution: OWN_ORGANISATION_ONLY,
    published: false,
    timestamp,
    Orgc: { uuid: await uuidV5('misp-organisation', organisation), name: cleanText(organisation) },
    Attribute: withoutRepeats(attributes).map((attribute) => ({ ...attribute, timestamp })),
    Object: [],
    Tag: tagsOf(reading, input).map((name) => ({ name })),
    EventReport: [
      {
        uuid: await uuidV5('misp-report', eventId, 'findings'),
        name: 'Findings of Portolan, with quotes',
        content: cleanText(readingToMarkdown(reading, input)),
        distribution: AS_THE_EVENT,
        timestamp,
        deleted: false,
      },
      {
        uuid: await uuidV5('misp-report', eventId, 'text'),
        name: 'Text of the report',
        content: fenced(clip(cleanText(document.text), MAX_TEXT)),
        distribution: AS_THE_EVENT,
        timestamp,
        deleted: false,
      },
    ],
  };
}

interface MispAttribute {
  readonly uuid: string;
  readonly type: string;
  readonly category: string;
  readonly value: string;
  readonly to_ids: boolean;
  readonly comment: string;
  readonly distribution: string;
  readonly disable_correlation: boolean;
}

const HASHES = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'ssdeep', 'tlsh']);

async function iocAttribute(ioc: ReadIoc, eventId: string): Promise<MispAttribute> {
  const { type, value, wasDefanged, warning, mentions } = ioc;
  const { isDetectable, ...known } = mispPlaceOf(type, value);
  const isMeant = wasDefanged || HASHES.has(type);
  const comments = [
    known.type === 'text' ? type : '',
    wasDefanged ? 'defanged in the report' : '',
    warning === undefined ? '' : `known as harmless: ${warning}`,
    mentions.length > 1 ? `${mentions.length} mentions` : '',
  ];
  return {
    uuid: await uuidV5('misp-attribute', eventId, type, value),
    type: known.type,
    category: known.category,
    value: cleanText(type === 'registry-value' ? value.replace(/!(?=[^!]*$)/, '\\') : value),
    to_ids: isDetectable && isMeant && warning === undefined,
    comment: cleanText(comments.filter((text) => text !== '').join('; ')),
    distribution: AS_THE_EVENT,
    disable_correlation: warning !== undefined,
  };
}

async function cveAttribute(cveId: string, eventId: string): Promise<MispAttribute> {
  return {
    uuid: await uuidV5('misp-attribute', eventId, 'cve', cveId),
    type: 'vulnerability',
    category: 'External analysis',
    value: cveId,
    to_ids: false,
    comment: '',
    distribution: AS_THE_EVENT,
    disable_correlation: false,
  };
}

/** MISP refuses an event with the same value twice under one type and category. */
function withoutRepeats(attributes: readonly MispAttribute[]): readonly MispAttribute[] {
  const kept = new Map<string, MispAttribute>();
  for (const attribute of attributes) {
    const key = `${attribute.category}\n${attribute.type}\n${attribute.value}`;
    if (!kept.has(key)) kept.set(key, attribute);
  }
  return [...kept.values()];
}

function tagsOf(reading: ReportReading, input: ReadingExportInput): readonly string[] {
  const { knowledgeBase, options } = input;
  const { techniques, groups, software, campaigns } = listedFindings(reading, options);
  const tags = [
    ...techniques.map((one) => galaxyTag('mitre-attack-pattern', one.name, one.techniqueId)),
    ...groups.map((one) => galaxyTag('mitre-intrusion-set', one.name, one.attackId)),
    ...software.map((one) =>
      galaxyTag(softwareGalaxy(one.attackId, knowledgeBase), one.name, one.attackId),
    ),
    ...campaigns.map((one) => galaxyTag('mitre-campaign', one.name, one.attackId)),
    ...(options.tlp === undefined ? [] : [`tlp:${options.tlp}`]),
  ];
  return [...new Set(tags)];
}

function softwareGalaxy(attackId: string, knowledgeBase: KnowledgeBase): string {
  const object = knowledgeBase.byAttackId.get(attackId);
  const isTool = object?.kind === 'software' && object.softwareType === 'tool';
  return isTool ? 'mitre-tool' : 'mitre-malware';
}

/** As misp-galaxy names the values of its MITRE clusters: `Phishing - T1566`. */
function galaxyTag(galaxy: string, name: string, attackId: string): string {
  return `misp-galaxy:${galaxy}="${cleanText(name).replaceAll('"', "'")} - ${attackId}"`;
}

/** A code block that no run of backticks in the text can end. */
function fenced(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}\n`;
}

function isIsoDate(date: string | undefined): date is string {
  return date !== undefined && /^\d{4}-\d{2}-\d{2}/.test(date);
}

function clip(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 6)} [cut]`;
}

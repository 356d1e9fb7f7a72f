import type { Issue } from '../../model/index.js';
import type { ReadIoc, ReadMention, ReportReading } from '../../reports/index.js';
import { cleanText } from '../clean-text.js';
import { bestMentions, listedFindings, titleOf } from './listed-findings.js';
import type { ReadingExporter, ReadingExportInput } from './reading-exporter.js';
import {
  isStixNamed,
  MITRE_IDENTITY,
  type StixValue,
  toAttackStix,
} from './stix-attack-objects.js';
import { tlpMarking } from './stix-marking.js';
import { type StixPattern, stixPatternOf } from './stix-patterns.table.js';
import { uuidV5 } from './uuid-v5.js';

const QUOTES = 20;
const MAX_QUOTE = 4_000;

/**
 * One STIX 2.1 bundle that refers to nothing outside it: a report for each reading, the techniques, groups, software and
 * campaigns under MITRE's official ids, an indicator for each IOC, a vulnerability for each CVE, and a note with the quotes
 * for each finding. Ids are UUIDv5: the same report read again updates what is there.
 */
export const READING_STIX_EXPORTER: ReadingExporter = {
  format: 'stix',
  mediaType: 'application/stix+json;version=2.1',
  extension: '.json',
  async render(input) {
    const issues: Issue[] = [];
    const objects = new Map<string, StixValue>();
    const context = await openContext(input, objects, issues);
    for (const reading of input.readings) await addReport(reading, context);
    const ids = [...objects.keys()];
    const bundle = {
      type: 'bundle',
      id: `bundle--${await uuidV5('bundle', input.options.now, ...ids)}`,
      objects: [...objects.values()],
    };
    return { content: `${JSON.stringify(bundle, null, 2)}\n`, issues };
  },
};

interface StixContext {
  readonly input: ReadingExportInput;
  readonly objects: Map<string, StixValue>;
  readonly issues: Issue[];
  readonly creatorId: string;
  readonly marking: object;
}

async function openContext(
  input: ReadingExportInput,
  objects: Map<string, StixValue>,
  issues: Issue[],
): Promise<StixContext> {
  const { creator, tlp, now } = input.options;
  const marking = tlp === undefined ? undefined : tlpMarking(tlp);
  if (marking !== undefined) objects.set(marking.id, marking);
  const refs = marking === undefined ? {} : { object_marking_refs: [marking.id] };
  const identity = {
    type: 'identity',
    spec_version: '2.1',
    id: `identity--${await uuidV5('identity', creator ?? 'Portolan')}`,
    created: now,
    modified: now,
    name: cleanText(creator ?? 'Portolan'),
    identity_class: creator === undefined ? 'system' : 'organization',
    ...refs,
  };
  objects.set(identity.id, identity);
  return { input, objects, issues, creatorId: identity.id, marking: refs };
}

async function addReport(reading: ReportReading, context: StixContext): Promise<void> {
  const { document, textSha256 } = reading;
  const { input, creatorId } = context;
  const id = `report--${await uuidV5('report', creatorId, document.source, textSha256)}`;
  const times = timesOf(reading, input);
  const refs = [
    ...(await addFindings(reading, id, context)),
    ...(await addCves(reading, context)),
    ...(await addIocs(reading, id, context)),
  ];
  add(context, {
    type: 'report',
    spec_version: '2.1',
    id,
    created_by_ref: creatorId,
    ...times,
    name: cleanText(titleOf(reading)),
    description: `Read by Portolan against ATT&CK ${reading.attackVersion}: what the report says, with its words in notes.`,
    report_types: ['threat-report'],
    published: times.created,
    external_references: [referenceTo(reading)],
    ...context.marking,
    // A report refers to one object at least.
    object_refs: refs.length > 0 ? [...new Set(refs)] : [creatorId],
  });
}

/** A report was made when it says so, else now. */
function timesOf({ document }: ReportReading, { options }: ReadingExportInput) {
  const date = document.date === undefined ? undefined : new Date(document.date);
  const isDate = date !== undefined && !Number.isNaN(date.getTime());
  const created = isDate && date.toISOString() < options.now ? date.toISOString() : options.now;
  return { created, modified: options.now };
}

function referenceTo({ document, textSha256 }: ReportReading): object {
  const source = cleanText(document.source);
  const description = `SHA-256 of the text: ${textSha256}`;
  if (/^https?:\/\/[^\s<>"{}|\\^`]+$/i.test(source))
    return { source_name: cleanText(document.title ?? 'report'), url: source, description };
  return { source_name: source === '' ? 'report' : source, description };
}

interface Finding {
  readonly attackId: string;
  readonly name: string;
  readonly confidence: number;
  readonly mentions: readonly ReadMention[];
}

async function addFindings(
  reading: ReportReading,
  reportId: string,
  context: StixContext,
): Promise<readonly string[]> {
  const { input } = context;
  const { techniques, groups, software, campaigns } = listedFindings(reading, input.options);
  const findings: readonly Finding[] = [
    ...techniques.map((one) => ({ ...one, attackId: one.techniqueId })),
    ...groups,
    ...software,
    ...campaigns,
  ];
  const refs: string[] = [];
  for (const finding of findings) {
    const object = input.knowledgeBase.byAttackId.get(finding.attackId);
    if (!isStixNamed(object)) continue;
    add(context, MITRE_IDENTITY);
    add(context, toAttackStix(object, input.knowledgeBase));
    refs.push(object.stixId);
    const noteId = `note--${await uuidV5('note', reportId, finding.attackId)}`;
    add(context, {
      type: 'note',
      spec_version: '2.1',
      id: noteId,
      created_by_ref: context.creatorId,
      ...timesOf(reading, input),
      abstract: cleanText(`${finding.attackId} ${finding.name}`),
      content: quotesOf(finding),
      confidence: Math.round(finding.confidence * 100),
      ...context.marking,
      object_refs: [object.stixId, reportId],
    });
  }
  return refs;
}

function quotesOf({ mentions }: Finding): string {
  const lines = bestMentions(mentions, QUOTES).map(
    ({ sentence, start, end, lane, confidence, why }) => {
      const reasons = why.length === 0 ? '' : `; ${why.slice(0, 3).join('; ')}`;
      return `“${sentence.text.slice(0, MAX_QUOTE)}” (characters ${start} to ${end}; ${lane}, ${confidence.toFixed(2)}${reasons})`;
    },
  );
  const rest = new Set(mentions.map(({ sentence }) => sentence.start)).size - QUOTES;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  return cleanText([...lines, ...more].join('\n'));
}

async function addCves(reading: ReportReading, context: StixContext): Promise<readonly string[]> {
  const refs: string[] = [];
  for (const { cveId } of reading.cves) {
    const id = `vulnerability--${await uuidV5('vulnerability', context.creatorId, cveId)}`;
    refs.push(id);
    add(context, {
      type: 'vulnerability',
      spec_version: '2.1',
      id,
      created_by_ref: context.creatorId,
      ...timesOf(reading, context.input),
      name: cveId,
      external_references: [{ source_name: 'cve', external_id: cveId }],
      ...context.marking,
    });
  }
  return refs;
}

async function addIocs(
  reading: ReportReading,
  reportId: string,
  context: StixContext,
): Promise<readonly string[]> {
  const refs: string[] = [];
  const rest: string[] = [];
  for (const ioc of reading.iocs) {
    const pattern = stixPatternOf(ioc.type, cleanText(ioc.value));
    if (ioc.warning !== undefined || pattern === undefined) {
      const why = ioc.warning === undefined ? '' : ` (known as harmless: ${ioc.warning})`;
      rest.push(`${ioc.type}: ${ioc.defanged}${why}`);
      continue;
    }
    refs.push(await addIndicator(ioc, pattern, { reading, context }));
  }
  if (rest.length > 0)
    add(context, {
      type: 'note',
      spec_version: '2.1',
      id: `note--${await uuidV5('note', reportId, 'iocs')}`,
      created_by_ref: context.creatorId,
      ...timesOf(reading, context.input),
      abstract: 'Values that are no indicators here',
      content: cleanText(rest.join('\n')),
      ...context.marking,
      object_refs: [reportId],
    });
  return refs;
}

async function addIndicator(
  ioc: ReadIoc,
  { pattern, patternType }: StixPattern,
  { reading, context }: { readonly reading: ReportReading; readonly context: StixContext },
): Promise<string> {
  const id = `indicator--${await uuidV5('indicator', context.creatorId, pattern)}`;
  const times = timesOf(reading, context.input);
  add(context, {
    type: 'indicator',
    spec_version: '2.1',
    id,
    created_by_ref: context.creatorId,
    ...times,
    name: cleanText(`${ioc.type} ${ioc.defanged}`),
    description: cleanText(
      `Stands in “${titleOf(reading)}”${ioc.wasDefanged ? ', defanged' : ''}.`,
    ),
    // Written defanged says that its author took it for malicious; the rest only stands in the report.
    indicator_types: [ioc.wasDefanged ? 'malicious-activity' : 'unknown'],
    pattern,
    pattern_type: patternType,
    ...(patternType === 'stix' ? { pattern_version: '2.1' } : {}),
    valid_from: times.created,
    ...context.marking,
  });
  return id;
}

/** The first of an id stays: a bundle holds each object once. */
function add({ objects }: StixContext, object: StixValue): void {
  if (!objects.has(object.id)) objects.set(object.id, object);
}

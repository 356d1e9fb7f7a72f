import { type Issue, isRecord, parseJson, type ReportDocument } from '../../../model/index.js';
import { decodeReportHead, decodeText, isTextHead } from '../decode-text.js';
import { textLimitIssue } from '../limit-text.js';
import {
  type ReportDocuments,
  type ReportInput,
  type ReportReader,
  unread,
} from '../report-reader.js';
import { toIsoDate } from '../to-iso-date.js';
import { createBlockWriter } from '../write-blocks.js';
import { listField, type StixThing, textField, toStixThing } from './stix-object.js';
import { type StixReport, writeStixReport } from './write-stix-report.js';

/** More JSON than this costs more memory than a report is worth. */
const MAX_BYTES = 128 * 1024 * 1024;
const STIX_ID = /"(?:id|created_by_ref|source_ref)"\s*:\s*"[a-z][a-z0-9-]{1,60}--[0-9a-f]{8}-/;

/** STIX 2.0 and 2.1, as a bundle, a TAXII answer, a list or one object: a document for each report in it. */
export const stixReader: ReportReader = {
  name: 'stix',
  detect(_name, head) {
    if (!isTextHead(head)) return false;
    const text = decodeReportHead(head).trimStart();
    if (!/^[{[]/.test(text)) return false;
    return /"type"\s*:\s*"bundle"/.test(text) || (STIX_ID.test(text) && /"type"\s*:/.test(text));
  },
  read: async (input) => readStix(input),
};

function readStix({ source, bytes, limits }: ReportInput): ReportDocuments {
  const at = { source };
  if (bytes.length > Math.min(MAX_BYTES, limits.maxBytes)) {
    const message = `the bundle is larger than ${MAX_BYTES} bytes; it is not read`;
    return unread({ kind: 'issue', code: 'INPUT_TOO_LARGE', message, at });
  }
  const { text, issues } = decodeText(bytes, source);
  const parsed = parseJson(text, { source });
  if ('kind' in parsed) return unread(...issues, parsed);
  const found = new Map<string, StixThing>();
  const invalid = collectThings(parsed.value, found);
  const all: Issue[] = [...issues];
  if (invalid > 0) {
    const message = `${invalid} objects have no id or no type`;
    all.push({ kind: 'issue', code: 'STIX_OBJECT_INVALID', message, at });
  }
  const { reports, dangling } = findReports(found);
  if (dangling > 0) {
    const message = `reports refer to ${dangling} objects that are not in the bundle`;
    all.push({ kind: 'issue', code: 'STIX_DANGLING_REF', message, at });
  }
  const kept = reports.slice(0, limits.maxDocuments);
  if (kept.length < reports.length) {
    const message = `expected at most ${limits.maxDocuments} reports; the rest is not read`;
    all.push({ kind: 'issue', code: 'REPORT_TRUNCATED', message, at });
  }
  const documents = kept.map((report, index) => {
    const writer = createBlockWriter(limits.maxTextLength);
    writeStixReport(report, writer);
    const own = kept.length === 1 ? source : `${source}#${index + 1}`;
    const document = toDocument(report, own, writer.finish());
    if (writer.isFull()) all.push(textLimitIssue(own, document.text.length));
    return document;
  });
  return { documents, issues: all };
}

/** Adds the objects of a document to a map; returns how many are none. */
function collectThings(value: unknown, found: Map<string, StixThing>): number {
  const objects = isRecord(value) ? (value as { readonly objects?: unknown }).objects : value;
  const list: readonly unknown[] = Array.isArray(objects) ? objects : [value];
  let invalid = 0;
  for (const item of list) {
    const thing = toStixThing(item);
    if (thing === undefined) invalid += 1;
    else found.set(thing.id, newest(found.get(thing.id), thing));
  }
  return invalid;
}

function newest(known: StixThing | undefined, thing: StixThing): StixThing {
  if (known === undefined) return thing;
  return (textField(thing, 'modified') ?? '') >= (textField(known, 'modified') ?? '')
    ? thing
    : known;
}

/** Reports with what they refer to, and the notes about either; one of everything when there is none. */
function findReports(found: ReadonlyMap<string, StixThing>) {
  const things = [...found.values()];
  const reports = things.filter(({ type }) => type === 'report');
  if (reports.length === 0) {
    return { reports: [{ report: undefined, objects: things }], dangling: 0 };
  }
  const comments = things.filter(({ type }) => type === 'note' || type === 'opinion');
  let dangling = 0;
  const read = reports.map((report): StixReport => {
    const objects = new Map<string, StixThing>();
    for (const id of listField(report, 'object_refs')) {
      const thing = found.get(id);
      if (thing === undefined) dangling += 1;
      else if (thing.type !== 'report') objects.set(id, thing);
    }
    for (const comment of comments) {
      const about = listField(comment, 'object_refs');
      if (about.some((id) => id === report.id || objects.has(id))) objects.set(comment.id, comment);
    }
    return { report, objects: [...objects.values()] };
  });
  return { reports: read, dangling };
}

function toDocument(
  { report }: StixReport,
  source: string,
  written: Pick<ReportDocument, 'text' | 'blocks'>,
): ReportDocument {
  const date =
    report === undefined
      ? undefined
      : (textField(report, 'published') ?? textField(report, 'created'));
  return {
    kind: 'report',
    source,
    format: 'stix',
    title: report?.name,
    date: toIsoDate(date),
    ...written,
  };
}

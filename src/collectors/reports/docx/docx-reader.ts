import type { Issue } from '../../../model/index.js';
import { createHtmlBlocks } from '../html/html-blocks.js';
import { textLimitIssue } from '../limit-text.js';
import {
  type ReportDocuments,
  type ReportInput,
  type ReportReader,
  unread,
} from '../report-reader.js';
import { toIsoDate } from '../to-iso-date.js';
import { createBlockWriter } from '../write-blocks.js';
import { createXmlParser, type XmlSink } from '../xml/parse-xml.js';
import { type MemberSink, type MembersRead, readMembers } from './read-members.js';
import { createWordBlocks } from './word-blocks.js';
import { createStyleReader, type WordStyles } from './word-styles.js';

const DOCUMENT = 'word/document.xml';
const NOTES = ['word/footnotes.xml', 'word/endnotes.xml'];

/** Word's DOCX: headings, lists, tables and code by their styles. Macros, pictures and comments are not read. */
export const docxReader: ReportReader = {
  name: 'docx',
  detect: (_name, head) => head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4,
  read: (input) => readDocx(input),
};

async function readDocx({ source, bytes, limits }: ReportInput): Promise<ReportDocuments> {
  const about = await readAbout(bytes);
  if (!about.read.names.includes(DOCUMENT)) return unread(noDocument(about.read, source));
  const writer = createBlockWriter(limits.maxTextLength);
  const html = createHtmlBlocks(writer);
  const faults: string[] = [];
  let isBomb = about.read.isBomb;
  for (const name of [DOCUMENT, ...NOTES]) {
    if (!about.read.names.includes(name)) continue;
    const words = createWordBlocks(about.styles, html);
    const member = openXml(words, () => !writer.isFull());
    const read = await readMembers(bytes, new Map([[name, member.sink]]));
    words.finish();
    const fault = writer.isFull() ? undefined : member.finish();
    faults.push(...read.faults, ...(fault === undefined ? [] : [fault]));
    isBomb ||= read.isBomb;
  }
  html.finish();
  const { text, blocks } = writer.finish();
  const issues = issuesOf({ source, faults, isBomb });
  if (writer.isFull()) issues.push(textLimitIssue(source, text.length));
  const heading = blocks.find(({ kind }) => kind === 'heading');
  const first = heading === undefined ? undefined : text.slice(heading.start, heading.end);
  const { title = first, date } = about;
  return {
    documents: [{ kind: 'report', source, format: 'docx', title, date, text, blocks }],
    issues,
  };
}

interface About {
  readonly styles: WordStyles;
  readonly title: string | undefined;
  readonly date: string | undefined;
  readonly read: MembersRead;
}

/** Styles, title and date, which stand in members of their own. */
async function readAbout(bytes: Uint8Array): Promise<About> {
  const { sink, styles } = createStyleReader();
  const core = createCoreReader();
  const members = new Map([
    ['word/styles.xml', openXml(sink).sink],
    ['docProps/core.xml', openXml(core.sink).sink],
  ]);
  const read = await readMembers(bytes, members);
  return { styles, read, title: core.field('title'), date: toIsoDate(core.field('created')) };
}

/** A member that is parsed as it comes. */
function openXml(sink: XmlSink, isWanted: () => boolean = () => true) {
  const parser = createXmlParser(sink);
  const member: MemberSink = (chunk) => isWanted() && parser.write(chunk);
  return { sink: member, finish: () => parser.finish() };
}

function createCoreReader() {
  const fields = new Map<string, string>();
  let open: string | undefined;
  const sink: XmlSink = {
    open: (name) => {
      open = name;
    },
    close: () => {
      open = undefined;
    },
    text: (text) => {
      if (open !== undefined) fields.set(open, ((fields.get(open) ?? '') + text).slice(0, 500));
    },
  };
  return { sink, field: (name: string) => fields.get(name)?.trim() || undefined };
}

function noDocument({ names, faults }: MembersRead, source: string): Issue {
  const at = { source };
  const [fault] = faults;
  if (names.length === 0) {
    const message = `the document is cut off or damaged: ${fault ?? 'it is empty'}`;
    return { kind: 'issue', code: 'REPORT_DAMAGED', message, at };
  }
  const kinds: readonly (readonly [member: RegExp, kind: string])[] = [
    [/^xl\//, 'a spreadsheet (XLSX; save the sheet as CSV or text)'],
    [/^ppt\//, 'a presentation (PPTX; save it as PDF)'],
    [/^mimetype$/, 'an OpenDocument file or book (save it as DOCX or PDF)'],
  ];
  const kind = kinds.find(([member]) => names.some((name) => member.test(name)))?.[1];
  const message = `expected a DOCX with ${DOCUMENT}, found ${kind ?? 'a zip file without it'}`;
  return { kind: 'issue', code: 'REPORT_UNRECOGNISED', message, at };
}

interface Faults {
  readonly source: string;
  readonly faults: readonly string[];
  readonly isBomb: boolean;
}

function issuesOf({ source, faults, isBomb }: Faults): Issue[] {
  const at = { source };
  if (isBomb) {
    const message = 'the document expands more than a document does; the rest is not read';
    return [{ kind: 'issue', code: 'INPUT_TOO_LARGE', message, at }];
  }
  const [fault] = faults;
  if (fault === undefined) return [];
  const message = `the document is cut off or damaged: ${fault}`;
  return [{ kind: 'issue', code: 'REPORT_DAMAGED', message, at }];
}

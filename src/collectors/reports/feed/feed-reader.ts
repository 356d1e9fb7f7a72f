import type { Issue, ReportDocument } from '../../../model/index.js';
import { decodeReportHead, decodeText, isTextHead } from '../decode-text.js';
import { emitTree } from '../html/emit-tree.js';
import { createHtmlBlocks } from '../html/html-blocks.js';
import { createHtmlTree } from '../html/html-node.js';
import { tokenizeHtml } from '../html/tokenize-html.js';
import { textLimitIssue } from '../limit-text.js';
import type { ReportDocuments, ReportInput, ReportReader } from '../report-reader.js';
import { toIsoDate } from '../to-iso-date.js';
import { createBlockWriter } from '../write-blocks.js';
import { createXmlParser } from '../xml/parse-xml.js';
import { createEntryReader, type FeedEntry } from './feed-entries.js';

const CHUNK_LENGTH = 256 * 1024;
const MAX_TREE_TAGS = 50_000;

/** RSS 0.9 to 2.0 and Atom: a document for each entry, named `feed.xml#3`. */
export const feedReader: ReportReader = {
  name: 'feed',
  detect(_name, head) {
    if (!isTextHead(head)) return false;
    const text = decodeReportHead(head).slice(0, 8_192);
    if (!/^\s*<(?:\?xml|!--|rss|feed|rdf:RDF)/.test(text)) return false;
    return /<(?:rss[\s>]|rdf:RDF[\s>]|(?:atom:)?feed[\s>])/.test(text) && !/<html[\s>]/i.test(text);
  },
  read: (input) => readFeed(input),
};

async function readFeed({ source, bytes, limits, signal }: ReportInput): Promise<ReportDocuments> {
  const { text, issues } = decodeText(bytes, source, declaredEncoding(bytes));
  const all: Issue[] = [...issues];
  const documents: ReportDocument[] = [];
  let left = limits.maxTextLength;
  let count = 0;
  const { sink, isFull } = createEntryReader((entry) => {
    count += 1;
    if (count > limits.maxDocuments || left <= 0) return false;
    const document = toDocument(entry, `${source}#${count}`, left);
    left -= document.text.length;
    documents.push(document);
    return true;
  });
  const parser = createXmlParser(sink);
  for (let start = 0; start < text.length && !isFull(); start += CHUNK_LENGTH) {
    signal?.throwIfAborted();
    if (!parser.write(text.slice(start, start + CHUNK_LENGTH))) break;
  }
  if (isFull()) {
    all.push(
      left <= 0
        ? textLimitIssue(source, limits.maxTextLength)
        : truncated(source, limits.maxDocuments),
    );
    return { documents, issues: all };
  }
  const fault = parser.finish();
  if (fault !== undefined) {
    const message = `the feed is cut off or damaged: ${fault}`;
    all.push({ kind: 'issue', code: 'REPORT_DAMAGED', message, at: { source } });
  }
  return { documents, issues: all };
}

function truncated(source: string, maxDocuments: number): Issue {
  const message = `expected at most ${maxDocuments} entries; the rest is not read`;
  return { kind: 'issue', code: 'REPORT_TRUNCATED', message, at: { source } };
}

function toDocument(entry: FeedEntry, source: string, maxTextLength: number): ReportDocument {
  const writer = createBlockWriter(maxTextLength);
  const title = entry.title?.replace(/\s+/g, ' ').trim() || undefined;
  if (title !== undefined) writer.add({ kind: 'heading', text: title, level: 1 });
  const blocks = createHtmlBlocks(writer);
  if (entry.isMarkup) readMarkup(entry.content, blocks);
  else blocks.text(entry.content);
  blocks.finish();
  const date = toIsoDate(entry.date);
  return { kind: 'report', source, format: 'feed', title, date, ...writer.finish() };
}

/** The markup of an entry is its article. */
function readMarkup(html: string, blocks: ReturnType<typeof createHtmlBlocks>): void {
  if (html.split('<', MAX_TREE_TAGS + 1).length > MAX_TREE_TAGS) {
    tokenizeHtml(html, blocks);
    return;
  }
  const { sink, tree } = createHtmlTree();
  tokenizeHtml(html, sink);
  emitTree(tree.root, blocks, () => false);
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^<\?xml[^>]{1,150}encoding=["']([\w-]{2,30})/i.exec(head)?.[1];
}

import type { Issue } from '../../../model/index.js';
import { decodeReportHead, decodeText, isTextHead } from '../decode-text.js';
import { textLimitIssue } from '../limit-text.js';
import type { ReportDocuments, ReportInput, ReportReader } from '../report-reader.js';
import { createBlockWriter } from '../write-blocks.js';
import { emitTree } from './emit-tree.js';
import { type Article, findArticle } from './find-article.js';
import { createHtmlBlocks } from './html-blocks.js';
import { createHtmlTree, type HtmlElement, type HtmlTree } from './html-node.js';
import { type PageMeta, pageMeta } from './page-meta.js';
import { tokenizeHtml } from './tokenize-html.js';
import { voteArticle } from './vote-article.js';

/** A page with more markup is read as it comes, without a tree. */
const MAX_TREE_LENGTH = 16 * 1024 * 1024;
const MAX_TREE_TAGS = 400_000;
const META_SAMPLE = 512 * 1024;

/** A page of the web: its article, without navigation and the like. */
export const htmlReader: ReportReader = {
  name: 'html',
  detect(_name, head) {
    if (!isTextHead(head)) return false;
    const text = decodeReportHead(head).slice(0, 16_384).trimStart();
    if (
      /^(?:<!--[\s\S]*?-->\s*|<\?xml[^>]*\?>\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(text)
    ) {
      return true;
    }
    const tags = text.match(
      /<\/?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|br|span|a|article|section)\b[^<>]*>/gi,
    );
    return (
      text.startsWith('<') && (tags?.length ?? 0) >= 2 && !/^<(?:\?xml|rss|feed)\b/i.test(text)
    );
  },
  read: (input) => readHtml(input),
};

async function readHtml({
  source,
  bytes,
  limits,
  encoding,
}: ReportInput): Promise<ReportDocuments> {
  const { text: html, issues } = decodeText(bytes, source, encoding ?? declaredEncoding(bytes));
  const all: Issue[] = [...issues];
  const writer = createBlockWriter(limits.maxTextLength);
  const meta = isTooLarge(html)
    ? readStraight(html, { source, writer, issues: all })
    : await readArticle(html, writer);
  const { text, blocks } = writer.finish();
  if (writer.isFull()) all.push(textLimitIssue(source, text.length));
  const document = { kind: 'report', source, format: 'html', ...meta, text, blocks } as const;
  return { documents: [document], issues: all };
}

type Writer = ReturnType<typeof createBlockWriter>;

async function readArticle(html: string, writer: Writer): Promise<PageMeta> {
  const tree = parseTree(html);
  const meta = pageMeta(tree);
  const voted = await voteArticle(tree.root, tree.elements.length);
  const article = findArticle(tree, voted);
  const hasTitle = tree.elements.some(
    (element) => element.name === 'h1' && isRead(element, article),
  );
  if (!hasTitle && meta.title !== undefined) {
    writer.add({ kind: 'heading', text: meta.title, level: 1 });
  }
  const blocks = createHtmlBlocks(writer);
  emitTree(article.root, blocks, article.isLeftOut);
  blocks.finish();
  return meta;
}

/** Whether an element is of the article, with all that it stands in. */
function isRead(element: HtmlElement, { root, isLeftOut }: Article): boolean {
  for (let at: HtmlElement | undefined = element; at !== undefined; at = at.parent) {
    if (at === root) return true;
    if (isLeftOut(at)) return false;
  }
  return false;
}

function parseTree(html: string): HtmlTree {
  const { sink, tree } = createHtmlTree();
  tokenizeHtml(html, sink);
  return tree;
}

interface StraightReading {
  readonly source: string;
  readonly writer: Writer;
  readonly issues: Issue[];
}

/** Reads a page from its first tag to its last in memory that does not grow with its tags. */
function readStraight(html: string, { source, writer, issues }: StraightReading): PageMeta {
  const blocks = createHtmlBlocks(writer);
  tokenizeHtml(html, blocks);
  blocks.finish();
  const message = `the page has more than ${MAX_TREE_LENGTH} characters or ${MAX_TREE_TAGS} tags; its navigation was read as text too`;
  issues.push({ kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } });
  return pageMeta(parseTree(html.slice(0, META_SAMPLE)));
}

function isTooLarge(html: string): boolean {
  if (html.length > MAX_TREE_LENGTH) return true;
  let tags = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    tags += 1;
    if (tags > MAX_TREE_TAGS) return true;
  }
  return false;
}

/** The encoding that a page names in its first bytes. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1');
  return /<meta[^>]{1,200}charset\s*=\s*["']?([\w-]{2,30})|<\?xml[^>]{1,200}encoding=["']([\w-]{2,30})/i
    .exec(head)
    ?.slice(1)
    .find((name) => name !== undefined);
}

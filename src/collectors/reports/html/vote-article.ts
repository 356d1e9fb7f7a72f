import { UNREAD_ELEMENTS } from './html-elements.table.js';
import type { HtmlElement } from './html-node.js';

const KEPT_ATTRIBUTES = ['class', 'id', 'href', 'role', 'rel', 'itemprop'];
const MARK = 'data-n';
/** More elements than this cost too much; such a page goes by our own rules. */
const MAX_ELEMENTS = 30_000;
const MAX_MARKUP_LENGTH = 4 * 1024 * 1024;

/**
 * Asks Mozilla's Readability which elements of a page are its article. It drops some lists and tables of articles, so
 * its answer is a vote on where the article is, not the article.
 *
 * @returns indices of elements; empty when it finds no article.
 */
export async function voteArticle(root: HtmlElement, count: number): Promise<ReadonlySet<number>> {
  if (count > MAX_ELEMENTS) return new Set();
  const markup = toMarkup(root);
  if (markup.length > MAX_MARKUP_LENGTH) return new Set();
  const [{ parseHTML }, { Readability }] = await Promise.all([
    import('linkedom'),
    import('@mozilla/readability'),
  ]);
  try {
    const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
    const options = { charThreshold: 200, serializer: (node: unknown): unknown => node };
    const article = new Readability(document, options).parse()?.content;
    return isSearchable(article) ? marksIn(article) : new Set();
  } catch {
    // A page that its rules cannot bear; ours read it.
    return new Set();
  }
}

interface Searchable {
  querySelectorAll(selector: string): Iterable<{ getAttribute(name: string): string | null }>;
}

function isSearchable(value: unknown): value is Searchable {
  return typeof value === 'object' && value !== null && 'querySelectorAll' in value;
}

function marksIn(article: Searchable): ReadonlySet<number> {
  const marks = new Set<number>();
  for (const element of article.querySelectorAll(`[${MARK}]`)) {
    marks.add(Number(element.getAttribute(MARK)));
  }
  return marks;
}

function toMarkup(root: HtmlElement): string {
  const parts: string[] = [];
  const write = (node: HtmlElement): void => {
    if (UNREAD_ELEMENTS.has(node.name) || !/^[a-z][a-z\d]*$/.test(node.name)) return;
    const isShown = node.name !== 'body' && node.name !== 'html';
    if (isShown) parts.push(`<${node.name}${attributesOf(node)} ${MARK}="${node.index}">`);
    for (const child of node.children) {
      if (child.kind === 'element') write(child);
      else parts.push(escapeMarkup(child.text));
    }
    if (isShown) parts.push(`</${node.name}>`);
  };
  write(root);
  return parts.join('');
}

function attributesOf({ attributes }: HtmlElement): string {
  let text = '';
  for (const name of KEPT_ATTRIBUTES) {
    const value = attributes.get(name);
    if (value !== undefined) text += ` ${name}="${escapeMarkup(value.slice(0, 200))}"`;
  }
  return text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => ESCAPES[mark] ?? mark);

import { isRecord, parseJson } from '../../../model/index.js';
import { toIsoDate } from '../to-iso-date.js';
import { collapseSpace } from '../write-blocks.js';
import type { HtmlElement, HtmlTree } from './html-node.js';

/** What a page says of itself. */
export interface PageMeta {
  readonly title: string | undefined;
  /** ISO 8601 */
  readonly date: string | undefined;
}

const MAX_TITLE_LENGTH = 500;
const TITLES = ['og:title', 'twitter:title', 'dc.title', 'dcterms.title', 'citation_title'];
const DATES = [
  'article:published_time',
  'og:published_time',
  'datepublished',
  'date',
  'dc.date',
  'dc.date.issued',
  'dcterms.date',
  'dcterms.created',
  'dcterms.issued',
  'publish-date',
  'publish_date',
  'pubdate',
  'citation_publication_date',
  'parsely-pub-date',
  'sailthru.date',
  'article.published',
  'last-modified',
];

/** Title and date: of `meta`, JSON-LD, `title`, `time` and `h1`, the most telling first. */
export function pageMeta({ elements, jsonLd }: HtmlTree): PageMeta {
  const meta = new Map<string, string>();
  for (const { name, attributes } of elements) {
    if (name !== 'meta') continue;
    const key = attributes.get('property') ?? attributes.get('name') ?? attributes.get('itemprop');
    const content = attributes.get('content')?.trim();
    const known = key?.toLowerCase();
    if (known !== undefined && content && !meta.has(known)) meta.set(known, content);
  }
  const linked = readJsonLd(jsonLd);
  return {
    title: titleOf(elements, meta, linked.title),
    date:
      firstDate(DATES.slice(0, 3).map((name) => meta.get(name))) ??
      toIsoDate(linked.date) ??
      firstDate(DATES.slice(3).map((name) => meta.get(name))) ??
      firstDate(timesIn(elements)),
  };
}

function titleOf(
  elements: readonly HtmlElement[],
  meta: ReadonlyMap<string, string>,
  headline: string | undefined,
): string | undefined {
  const declared = TITLES.map((name) => meta.get(name)).find((value) => value !== undefined);
  const page = textOf(elements.find(({ name }) => name === 'title'));
  const heading = textOf(elements.find(({ name }) => name === 'h1'));
  const title =
    declared ??
    headline ??
    (page === undefined ? heading : withoutSite(page, meta.get('og:site_name'), heading));
  return title === undefined
    ? undefined
    : collapseSpace(title).trim().slice(0, MAX_TITLE_LENGTH) || undefined;
}

/** `A new backdoor | Example Labs` is `A new backdoor` when the site or the heading of the page says so. */
function withoutSite(title: string, site: string | undefined, heading: string | undefined): string {
  const parts = title.split(/\s+[|–—·»-]\s+/);
  const [first = title] = parts;
  const last = parts.at(-1);
  if (parts.length > 1 && heading !== undefined && heading !== '' && title.startsWith(heading))
    return heading;
  if (parts.length > 1 && site !== undefined && last === site) {
    return title.slice(0, title.lastIndexOf(site)).replace(/\s+[|–—·»-]\s*$/, '');
  }
  return parts.length === 2 && title.includes(' | ') ? first : title;
}

function firstDate(values: Iterable<string | undefined>): string | undefined {
  for (const value of values) {
    const date = toIsoDate(value);
    if (date !== undefined) return date;
  }
  return undefined;
}

function* timesIn(elements: readonly HtmlElement[]): Generator<string | undefined> {
  for (const element of elements) {
    if (element.name === 'time') yield element.attributes.get('datetime') ?? textOf(element);
    else if (element.attributes.get('itemprop')?.toLowerCase() === 'datepublished') {
      yield element.attributes.get('content') ??
        element.attributes.get('datetime') ??
        textOf(element);
    }
  }
}

function textOf(element: HtmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  let text = '';
  const visit = ({ children }: HtmlElement): void => {
    for (const child of children) {
      if (text.length > MAX_TITLE_LENGTH) return;
      if (child.kind === 'text') text += child.text;
      else visit(child);
    }
  };
  visit(element);
  const words = collapseSpace(text).trim();
  return words === '' ? undefined : words;
}

interface Linked {
  readonly title: string | undefined;
  readonly date: string | undefined;
}

/** Headline and date of the first JSON-LD object that has a date. */
function readJsonLd(texts: readonly string[]): Linked {
  for (const text of texts.slice(0, 10)) {
    const parsed = parseJson(text, { maxDepth: 50 });
    if ('kind' in parsed) continue;
    for (const item of itemsIn(parsed.value)) {
      const { headline, datePublished, name } = item;
      if (typeof datePublished !== 'string') continue;
      const title = typeof headline === 'string' ? headline : name;
      return { title: typeof title === 'string' ? title : undefined, date: datePublished };
    }
  }
  return { title: undefined, date: undefined };
}

interface LinkedItem {
  readonly headline?: unknown;
  readonly datePublished?: unknown;
  readonly name?: unknown;
  readonly '@graph'?: unknown;
}

function itemsIn(value: unknown): readonly LinkedItem[] {
  const items: LinkedItem[] = Array.isArray(value) ? value.slice(0, 100).filter(isRecord) : [];
  if (isRecord(value)) {
    const item: LinkedItem = value;
    items.push(item);
    const graph = item['@graph'];
    if (Array.isArray(graph)) items.push(...graph.slice(0, 100).filter(isRecord));
  }
  return items;
}

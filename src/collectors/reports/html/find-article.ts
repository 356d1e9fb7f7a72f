import { BOILERPLATE_WORDS, NAVIGATION_ELEMENTS, NAVIGATION_ROLES } from './html-elements.table.js';
import type { HtmlElement, HtmlTree } from './html-node.js';
import { measureTree, type TextMeasure } from './measure-tree.js';

/** Where the article of a page is. */
export interface Article {
  readonly root: HtmlElement;
  /** Whether an element within the root is no part of it. */
  isLeftOut(element: HtmlElement): boolean;
}

const NONE: TextMeasure = { all: 0, linked: 0, voted: 0, links: 0 };
/** Share of the article's text that its element holds. */
const MOST = 0.9;
const LINK_SHARE = 0.66;
const CITED =
  /^https?:\/\/(?:[\w-]+\.)*(?:mitre\.org|nist\.gov|cve\.org|cisa\.gov|virustotal\.com|abuse\.ch)(?:[:/]|$)/i;
/** Too little text for a vote on it to mean anything. */
const SHORT_PAGE = 500;
/** What paragraphs, lists and headings stand in. */
const CONTAINER =
  /^(?:html|body|div|section|article|main|table|tbody|tr|td|center|form|span|font|header|details)$/;

/**
 * Finds the article of a page and what in it is navigation, sharing, comments or advertisement: where the vote is, grown
 * by tables, lists and code beside it; `article` or `main` without a vote; else the page.
 */
export function findArticle(tree: HtmlTree, voted: ReadonlySet<number>): Article {
  const { root, elements } = tree;
  const measures = measureTree(root, voted);
  const measureOf = ({ index }: HtmlElement): TextMeasure => measures[index] ?? NONE;
  const isLeftOut = (element: HtmlElement): boolean => isBoilerplate(element, measureOf(element));
  const page = measureOf(root);
  const rest = textWithout(root, isLeftOut, measureOf);
  if (voted.size > 0 && rest < SHORT_PAGE) return findArticle(tree, new Set());
  const narrow = narrowest(root, measureOf, page.voted * MOST);
  const isTrusted = page.voted > 0 && page.voted >= rest * 0.25;
  const found = isTrusted
    ? grow(narrow, { isLeftOut, measureOf })
    : declared(elements, measureOf, rest);
  return { root: found ?? root, isLeftOut };
}

/** The innermost element that holds so much of the voted text. */
function narrowest(
  root: HtmlElement,
  measureOf: (element: HtmlElement) => TextMeasure,
  voted: number,
): HtmlElement {
  let at = root;
  for (;;) {
    const inner = at.children.find(
      (child): child is HtmlElement =>
        child.kind === 'element' && CONTAINER.test(child.name) && measureOf(child).voted >= voted,
    );
    if (inner === undefined || voted === 0) return at;
    at = inner;
  }
}

interface Rules {
  isLeftOut(element: HtmlElement): boolean;
  measureOf(element: HtmlElement): TextMeasure;
}

/** `article` or `main` around the vote; else the parents whose other children are tables, lists, code and headings. */
function grow(narrow: HtmlElement, rules: Rules): HtmlElement {
  const inner = rules.measureOf(narrow).all;
  for (let at: HtmlElement | undefined = narrow; at !== undefined; at = at.parent) {
    const isArticle = at.name === 'article' || at.attributes.get('itemprop') === 'articleBody';
    if (isArticle && rules.measureOf(at).all <= inner * 3) return at;
  }
  let at = narrow;
  while (at.parent !== undefined && at.name !== 'body' && hasContentBeside(at, rules))
    at = at.parent;
  return at;
}

function hasContentBeside(at: HtmlElement, rules: Rules): boolean {
  return (at.parent?.children ?? []).some(
    (child) => child.kind === 'element' && child !== at && isContent(child, rules),
  );
}

function isContent(element: HtmlElement, rules: Rules): boolean {
  const { all, linked } = rules.measureOf(element);
  if (all < 3 || linked > all * 0.5 || rules.isLeftOut(element)) return false;
  return holds(element, 3, /^(?:table|pre|ul|ol|dl|h[1-6]|p)$/);
}

function holds(element: HtmlElement, depth: number, names: RegExp): boolean {
  if (names.test(element.name)) return true;
  if (depth === 0) return false;
  return element.children.some(
    (child) => child.kind === 'element' && holds(child, depth - 1, names),
  );
}

/** The one `article` or `main` of a page, when it holds a good part of the text. */
function declared(
  elements: readonly HtmlElement[],
  measureOf: (element: HtmlElement) => TextMeasure,
  rest: number,
): HtmlElement | undefined {
  for (const name of ['article', 'main']) {
    const named = elements.filter(
      (element) =>
        element.name === name || (name === 'main' && element.attributes.get('role') === 'main'),
    );
    const [only] = named;
    if (named.length === 1 && only !== undefined && measureOf(only).all >= rest * 0.4) return only;
  }
  return undefined;
}

function textWithout(
  element: HtmlElement,
  isLeftOut: (element: HtmlElement) => boolean,
  measureOf: (element: HtmlElement) => TextMeasure,
): number {
  let length = measureOf(element).all;
  for (const child of element.children) {
    if (child.kind !== 'element') continue;
    const { all } = measureOf(child);
    if (all === 0) continue;
    length -= isLeftOut(child) ? all : all - textWithout(child, isLeftOut, measureOf);
  }
  return length;
}

/** What is voted for stays; the rest goes when its name, its class or its many links say that it is no article. */
function isBoilerplate(element: HtmlElement, { all, linked, voted, links }: TextMeasure): boolean {
  const { name, attributes } = element;
  if (all === 0 || name === 'body' || name === 'html' || name === 'main' || name === 'article')
    return false;
  if (voted >= all * 0.5) return false;
  const linkShare = linked / all;
  if (NAVIGATION_ROLES.has(attributes.get('role') ?? '')) return true;
  if (NAVIGATION_ELEMENTS.has(name))
    return name !== 'aside' || linkShare > 0.3 || hasBadWord(element);
  if (name === 'header') return linkShare > 0.5 && !holds(element, 3, /^h1$/);
  if (name === 'form') return holds(element, 4, /^(?:input|textarea|select)$/) && all < 600;
  if (hasBadWord(element)) return true;
  return isLinkList(element, { linkShare, links });
}

/** A list or box of links; those that cite sources hold more than links, or stand in a section that says so. */
function isLinkList(
  element: HtmlElement,
  { linkShare, links }: { linkShare: number; links: number },
): boolean {
  if (!/^(?:ul|ol|div|section|p|dl)$/.test(element.name) || links < 3 || linkShare < LINK_SHARE)
    return false;
  const addresses = [...hrefsIn(element, 20)].filter((href) => /^https?:/i.test(href));
  const hosts = new Set(addresses.map((href) => /^https?:\/\/([^/?#]*)/i.exec(href)?.[1]));
  // Links to several other hosts are references, and so are those to the catalogues that reports cite.
  return hosts.size < 3 && !addresses.some((href) => CITED.test(href));
}

function* hrefsIn(element: HtmlElement, most: number): Generator<string> {
  let left = most;
  for (const child of element.children) {
    if (child.kind !== 'element' || left <= 0) continue;
    const href = child.name === 'a' ? child.attributes.get('href') : undefined;
    if (href !== undefined) {
      left -= 1;
      yield href;
    }
    for (const inner of hrefsIn(child, left)) {
      left -= 1;
      yield inner;
    }
  }
}

function hasBadWord({ attributes }: HtmlElement): boolean {
  const words = `${attributes.get('class') ?? ''} ${attributes.get('id') ?? ''}`;
  if (words === ' ') return false;
  return words
    .slice(0, 300)
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => BOILERPLATE_WORDS.has(word));
}
